package io.github.imagedelivery.ecr.mojo;

import java.util.List;

/** A program that publishes, for {@link InterruptSignalTest}, and waits for a signal meanwhile or afterwards. */
public final class InterruptedPublish {
    private InterruptedPublish() {}

    /** Takes who handles the signal, {@code system} as under a terminal of JLine or {@code jvm}, and when it comes. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        if (words.contains("system")) {
            giveInterruptsToTheSystem();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
        Shutdown.OF_THE_JVM.holdBack(() -> {
            if (words.contains("meanwhile")) {
                System.out.println("publishing");
                awaitTheEnd();
                System.out.println("published");
            }
        });
        System.out.println("idle");
        Thread.sleep(Long.MAX_VALUE);
    }

    /** As JLine does for the signals of a terminal. */
    private static void giveInterruptsToTheSystem() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object interrupt = type.getConstructor(String.class).newInstance("INT");
        type.getMethod("handle", type, handler)
                .invoke(null, interrupt, handler.getField("SIG_DFL").get(null));
    }

    private static void awaitTheEnd() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("ecr-publish-ending") && thread.isAlive())) {
            Thread.onSpinWait();
        }
    }
}
