package io.github.imagedelivery.ecr.mojo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * The signal of Ctrl-C. The JVM ends on it with its shutdown hooks, but a terminal of JLine, as Maven 3.10 and 4 open
 * one, gives the signal back to the system, which ends the process there and then.
 *
 * @param set {@code sun.misc.Signal.handle}, which returns who handled the signal before
 * @param signal the signal
 * @param system stands for the system, as the one who handles it
 */
record InterruptSignal(Method set, Object signal, Object system) {
    /** As the JVM itself exits: 128 and the number of the signal. */
    private static final int INTERRUPTED = 130;

    /**
     * Has the signal end the JVM with its shutdown hooks where the system handles it. Somebody else's handler stays.
     *
     * @return puts back what was
     */
    static Runnable endWithShutdownHooks() {
        try {
            // By reflection: the compiler warns of each use of these classes, and no warning is let through.
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InterruptSignal interrupt = new InterruptSignal(
                    type.getMethod("handle", type, handler),
                    type.getConstructor(String.class).newInstance("INT"),
                    handler.getField("SIG_DFL").get(null));
            return interrupt.giveTo(MethodHandleProxies.asInterfaceInstance(handler, exit(type)));
        } catch (ReflectiveOperationException e) {
            return () -> {}; // then it is as Maven has it: the next run completes what is cut off
        }
    }

    /** Returns what takes a signal and ends the JVM. */
    private static MethodHandle exit(Class<?> signal) throws ReflectiveOperationException {
        MethodHandle exit = MethodHandles.publicLookup()
                .findVirtual(Runtime.class, "exit", MethodType.methodType(void.class, int.class))
                .bindTo(Runtime.getRuntime());
        return MethodHandles.dropArguments(MethodHandles.insertArguments(exit, 0, INTERRUPTED), 0, signal);
    }

    private Runnable giveTo(Object handler) throws ReflectiveOperationException {
        Object before = set.invoke(null, signal, handler);
        if (before != system) {
            set.invoke(null, signal, before);
            return () -> {};
        }
        return () -> giveBack();
    }

    private void giveBack() {
        try {
            set.invoke(null, signal, system);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
