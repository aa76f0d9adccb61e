package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.LocalEcrBuilder;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The embedded ECR, and another registry for base images, in a process of their own: so what is measured is the client
 * alone. Is told by lines of standard input what to do, and ends with it.
 */
final class RegistryProcess {
    static final String MOUNTABLE = "BASE_IN_ECR";
    static final String STREAMED = "BASE_ELSEWHERE";
    static final String STREAMED_INDEX = "BASE_INDEX_ELSEWHERE";
    static final String CREATE = "create ";
    static final String BASE = "base ";
    static final String TAGS = "tags ";
    static final String BLOBS = "blobs ";
    static final String COUNT = "count";
    static final String DONE = "done";

    /** The registry of the base where it speaks TLS: a name that a JVM finds by its file of hosts alone. */
    static final String BASE_HOST = "base.bench";

    /** The password of the user {@code AWS}. */
    static final String PASSWORD = "PASSWORD";

    /** The ports of ECR, of its blob store and of the other registry. */
    static final String PORTS = "PORTS";

    private static final String BASE_REPOSITORY = "base/jre";

    private RegistryProcess() {}

    /** Takes the directory of the storage and, for TLS, that of the certificate. */
    public static void main(String[] arguments) throws IOException, InterruptedException, FormatException {
        Bases bases = Bases.make();
        Optional<Certificate> certificate =
                arguments.length > 1 ? Optional.of(Certificate.in(Path.of(arguments[1]))) : Optional.empty();
        LocalEcrBuilder builder = LocalEcr.builder().storage(Path.of(arguments[0]));
        if (certificate.isPresent()) {
            builder.tls(certificate.get().context());
        }
        try (LocalEcr ecr = builder.start();
                AnonymousRegistry other = AnonymousRegistry.start(bases.content(), certificate)) {
            ecr.createRepository(BASE_REPOSITORY);
            ecr.seed(
                    BASE_REPOSITORY,
                    Bases.ONE,
                    bases.usual().manifest(),
                    bases.usual().blobs());
            ecr.environment().forEach(RegistryProcess::print);
            String elsewhere = (certificate.isPresent() ? BASE_HOST : "127.0.0.1") + ":" + other.port();
            print(MOUNTABLE, ecr.registryHost() + "/" + BASE_REPOSITORY + ":" + Bases.ONE);
            print(STREAMED, elsewhere + "/" + BASE_REPOSITORY + ":" + Bases.ONE);
            print(STREAMED_INDEX, elsewhere + "/" + BASE_REPOSITORY + ":" + Bases.BOTH);
            print(PASSWORD, ecr.password());
            if (certificate.isPresent()) {
                int store = BlobStorePort.find(ecr, certificate.get(), BASE_REPOSITORY, bases.usual());
                print(PORTS, ecr.endpoint().getPort() + " " + store + " " + other.port());
            }
            System.out.println(DONE);
            serve(ecr, other);
        }
        System.exit(0);
    }

    private static void print(String name, String value) {
        System.out.println(name + "=" + value);
    }

    private static void serve(LocalEcr ecr, AnonymousRegistry other) throws IOException, FormatException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            if (line.startsWith(CREATE)) {
                ecr.createRepository(line.substring(CREATE.length()));
            } else if (line.startsWith(BASE)) {
                System.out.println(makeBase(other, Integer.parseInt(line.substring(BASE.length()))));
            } else if (line.startsWith(TAGS)) {
                ecr.tags(line.substring(TAGS.length())).keySet().forEach(System.out::println);
            } else if (line.startsWith(BLOBS)) {
                blobs(ecr, line.substring(BLOBS.length()))
                        .forEach(blob -> System.out.println(blob.digest() + " " + blob.size()));
            } else if (line.equals(COUNT)) {
                System.out.println(new String(Traffic.of(ecr.requests(), other.take()).json().bytes(), UTF_8));
                ecr.clearRequests();
            }
            System.out.println(DONE);
        }
    }

    /** Puts a base image of so many small layers into the registry, which serves http, and returns its name. */
    private static String makeBase(AnonymousRegistry registry, int layers) throws IOException, FormatException {
        SampleBase base = SampleBase.make(layers, Growth.BASE_LAYER_BYTES);
        for (Blob blob : base.blobs()) {
            registry.put(blob.descriptor().digest().toString(), blob);
        }
        Blob manifest = Blob.of(base.manifest().mediaType(), base.manifest().bytes());
        registry.put(manifest.descriptor().digest().toString(), manifest);
        registry.put("layers-" + layers, manifest);
        return "127.0.0.1:" + registry.port() + "/" + BASE_REPOSITORY + ":layers-" + layers;
    }

    /** Returns the layers and configs of all images of the repository. */
    private static Set<Descriptor> blobs(LocalEcr ecr, String repository) throws FormatException {
        Set<Descriptor> blobs = new HashSet<>();
        for (Manifest image : ecr.images(repository).stream()
                .flatMap(digest -> ecr.manifest(repository, digest).stream())
                .toList()) {
            blobs.addAll(image.layers());
            image.config().ifPresent(blobs::add);
        }
        return blobs;
    }
}
