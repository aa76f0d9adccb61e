package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;

/**
 * One run of Maven, measured: the process, those that it waited for, and what the registries have counted.
 *
 * @param cpuMillis user and system time
 * @param peakResident most bytes of memory in use
 */
record MavenRun(long wallMillis, long cpuMillis, long peakResident, Traffic traffic) {
    Json json() {
        return traffic.json()
                .with("wallMillis", Json.of(wallMillis))
                .with("cpuMillis", Json.of(cpuMillis))
                .with("peakResident", Json.of(peakResident));
    }
}
