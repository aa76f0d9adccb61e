package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The coordinates of a staged image as JSON. The commit is left out: all that it decided is decided. */
final class StagedCoordinates {
    private StagedCoordinates() {}

    static Json write(Coordinates coordinates) {
        Json json = Json.object()
                .with(
                        "registry",
                        sourced(
                                coordinates
                                        .registry()
                                        .value()
                                        .map(EcrHost::value)
                                        .orElse(""),
                                coordinates.registry().source()))
                .with("repository", sourced(coordinates.repository()))
                .with("sha", sourced(coordinates.shaTag()))
                .with("version", sourced(coordinates.versionTag()))
                .with("additional", additional(coordinates.additional()))
                .with(
                        "movingVersions",
                        Json.texts(coordinates.moving().stream()
                                .map(TagPattern::text)
                                .toList()));
        return coordinates.region().isEmpty()
                ? json
                : json.with("region", Json.of(coordinates.region().get()));
    }

    static Coordinates read(Json json) throws FormatException {
        String host = value(json, "registry");
        Optional<EcrHost> registry = host.isEmpty() ? Optional.empty() : Optional.of(EcrHost.parse(host));
        return new Coordinates(
                new Resolved<>(registry, source(json, "registry")),
                json.get("region").text(),
                new Resolved<>(RepositoryName.parse(value(json, "repository")), source(json, "repository")),
                new Resolved<>(Tag.parse(value(json, "sha")), source(json, "sha")),
                new Resolved<>(Tag.parse(value(json, "version")), source(json, "version")),
                additional(json.get("additional")),
                patterns(json.get("movingVersions")),
                Optional.empty());
    }

    private static Json additional(List<AdditionalTag> tags) {
        return Json.array(tags.stream()
                .map(tag -> sourced(tag.tag().value(), tag.template()).with("moves", Json.of(tag.moves())))
                .toList());
    }

    private static List<AdditionalTag> additional(Json json) throws FormatException {
        List<AdditionalTag> tags = new ArrayList<>();
        for (Json tag : json.items()) {
            tags.add(new AdditionalTag(
                    Tag.parse(tag.get("value").text().orElse("")),
                    tag.get("source").text().orElse(""),
                    tag.get("moves").isTrue()));
        }
        return tags;
    }

    private static List<TagPattern> patterns(Json json) throws FormatException {
        List<TagPattern> patterns = new ArrayList<>();
        for (Json pattern : json.items()) {
            patterns.add(TagPattern.parse(pattern.text().orElse("")));
        }
        return patterns;
    }

    private static Json sourced(Resolved<?> resolved) {
        return sourced(resolved.value().toString(), resolved.source());
    }

    private static Json sourced(String value, String source) {
        return Reporter.named(value, source);
    }

    private static String value(Json json, String name) {
        return json.get(name).get("value").text().orElse("");
    }

    private static String source(Json json, String name) {
        return json.get(name).get("source").text().orElse("");
    }
}
