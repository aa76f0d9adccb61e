package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host name of a private ECR registry, in every form that Amazon gives it (ECR user guide, "Private registry" and
 * "Dual-stack endpoints").
 *
 * @param value the host as it is written
 * @param account the 12 digits of the AWS account
 * @param region the region's id, for example {@code eu-west-1}
 * @param partition the partition's id: {@code aws}, {@code aws-cn}, {@code aws-us-gov}, {@code aws-eusc} or an
 *     {@code aws-iso}
 * @param fips whether it is the endpoint with FIPS 140 validated cryptography
 * @param dualStack whether it is the endpoint for IPv4 and IPv6
 */
public record EcrHost(String value, String account, String region, String partition, boolean fips, boolean dualStack) {
    private static final Pattern FORM = Pattern.compile("(?<account>[0-9]{12})\\.dkr(?<stack>[.-])ecr(?<fips>-fips)?\\."
            + "(?<region>[a-z]{2,4}(?:-[a-z]{1,12}){1,3}-[0-9]{1,2})\\.(?<suffix>[a-z0-9.-]+)");

    /** Reads a host name; no scheme, port or path. */
    public static EcrHost parse(String text) throws FormatException {
        return find(text)
                .orElseThrow(() -> new FormatException("\"" + Texts.shown(text)
                        + "\" is not the host of an ECR registry: ACCOUNT.dkr.ecr.REGION.amazonaws.com expected, or its"
                        + " FIPS, dual-stack, China, GovCloud, European or ISO form; no https://, port or path"));
    }

    /** Tells whether the text is the host name of a private ECR registry, as a base image's host may or may not be. */
    public static boolean isEcr(String text) {
        return find(text).isPresent();
    }

    private static Optional<EcrHost> find(String text) {
        Matcher host = FORM.matcher(text);
        if (!host.matches()) {
            return Optional.empty();
        }
        Partition partition = Partition.of(host.group("region"));
        boolean dualStack = host.group("stack").equals("-");
        // A region with the suffix of another partition is nobody's registry, or somebody's trap.
        if (!host.group("suffix").equals(partition.registrySuffix(dualStack))) {
            return Optional.empty();
        }
        return Optional.of(new EcrHost(
                text,
                host.group("account"),
                host.group("region"),
                partition.id(),
                host.group("fips") != null,
                dualStack));
    }

    /** Returns the host that ECR itself gives the registry, by which its images are named. */
    String canonical() {
        return of(account, region);
    }

    /** Returns the host that ECR itself gives the registry of an account in a region. */
    static String of(String account, String region) {
        return account + ".dkr.ecr." + region + "." + Partition.of(region).registrySuffix(false);
    }

    /** Returns the host as it is written. */
    @Override
    public String toString() {
        return value;
    }
}
