package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.local.DirectoryInUseException;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;

/**
 * The embedded ECR of a session, the same for modules in other class loaders: what is shared are types of the JDK
 * alone.
 *
 * @param variables what leads a client there
 * @param creator creates a repository
 */
record SharedEcr(Map<String, String> variables, Consumer<String> creator) {
    private static final String VARIABLES = "ecr-maven-plugin.local.variables";
    private static final String CREATOR = "ecr-maven-plugin.local.creator";

    /** Returns the session's embedded ECR, which keeps its content below the top directory; starts it if need be. */
    @SuppressWarnings("unchecked")
    static SharedEcr of(MavenSession session) throws DeliveryException {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            if (shared.get(VARIABLES) instanceof Map<?, ?> variables
                    && shared.get(CREATOR) instanceof Consumer<?> creator) {
                return new SharedEcr((Map<String, String>) variables, (Consumer<String>) creator);
            }
            LocalEcr ecr = start(storage(session));
            SessionEnd.close(session, ecr);
            SharedEcr started = new SharedEcr(ecr.environment(), name -> create(ecr, name));
            shared.put(VARIABLES, started.variables);
            shared.put(CREATOR, started.creator);
            return started;
        }
    }

    /** Returns where the embedded ECR keeps its content. */
    static Path storage(MavenSession session) {
        return TopDirectory.of(session).resolve("target/ecr/registry");
    }

    private static LocalEcr start(Path storage) throws DeliveryException {
        try {
            return LocalEcr.builder().storage(storage).start();
        } catch (DirectoryInUseException e) {
            throw inUse(e);
        } catch (IOException e) {
            throw DeliveryException.ofService(
                    "The embedded ECR cannot be started; nothing was sent",
                    e.toString(),
                    "make " + storage + " writable, or remove it if it is damaged");
        }
    }

    /** Returns what is said when another embedded ECR is running on the same directory. */
    static DeliveryException inUse(DirectoryInUseException e) {
        return DeliveryException.ofUser(
                "The embedded ECR cannot be started; nothing was sent",
                e,
                "stop it, or push to it with the variables that it prints");
    }

    private static void create(LocalEcr ecr, String name) {
        try {
            ecr.createRepository(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create(variable("AWS_ENDPOINT_URL_ECR"));
    }

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    void createRepository(String name) {
        creator.accept(name);
    }
}
