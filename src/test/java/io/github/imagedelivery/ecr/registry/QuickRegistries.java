package io.github.imagedelivery.ecr.registry;

import java.time.Duration;
import java.time.Instant;

/** Registries for tests of other packages whose clock can run fast, and whose waits take no time. */
public final class QuickRegistries {
    private QuickRegistries() {}

    /** Creates registries for which so many seconds pass in one. */
    public static Registries create(Registries.Settings settings, int speed) {
        return new HttpRegistries(settings, new FastTime(speed), () -> 0.5, HttpRegistries.Ways.OF_THE_JVM);
    }

    private record FastTime(int speed) implements Time {
        @Override
        public long nanoTime() {
            return System.nanoTime() * speed;
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
