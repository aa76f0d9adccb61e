package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Docker's configuration, as Jib reads it. What Jib leaves open is closed here: a helper's name may be nothing but a
 * name, a helper may not take for ever, and what it printed is not told, for it may be a password.
 */
final class DockerLogins implements RegistryLogins {
    private static final long MAX_BYTES = 1 << 20;

    /** Becomes the end of a program's name; Docker Desktop enters {@code desktop.exe} for use in WSL. */
    private static final Pattern HELPER = Pattern.compile("[a-z0-9-]+(?:\\.exe)?");

    private final Path file;
    private final Duration patience;

    DockerLogins(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    @Override
    public Found find(String host) throws ImageException {
        if (!Files.exists(file)) {
            return new Found(Optional.empty(), file + " is not there");
        }
        requireHelpersByName();
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Optional<RegistryLogin> login = inTime(() -> retrieve(host, warnings)).map(DockerLogins::login);
        if (login.isPresent()) {
            return new Found(login, file.toString());
        }
        String why = warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")";
        return new Found(Optional.empty(), file + " has none for " + host + why);
    }

    private void requireHelpersByName() throws ImageException {
        Json config;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw damaged("it has more than " + MAX_BYTES + " bytes");
            }
            config = Json.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw damaged(e.toString());
        } catch (FormatException e) {
            throw damaged("it is not JSON"); // the parser's own words might show a password
        }
        Optional<String> odd =
                helpers(config).filter(name -> !HELPER.matcher(name).matches()).findFirst();
        if (odd.isPresent()) {
            throw new ImageException(
                    "The credential helpers of " + file + " cannot be used",
                    "\"" + Texts.shown(odd.get()) + "\" is not the name of one; letters a-z, digits and hyphens are"
                            + " expected, since docker-credential-NAME is started",
                    remedy());
        }
    }

    /** Returns the names of all helpers; members are named in any case, as Jib reads them. */
    private static Stream<String> helpers(Json config) {
        return config.members().entrySet().stream().flatMap(member -> switch (lower(member)) {
            case "credsstore" -> member.getValue().text().stream();
            case "credhelpers" ->
                member.getValue().members().values().stream().flatMap(helper -> helper.text().stream());
            default -> Stream.empty();
        });
    }

    private static String lower(Map.Entry<String, Json> member) {
        return member.getKey().toLowerCase(Locale.ROOT);
    }

    private interface Retrieval {
        Optional<Credential> run() throws Exception;
    }

    private Optional<Credential> retrieve(String host, List<String> warnings) throws Exception {
        String registry = ImageReference.of(host, "any", "any").getRegistry();
        // What Jib documents for this, CredentialRetrieverFactory, wants Google's libraries for its other sources.
        return DockerConfigCredentialRetriever.create(registry, file).retrieve(event -> {
            if (event.getLevel() == LogEvent.Level.WARN && warnings.isEmpty()) {
                warnings.add(firstLine(event));
            }
        });
    }

    /** The first line names the helper and what it was asked; behind it comes what it printed. */
    private static String firstLine(LogEvent event) {
        return Texts.shown(event.getMessage().lines().findFirst().orElse(""));
    }

    private Optional<Credential> inTime(Retrieval retrieval) throws ImageException {
        FutureTask<Optional<Credential>> task = new FutureTask<>(retrieval::run);
        Thread thread = new Thread(task, "ecr-docker-login");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw damaged("an entry of it is malformed"); // Jib's own words might show it
        } catch (TimeoutException e) {
            throw new ImageException(
                    "The credential helper that " + file + " names does not answer",
                    "it has said nothing for " + patience.toSeconds() + " seconds",
                    remedy());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("The look for a login was interrupted", "the build was", "run the build again");
        }
    }

    private static RegistryLogin login(Credential credential) {
        return credential.isOAuth2RefreshToken()
                ? RegistryLogin.ofRefreshToken(credential.getPassword())
                : RegistryLogin.of(credential.getUsername(), credential.getPassword());
    }

    private ImageException damaged(String cause) {
        return new ImageException(file + " cannot be read", cause, remedy());
    }

    private static String remedy() {
        return "correct the file, or have it overlooked with -Decr.base.credentials=settings or none";
    }
}
