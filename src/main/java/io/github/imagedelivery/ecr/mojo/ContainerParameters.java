package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that decide how a container of the image runs, and how the image is labelled. */
final class ContainerParameters {
    /** A flag of Java or a long one of a program behind something else; {@code kill -9 %p} has none. */
    private static final Pattern TWO_FLAGS = Pattern.compile("\\s-(?:[DX-]|[a-z]{2})");

    private final ImageParameters raw;

    ContainerParameters(ImageParameters raw) {
        this.raw = raw;
    }

    ContainerSettings settings() throws DeliveryException {
        List<String> command = Parameters.list(raw.entrypoint);
        return new ContainerSettings(
                command.isEmpty() ? Optional.empty() : Optional.of(command),
                jvmFlags(),
                args(),
                environment(),
                Parameters.list(raw.ports),
                Parameters.text(raw.user),
                Parameters.text(raw.workingDirectory),
                Parameters.list(raw.volumes));
    }

    /** Returns where the application lies in the image. */
    Placement placement() throws DeliveryException {
        List<String> ahead = Parameters.list(raw.extraClasspath);
        if (!ahead.isEmpty() && !Parameters.list(raw.entrypoint).isEmpty()) {
            throw DeliveryException.ofUser(
                    "ecr.extraClasspath and ecr.entrypoint cannot both be set",
                    "an entrypoint of your own is taken as it is, so the paths would be lost",
                    "put the paths into ecr.entrypoint");
        }
        return new Placement(Parameters.text(raw.appRoot).orElse(Placement.DEFAULT.root()), ahead);
    }

    List<String> jvmFlags() throws DeliveryException {
        List<String> flags = separate("ecr.jvmFlags", raw.jvmFlags);
        if (!flags.isEmpty() && !Parameters.list(raw.entrypoint).isEmpty()) {
            throw DeliveryException.ofUser(
                    "ecr.jvmFlags and ecr.entrypoint cannot both be set",
                    "an entrypoint of your own is taken as it is, so the flags would be lost",
                    "put the flags into ecr.entrypoint, or into the variable JAVA_TOOL_OPTIONS");
        }
        return flags;
    }

    List<String> args() throws DeliveryException {
        // A shell's script is one argument, whatever is in it.
        return Parameters.list(raw.entrypoint).isEmpty() ? separate("ecr.args", raw.args) : Parameters.list(raw.args);
    }

    Map<String, String> environment() throws DeliveryException {
        return Parameters.pairs("ecr.environment", raw.environment, raw.environmentVariables);
    }

    Map<String, String> labels() throws DeliveryException {
        return Parameters.pairs("ecr.labels", raw.labels, raw.labelList);
    }

    Map<String, String> annotations() throws DeliveryException {
        return Parameters.pairs("ecr.annotations", raw.annotations, raw.annotationList);
    }

    /** Returns the elements; refuses one that is two, which the program would take for one. */
    private static List<String> separate(String property, @Nullable List<@Nullable String> values)
            throws DeliveryException {
        for (String value : Parameters.list(values)) {
            if (TWO_FLAGS.matcher(value).find()) {
                throw Parameters.wrong(
                        property, value, "elements of their own, separated by commas or in nested elements");
            }
        }
        return Parameters.list(values);
    }
}
