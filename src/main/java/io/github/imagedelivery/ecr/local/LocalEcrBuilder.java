package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Says how an embedded ECR is to be, and starts it. */
public final class LocalEcrBuilder {
    private int port;
    private String account = "123456789012";
    private String region = "eu-central-1";
    private Optional<Path> directory = Optional.empty();
    private boolean createOnPush;
    private boolean blobMounting = true;
    private boolean layerAvailability = true;
    private boolean earlyImmutabilityText;
    private PairDeletion pairDeletion = PairDeletion.UNTIES_TAG;
    private Duration tokenLifetime = Duration.ofHours(12);
    private String trustedSubjects = ".*";
    private Clock clock = Clock.systemUTC();
    private Optional<SSLContext> tls = Optional.empty();
    private Optional<String> secretMark = Optional.empty();

    LocalEcrBuilder() {}

    /** Sets the port; 0, the default, takes any that is free. */
    public LocalEcrBuilder port(int number) {
        port = number;
        return this;
    }

    /**
     * Serves https instead of http, with the certificate of the context. It must be for {@code localhost}, the host of
     * all addresses then.
     */
    public LocalEcrBuilder tls(SSLContext context) {
        tls = Optional.of(context);
        return this;
    }

    /** Sets the account, 12 digits. */
    public LocalEcrBuilder account(String id) {
        account = id;
        return this;
    }

    /** Sets the region, which signatures must be scoped to. */
    public LocalEcrBuilder region(String name) {
        region = name;
        return this;
    }

    /** Keeps the content in that directory, one OCI image layout for each repository, instead of in memory. */
    public LocalEcrBuilder storage(Path root) {
        directory = Optional.of(root);
        return this;
    }

    /** Sets whether a push creates the repository that it goes to; off by default. */
    public LocalEcrBuilder createOnPush(boolean on) {
        createOnPush = on;
        return this;
    }

    /** Sets whether blobs can be mounted from one repository to another; on by default. */
    public LocalEcrBuilder blobMounting(boolean on) {
        blobMounting = on;
        return this;
    }

    /** Sets whether {@code BatchCheckLayerAvailability} is known, as it is not to emulators; on by default. */
    public LocalEcrBuilder layerAvailability(boolean on) {
        layerAvailability = on;
        return this;
    }

    /** Sets whether an immutable tag is refused in the words that ECR used until 2025; off by default. */
    public LocalEcrBuilder earlyImmutabilityText(boolean on) {
        earlyImmutabilityText = on;
        return this;
    }

    /** Sets what is deleted by a tag together with its digest; the tag alone by default. */
    public LocalEcrBuilder pairDeletion(PairDeletion behaviour) {
        pairDeletion = behaviour;
        return this;
    }

    /** Sets how long a login to the data plane lasts; 12 hours by default. */
    public LocalEcrBuilder tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
        return this;
    }

    /** Sets the subject whose identity tokens alone the trust policies of the roles admit; any by default. */
    public LocalEcrBuilder trustedSubject(String subject) {
        trustedSubjects = Pattern.quote(subject);
        return this;
    }

    /** Sets the clock. */
    public LocalEcrBuilder clock(Clock source) {
        clock = source;
        return this;
    }

    /**
     * Sets a word that every secret which is given out holds over and over, be it the key or token of a session, a
     * login or an identity token, so that a piece of one is recognised wherever it turns up. None by default.
     *
     * @param word ten letters and digits at most, so that it fits into an access key id
     */
    public LocalEcrBuilder secretMark(String word) {
        secretMark = Optional.of(word);
        return this;
    }

    /**
     * Starts the registry.
     *
     * @throws IOException if the port is taken, or the directory cannot be used
     */
    public LocalEcr start() throws IOException {
        Settings settings = new Settings(
                account,
                region,
                createOnPush,
                blobMounting,
                layerAvailability,
                earlyImmutabilityText,
                pairDeletion,
                tokenLifetime,
                trustedSubjects,
                clock,
                secretMark);
        Storage storage = directory.isPresent() ? DiskStorage.open(directory.get()) : new MemoryStorage();
        try {
            return started(settings, storage);
        } catch (IOException e) {
            storage.close();
            throw e;
        }
    }

    private LocalEcr started(Settings settings, Storage storage) throws IOException {
        Ports ports = new Ports(port, tls);
        try {
            return new LocalEcr(settings, storage, ports);
        } catch (IOException e) {
            ports.close();
            throw e;
        }
    }
}
