package io.github.imagedelivery.ecr.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.imagedelivery.ecr.oci.Json;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * One delivery, measured.
 *
 * @param wallMillis time that passed
 * @param cpuMillis time that the processors worked for the client's process
 * @param peakHeap most bytes of heap in use, garbage included
 * @param traffic what the registries have counted
 */
record Sample(long wallMillis, long cpuMillis, long peakHeap, Traffic traffic) {
    private static final long NANOS_IN_MILLI = 1_000_000;

    /** Work that is measured. */
    interface Work {
        void run() throws Exception;
    }

    static Sample of(RegistryHandle registry, Work work) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        registry.count();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        long wall = System.nanoTime() - start;
        long used = system.getProcessCpuTime() - cpu;
        long peak = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return new Sample(wall / NANOS_IN_MILLI, used / NANOS_IN_MILLI, peak, registry.count());
    }

    Json json() {
        return traffic.json()
                .with("wallMillis", Json.of(wallMillis))
                .with("cpuMillis", Json.of(cpuMillis))
                .with("peakHeap", Json.of(peakHeap));
    }
}
