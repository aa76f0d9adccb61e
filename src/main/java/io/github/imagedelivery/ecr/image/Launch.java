package io.github.imagedelivery.ecr.image;

import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts an application, with room for flags of the JVM.
 *
 * @param program the words before the flags, for example {@code java}
 * @param arguments the words after them
 */
public record Launch(List<String> program, List<String> arguments) {
    /** Copies the lists. */
    public Launch {
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
    }

    /** Returns a command of the {@code java} launcher. */
    public static Launch java(List<String> arguments) {
        return new Launch(List.of("java"), arguments);
    }

    /** Returns the whole command. */
    public List<String> command(List<String> jvmFlags) {
        List<String> command = new ArrayList<>(program);
        command.addAll(jvmFlags);
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
