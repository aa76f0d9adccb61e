package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;

/**
 * One run of Maven, measured: the process, those that it waited for, and what the registries have counted.
 *
 * @param cpuMillis user and system time
 * @param peakResident most bytes of memory in use
 * @param imageBytes bytes of the layers and configs that the repositories have after it, each blob once
 */
record MavenRun(long wallMillis, long cpuMillis, long peakResident, Traffic traffic, Way.Most most, long imageBytes) {
    MavenRun withImageBytes(long bytes) {
        return new MavenRun(wallMillis, cpuMillis, peakResident, traffic, most, bytes);
    }

    Json json() {
        return traffic.json()
                .with("mostConnections", most.json())
                .with("imageBytes", Json.of(imageBytes))
                .with("wallMillis", Json.of(wallMillis))
                .with("cpuMillis", Json.of(cpuMillis))
                .with("peakResident", Json.of(peakResident));
    }
}
