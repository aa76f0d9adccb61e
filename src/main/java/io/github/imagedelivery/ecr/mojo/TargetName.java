package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Optional;

/**
 * What {@code <to><image>} of jib-maven-plugin names.
 *
 * @param registry host of an ECR registry
 * @param repository the repository in it, not checked
 * @param tag the tag, not checked; empty where none is written, which means none
 */
record TargetName(String registry, String repository, Optional<String> tag) {
    /** Reads {@code host/repository[:tag]}. */
    static TargetName parse(String image) throws FormatException {
        if (image.matches("(?s).*[\\s,;].*")) {
            throw new FormatException(
                    "\"" + Texts.shown(image) + "\" is more than one name, and an image has one registry");
        }
        if (image.contains("@")) {
            throw new FormatException(
                    "\"" + Texts.shown(image) + "\" has a digest, which nobody can know before the build");
        }
        int slash = image.indexOf('/');
        String host = slash < 0 ? "" : image.substring(0, slash);
        if (!EcrHost.isEcr(host)) {
            boolean hasHost = host.matches(".*[.:].*|localhost");
            throw new FormatException("\"" + Texts.shown(image) + "\" is in "
                    + (hasHost ? Texts.shown(host) : "Docker Hub, since it has no host"));
        }
        String rest = image.substring(slash + 1);
        int colon = rest.indexOf(':');
        return colon < 0
                ? new TargetName(host, rest, Optional.empty())
                : new TargetName(host, rest.substring(0, colon), Optional.of(rest.substring(colon + 1)));
    }
}
