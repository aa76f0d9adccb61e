package io.github.imagedelivery.ecr.image;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the container is started (image-spec, config.md).
 *
 * @param entrypoint the command in place of {@code java ... MainClass}; empty for the default
 * @param jvmFlags flags between {@code java} and the class path
 * @param args default arguments ({@code Cmd})
 * @param environment variables on top of the base's
 * @param ports ports that the service listens on: {@code 8080}, {@code 8080/tcp}, {@code 53/udp}, {@code 9000-9003}
 * @param user user, {@code uid}, {@code uid:gid} or a name; empty for the base's when it is not root, else 65532:65532
 * @param workingDirectory absolute path in the container; empty for the base's
 * @param volumes absolute paths of mount points, on top of the base's
 */
public record ContainerSettings(
        Optional<List<String>> entrypoint,
        List<String> jvmFlags,
        List<String> args,
        Map<String, String> environment,
        List<String> ports,
        Optional<String> user,
        Optional<String> workingDirectory,
        List<String> volumes) {
    /** What holds when nothing is configured. */
    public static final ContainerSettings DEFAULT = new ContainerSettings(
            Optional.empty(), List.of(), List.of(), Map.of(), List.of(), Optional.empty(), Optional.empty());

    /** Copies the collections; the variables are sorted, so that their order cannot change a digest. */
    public ContainerSettings {
        entrypoint = entrypoint.map(List::copyOf);
        jvmFlags = List.copyOf(jvmFlags);
        args = List.copyOf(args);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
    }

    /** Creates settings without mount points. */
    public ContainerSettings(
            Optional<List<String>> entrypoint,
            List<String> jvmFlags,
            List<String> args,
            Map<String, String> environment,
            List<String> ports,
            Optional<String> user,
            Optional<String> workingDirectory) {
        this(entrypoint, jvmFlags, args, environment, ports, user, workingDirectory, List.of());
    }
}
