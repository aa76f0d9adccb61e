package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The IAM role that a CI job assumes (IAM user guide, "IAM identifiers").
 *
 * @param partition id of the partition, for example {@code aws}
 * @param account 12 digits
 * @param path the path, which begins and ends with a slash; {@code /} where the role has none
 * @param name up to 64 characters
 */
public record Role(String partition, String account, String path, String name) {
    private static final Grammar ARN = Grammar.of(
            "arn:(?<partition>aws[a-z-]*):iam::(?<account>[0-9]{12}):role"
                    + "(?<path>/(?:[A-Za-z0-9_+=,.@-]{1,128}/){0,3})(?<name>[A-Za-z0-9_][A-Za-z0-9_+=,.@-]{0,63})",
            "the ARN of a role, such as arn:aws:iam::123456789012:role/image-delivery");

    /** Reads an ARN. */
    public static Role parse(String arn) throws FormatException {
        Matcher role = ARN.match(arn);
        return new Role(role.group("partition"), role.group("account"), role.group("path"), role.group("name"));
    }

    /** Returns the role, which must be in the partition: no session of one partition is valid in another. */
    public Role within(String wanted) throws FormatException {
        if (!partition.equals(wanted)) {
            throw new FormatException("the role is in the partition " + partition + ", the registry in " + wanted);
        }
        return this;
    }

    /** Returns the role's ARN. */
    public String arn() {
        return "arn:" + partition + ":iam::" + account + ":role" + path + name;
    }

    /** Returns the ARN of an identity provider in the role's account. */
    String provider(String issuer) {
        return "arn:" + partition + ":iam::" + account + ":oidc-provider/" + issuer;
    }

    /** Returns the path; empty for a role that has none. */
    Optional<String> ownPath() {
        return Optional.of(path).filter(p -> !p.equals("/"));
    }
}
