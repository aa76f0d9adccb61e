package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;

/**
 * What one delivery has asked of the registries, as these have counted it.
 *
 * @param control requests to ECR's API
 * @param data requests to ECR's registry and blob store
 * @param base requests to the other registry, which has the base image
 * @param connections connections to ECR that these came on
 * @param up bytes of request bodies
 * @param down bytes of answers' bodies
 */
record Traffic(long control, long data, long base, long connections, long up, long down) {
    static Traffic of(List<RecordedRequest> requests, AnonymousRegistry.Count base) {
        long control = requests.stream()
                .filter(request -> request.kind().matches("(?:ecr|sts):.*"))
                .count();
        return new Traffic(
                control,
                requests.size() - control,
                base.requests(),
                requests.stream().map(RecordedRequest::connection).distinct().count(),
                requests.stream().mapToLong(RecordedRequest::received).sum(),
                requests.stream().mapToLong(RecordedRequest::sent).sum() + base.sent());
    }

    Json json() {
        return Json.object()
                .with("control", Json.of(control))
                .with("data", Json.of(data))
                .with("base", Json.of(base))
                .with("connections", Json.of(connections))
                .with("up", Json.of(up))
                .with("down", Json.of(down));
    }

    static Traffic read(Json json) {
        return new Traffic(
                number(json, "control"),
                number(json, "data"),
                number(json, "base"),
                number(json, "connections"),
                number(json, "up"),
                number(json, "down"));
    }

    private static long number(Json json, String name) {
        return json.get(name).number().orElseThrow();
    }
}
