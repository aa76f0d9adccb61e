package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A build to look at in a terminal: two images go up over a slow line, side by side, while a third module prints. It
 * waits with the images' manifests until there is a file {@code go} in the directory.
 */
final class WatchedBuild {
    private static final int LINES_AT_THE_END = 30;
    private static final int PAUSE_MILLIS = 100;

    private WatchedBuild() {}

    /** Runs the build in the directory. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LogFixture builds = new LogFixture(directory)) {
            Files.writeString(
                    directory.resolve("pid"),
                    String.valueOf(ProcessHandle.current().pid()));
            builds.resource("orders", 4_000_000);
            builds.resource("billing", 3_000_000);
            builds.show("live");
            Hold hold = Hold.before();
            builds.ecr.faults().inject(Occasion.of("ecr:PutImage"), hold);
            builds.ecr
                    .faults()
                    .inject(
                            Occasion.matching(kind -> kind.startsWith("PUT /v2/")),
                            Behaviour.sip(32_768, Duration.ofMillis(40)));
            AtomicBoolean isOver = new AtomicBoolean();
            Thread other = new Thread(() -> print(out, directory.resolve("go"), hold, isOver));
            other.start();
            builds.buildSideBySide("orders", "billing");
            isOver.set(true);
            other.join();
            for (int i = 1; i <= LINES_AT_THE_END; i++) {
                out.println("[INFO] summary, line " + i);
            }
            out.println("the build has ended with failures " + builds.failures());
            out.println(System.in.read());
        }
    }

    private static void print(PrintStream out, Path go, Hold hold, AtomicBoolean isOver) {
        try {
            for (int i = 1; !isOver.get(); i++) {
                out.println("[INFO] other: line " + i + " of a module that has no image and says much all the same");
                Thread.sleep(PAUSE_MILLIS);
                if (Files.exists(go)) {
                    hold.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
