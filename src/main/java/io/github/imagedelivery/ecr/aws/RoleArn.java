package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an IAM role (IAM user guide, "IAM identifiers").
 *
 * @param value the ARN as it is written
 * @param partition the partition's id, {@code aws} for one
 * @param account the 12 digits of the role's account
 */
public record RoleArn(String value, String partition, String account) {
    private static final Pattern FORM = Pattern.compile("arn:(aws[a-z-]*):iam::([0-9]{12}):role/[\\w+=,.@/-]{1,576}");

    /** Reads an ARN. */
    public static RoleArn parse(String text) throws FormatException {
        Matcher arn = FORM.matcher(text);
        if (!arn.matches()) {
            throw new FormatException(
                    "\"" + Texts.shown(text) + "\" is not the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME expected");
        }
        return new RoleArn(text, arn.group(1), arn.group(2));
    }

    /** Returns the role's name, without its path. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Returns the ARN as it is written. */
    @Override
    public String toString() {
        return value;
    }
}
