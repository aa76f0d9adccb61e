package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.LocalEcrBuilder;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded ECR, and another registry for a base image, in a process of their own: so what is measured is the client
 * alone. Is told by lines of standard input what to do, and ends with it.
 */
final class RegistryProcess {
    private static final int BASE_LAYERS = 4;
    private static final int BASE_LAYER_BYTES = 10_000_000;

    static final String MOUNTABLE = "BASE_IN_ECR";
    static final String STREAMED = "BASE_ELSEWHERE";
    static final String CREATE = "create ";
    static final String TAGS = "tags ";
    static final String COUNT = "count";
    static final String DONE = "done";

    /** The registry of the base where it speaks TLS: a name that a JVM finds by its file of hosts alone. */
    static final String BASE_HOST = "base.bench";

    /** The password of the user {@code AWS}. */
    static final String PASSWORD = "PASSWORD";

    private RegistryProcess() {}

    /**
     * Takes the directory of the storage and, for TLS, that of the certificate; the base is as large as a Java runtime.
     */
    public static void main(String[] arguments) throws IOException, FormatException {
        SampleBase base = SampleBase.make(BASE_LAYERS, BASE_LAYER_BYTES);
        Optional<Certificate> certificate =
                arguments.length > 1 ? Optional.of(Certificate.in(Path.of(arguments[1]))) : Optional.empty();
        LocalEcrBuilder builder = LocalEcr.builder().storage(Path.of(arguments[0]));
        if (certificate.isPresent()) {
            builder.tls(certificate.get().context());
        }
        try (LocalEcr ecr = builder.start();
                AnonymousRegistry other = AnonymousRegistry.start(base.manifest(), base.blobs(), certificate)) {
            ecr.createRepository("base/jre");
            ecr.seed("base/jre", "17", base.manifest(), base.blobs());
            ecr.environment().forEach((name, value) -> System.out.println(name + "=" + value));
            System.out.println(MOUNTABLE + "=" + ecr.registryHost() + "/base/jre:17");
            System.out.println(STREAMED + "=" + (certificate.isPresent() ? BASE_HOST : "127.0.0.1") + ":"
                    + other.port() + "/base/jre:17");
            System.out.println(PASSWORD + "=" + ecr.password());
            System.out.println(DONE);
            serve(ecr, other);
        }
        System.exit(0);
    }

    private static void serve(LocalEcr ecr, AnonymousRegistry other) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            if (line.startsWith(CREATE)) {
                ecr.createRepository(line.substring(CREATE.length()));
            } else if (line.startsWith(TAGS)) {
                ecr.tags(line.substring(TAGS.length())).keySet().forEach(System.out::println);
            } else if (line.equals(COUNT)) {
                System.out.println(new String(Traffic.of(ecr.requests(), other.take()).json().bytes(), UTF_8));
                ecr.clearRequests();
            }
            System.out.println(DONE);
        }
    }
}
