package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides the version tag: {@code ecr.version}; a release version of the project; the release tag on the commit; the
 * project's SNAPSHOT version.
 */
final class VersionRule {
    private static final Pattern RELEASE_TAG = Pattern.compile("v?[0-9]+(?:\\.[0-9]+)+(?:[-+.][0-9A-Za-z.+-]+)?");

    private final CoordinateSettings settings;
    private final Optional<Revision> revision;
    private final Optional<Pipeline> pipeline;

    /**
     * Creates the rule.
     *
     * @param pipeline tells which of several release tags the run is for
     */
    VersionRule(CoordinateSettings settings, Optional<Revision> revision, Optional<Pipeline> pipeline) {
        this.settings = settings;
        this.revision = revision;
        this.pipeline = pipeline;
    }

    /** Returns the tag, ended by the suffix. */
    Resolved<Tag> tag(String suffix) throws DeliveryException {
        Resolved<String> version = version();
        String plain = version.value().matches("v[0-9].*") ? version.value().substring(1) : version.value();
        try {
            return new Resolved<>(Tag.parse(plain.replace('+', '_') + suffix), version.source());
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "The version cannot be a tag",
                    version.source() + ": " + e.getMessage(),
                    "set ecr.version to a legal tag");
        }
    }

    private Resolved<String> version() throws DeliveryException {
        if (settings.version().isPresent()) {
            return new Resolved<>(
                    CoordinateResolver.settled("ecr.version", settings.version().get()), "ecr.version");
        }
        if (!settings.projectVersion().endsWith("-SNAPSHOT")) {
            return new Resolved<>(settings.projectVersion(), "project.version");
        }
        List<String> releases = revision.map(Revision::tags).orElse(List.of()).stream()
                .filter(tag -> RELEASE_TAG.matcher(tag).matches())
                .toList();
        Optional<String> named = pipeline.flatMap(Pipeline::tag).filter(releases::contains);
        if (named.isPresent()) {
            return new Resolved<>(named.get(), "git tag " + named.get());
        }
        if (releases.size() > 1) {
            throw DeliveryException.ofUser(
                    "The commit has several release tags",
                    "git tags on it: " + String.join(", ", releases),
                    "say which one is meant with -Decr.version=<version>");
        }
        return releases.isEmpty()
                ? new Resolved<>(settings.projectVersion(), "project.version")
                : new Resolved<>(releases.get(0), "git tag " + releases.get(0));
    }
}
