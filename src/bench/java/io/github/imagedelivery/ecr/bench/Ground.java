package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Maven is measured: registries behind TLS, and a Maven that knows them and has all that it will read in its local
 * repository, so that it asks for nothing else.
 *
 * @param work directory for what runs leave; emptied when this is opened
 */
record Ground(Path work, LocalRepository repository, Maven maven, RegistryHandle registry) implements AutoCloseable {
    /** Opens it in the directory that the system property {@code bench.directory} names. */
    static Ground open() throws Exception {
        Path directory = directory();
        Path work = directory.resolve("work");
        Project.delete(work);
        Files.createDirectories(work);
        Certificate certificate =
                Certificate.make(directory.resolve("certificate"), "localhost", RegistryProcess.BASE_HOST);
        LocalRepository repository = new LocalRepository(directory.resolve("repository"));
        Path home = Path.of(System.getProperty("maven.home"));
        Maven maven = new Maven(
                home, repository.directory(), work.resolve("maven.log"), flags(certificate, work.resolve("hosts")));
        return new Ground(
                work,
                repository,
                maven,
                RegistryHandle.start(
                        work.resolve("registry"), certificate.store().getParent()));
    }

    /** Returns the directory of the benchmark. */
    static Path directory() {
        return Path.of(System.getProperty("bench.directory")).toAbsolutePath();
    }

    /** Returns the JVM's flags; by its file of hosts it finds no other host than the registries. */
    private static List<String> flags(Certificate certificate, Path hosts) throws IOException {
        Files.writeString(hosts, Relay.ADDRESS + " localhost " + RegistryProcess.BASE_HOST + "\n");
        List<String> flags = new ArrayList<>(certificate.trust());
        flags.add("-Djdk.net.hosts.file=" + hosts);
        return flags;
    }

    /** Puts this plugin and the libraries of the samples into the local repository. */
    void install(List<Shape> shapes) throws IOException {
        for (Shape shape : shapes) {
            repository.installLibraries(shape.toString(), shape.jars(), shape.bytes());
        }
        String[] ours = Tool.OURS.plugin().split(":", -1);
        Path jar = Path.of(System.getProperty("bench.jar"));
        repository.install(ours[0], ours[1], ours[2], jar, Path.of(System.getProperty("bench.pom")));
    }

    /** Returns a Maven that may ask for what is missing in its local repository. */
    Maven online() {
        return maven.with(List.of());
    }

    @Override
    public void close() {
        registry.close();
    }
}
