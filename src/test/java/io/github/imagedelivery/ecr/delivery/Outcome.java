package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be seen of one run.
 *
 * @param error what the user is told; empty where it went well
 * @param publication how the publication ended; empty where there was none
 * @param report push.json
 * @param files the report directory's and the cache's files, relative to the case's directory
 * @param writes how many requests that write were sent, tags or content
 * @param tags what the tags point at as soon as the run is over
 * @param events what was logged
 */
record Outcome(
        Optional<DeliveryException> error,
        Optional<Publication> publication,
        Json report,
        Map<String, String> files,
        List<String> writes,
        Map<String, Digest> tags,
        List<String> events) {
    /** Returns the result that the report names. */
    Result result() {
        return Result.valueOf(report.get("result").text().orElseThrow());
    }
}
