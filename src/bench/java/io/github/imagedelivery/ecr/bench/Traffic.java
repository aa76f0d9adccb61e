package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one delivery has asked of the registries, as these have counted it.
 *
 * @param connections connections that the requests came on; one that has carried both is of the target
 * @param kinds what each request asked for, ECR's in their order, then the other registry's
 */
record Traffic(Count requests, Count connections, Bytes bytes, List<String> kinds) {
    /**
     * Numbers of something.
     *
     * @param control of ECR's API and STS
     * @param target of ECR's registry and blob store
     * @param base of the other registry, which has the base image
     */
    record Count(long control, long target, long base) {
        long all() {
            return control + target + base;
        }

        private Json json() {
            return Json.object()
                    .with("control", Json.of(control))
                    .with("target", Json.of(target))
                    .with("base", Json.of(base));
        }

        private static Count read(Json json) {
            return new Count(number(json, "control"), number(json, "target"), number(json, "base"));
        }
    }

    /**
     * Bytes of bodies.
     *
     * @param up of requests
     * @param down of answers
     * @param blobsUp of the first, those of layers and configs
     * @param blobsDown of the second, those of layers and configs
     */
    record Bytes(long up, long down, long blobsUp, long blobsDown) {
        private Json json() {
            return Json.object()
                    .with("up", Json.of(up))
                    .with("down", Json.of(down))
                    .with("blobsUp", Json.of(blobsUp))
                    .with("blobsDown", Json.of(blobsDown));
        }

        private static Bytes read(Json json) {
            return new Bytes(
                    number(json, "up"),
                    number(json, "down"),
                    number(json, "blobsUp"),
                    number(json, "blobsDown"));
        }
    }

    /** Returns the number of requests to registries and ECR's API: all but those to STS. */
    long ofRegistries() {
        return requests.all()
                - kinds.stream().filter(kind -> kind.startsWith("sts:")).count();
    }

    static Traffic of(List<RecordedRequest> requests, AnonymousRegistry.Log base) {
        Predicate<RecordedRequest> isControl = request -> request.kind().matches("(?:ecr|sts):.*");
        long control = requests.stream().filter(isControl).count();
        Set<Integer> ofTarget = requests.stream()
                .filter(isControl.negate())
                .map(RecordedRequest::connection)
                .collect(Collectors.toSet());
        long connections = requests.stream()
                .map(RecordedRequest::connection)
                .distinct()
                .count();
        return new Traffic(
                new Count(control, requests.size() - control, base.requests().size()),
                new Count(connections - ofTarget.size(), ofTarget.size(), base.connections()),
                bytes(requests, base),
                Stream.concat(
                                requests.stream().map(request -> request.shortKind() + " " + request.status()),
                                base.requests().stream().map(request -> "base: " + request))
                        .toList());
    }

    private static Bytes bytes(List<RecordedRequest> requests, AnonymousRegistry.Log base) {
        Predicate<RecordedRequest> isUpload = request -> request.kind().contains("/blobs/uploads/");
        Predicate<RecordedRequest> isDownload = request -> request.kind().startsWith("store:");
        return new Bytes(
                requests.stream().mapToLong(RecordedRequest::received).sum(),
                requests.stream().mapToLong(RecordedRequest::sent).sum() + base.sent(),
                requests.stream().filter(isUpload).mapToLong(RecordedRequest::received).sum(),
                requests.stream().filter(isDownload).mapToLong(RecordedRequest::sent).sum() + base.sentOfBlobs());
    }

    Json json() {
        return Json.object()
                .with("requests", requests.json())
                .with("connections", connections.json())
                .with("bytes", bytes.json())
                .with("kinds", Json.texts(kinds));
    }

    static Traffic read(Json json) {
        return new Traffic(
                Count.read(json.get("requests")),
                Count.read(json.get("connections")),
                Bytes.read(json.get("bytes")),
                json.get("kinds").items().stream()
                        .map(kind -> kind.text().orElseThrow())
                        .toList());
    }

    private static long number(Json json, String name) {
        return json.get(name).number().orElseThrow();
    }
}
