package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ECR registry on a loopback port: ECR's API, STS, the registry itself ({@code /v2/}), a CI job's identity token
 * endpoint and a page for a browser under one address. Safe for use by several threads.
 */
public final class LocalEcr implements AutoCloseable {
    private final Settings settings;
    private final Storage storage;
    private final Repositories repositories;
    private final Ports ports;
    private final Secrets secrets;
    private final RequestLog log = new RequestLog();
    private final String requestToken;
    private final IdentityTokens identities;
    private final Logins logins;
    private final Faults faults;

    LocalEcr(Settings settings, Storage storage, Ports ports) throws IOException {
        this.settings = settings;
        this.storage = storage;
        this.ports = ports;
        this.secrets = new Secrets(settings.secretMark());
        this.requestToken = secrets.word(40);
        Lag lag = new Lag();
        Permissions permissions = new Permissions(settings);
        this.repositories = new Repositories(settings, storage, lag);
        this.identities = new IdentityTokens(settings.clock(), secrets);
        this.logins = new Logins(settings, secrets);
        this.faults = new Faults(repositories, logins, permissions, lag);
        BlobStore blobs = new BlobStore(settings, repositories, secrets, ports.store());
        ports.serve(
                new Door(faults, log, Subject::of, services(blobs, permissions)),
                new Door(faults, log, Subject::ofStore, blobs));
    }

    private FrontDoor services(BlobStore blobs, Permissions permissions) {
        Sessions sessions = new Sessions(settings, secrets);
        return new FrontDoor(
                new EcrApi(settings, repositories, logins, sessions, permissions),
                new StsApi(settings, sessions, identities),
                new DistributionApi(logins, permissions, repositories, blobs, new Uploads(settings, repositories)),
                new TokenEndpoint(identities, requestToken),
                new IndexPage(settings, repositories));
    }

    /** Returns a builder; without further words it makes an empty registry in memory on a free port. */
    public static LocalEcrBuilder builder() {
        return new LocalEcrBuilder();
    }

    /** Returns the address of all services: {@code http://127.0.0.1:PORT}, or {@code https://localhost:PORT} with TLS. */
    public URI endpoint() {
        return URI.create(ports.front());
    }

    /** Returns host and port, as a reference to an image begins with. */
    public String registryHost() {
        return endpoint().getAuthority();
    }

    /**
     * Returns the variables by which the AWS SDKs, the AWS command line and a CI job find this registry. The secrets
     * among them are worth nothing elsewhere.
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL_ECR", ports.front());
        variables.put("AWS_ENDPOINT_URL_STS", ports.front());
        variables.put("AWS_REGION", settings.region());
        // What the AWS command line reads, where the SDK for Java reads the one above.
        variables.put("AWS_DEFAULT_REGION", settings.region());
        variables.put("AWS_ACCESS_KEY_ID", "AKIALOCALECR00000000");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        variables.put("ACTIONS_ID_TOKEN_REQUEST_URL", ports.front() + TokenEndpoint.GITHUB + "?api-version=2.0");
        variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", requestToken);
        return variables;
    }

    /**
     * Returns the variables by which a job of the CI system finds this registry and its identity token, and no access
     * key. Where the CI system puts the token into a variable, each result has a new one.
     */
    public Map<String, String> environment(CiJob job) {
        Map<String, String> variables = new LinkedHashMap<>(environment());
        variables
                .keySet()
                .removeAll(Set.of(
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "ACTIONS_ID_TOKEN_REQUEST_URL",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN"));
        variables.putAll(job.variables(ports.front(), requestToken, identityToken(job, job.audience())));
        return variables;
    }

    /** Returns an identity token as the CI system of the job gives it, for the audience. */
    public String identityToken(CiJob job, String audience) {
        return identities.mint(job, audience);
    }

    /** Logs in and returns the password for the user {@code AWS}, as {@code aws ecr get-login-password} does. */
    public String password() {
        String arn = "arn:" + settings.partition() + ":sts::" + settings.account() + ":assumed-role/local/session";
        return logins.issue(Principal.of(arn)).password();
    }

    /** Creates a mutable repository. */
    public void createRepository(String name) throws IOException {
        createRepository(name, TagMutability.MUTABLE);
    }

    /**
     * Creates a repository.
     *
     * @param exclusionFilters wildcard patterns of the tags that are treated the other way round
     * @throws IllegalArgumentException if the name or the filters are not legal, or the repository is there already
     */
    public void createRepository(String name, TagMutability mutability, String... exclusionFilters) throws IOException {
        try {
            Snapshot.Rules rules = new Snapshot.Rules(mutability, List.of(exclusionFilters));
            repositories.create(name, RepositoryOperations.checked(rules));
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.text(), e);
        }
    }

    /** Returns the names of all repositories, in their order. */
    public List<String> repositories() {
        return repositories.all().stream().map(RepositoryState::name).toList();
    }

    /** Returns what each tag of the repository points at, by name of tag. */
    public Map<String, Digest> tags(String repository) {
        return existing(repository).tags();
    }

    /** Returns the digests of all images of the repository, in the order in which they were pushed. */
    public List<Digest> images(String repository) {
        return existing(repository).images().stream().map(Image::digest).toList();
    }

    /** Returns the image or index with that digest, if it is there. */
    public Optional<Manifest> manifest(String repository, Digest digest) {
        return existing(repository).images().stream()
                .map(Image::manifest)
                .filter(manifest -> manifest.digest().equals(digest))
                .findFirst();
    }

    /** Tells whether the repository has the blob, referred to by an image or not. */
    public boolean hasBlob(String repository, Digest digest) {
        return existing(repository).hasBlob(digest);
    }

    /** Returns the bytes of a blob. */
    public byte[] blob(String repository, Digest digest) throws IOException {
        if (!hasBlob(repository, digest)) {
            throw new FileNotFoundException("no blob " + digest + " in " + repository);
        }
        try (InputStream in = existing(repository).openBlob(digest)) {
            return in.readAllBytes();
        }
    }

    /**
     * Puts blobs and an image into the repository, under the tag, as another pusher would and without a request.
     *
     * @throws IllegalArgumentException if the repository refuses it
     */
    public void seed(String repository, String tag, Manifest manifest, Collection<? extends Blob> blobs)
            throws IOException {
        seed(existing(repository), Optional.of(tag), manifest, blobs);
    }

    /** Puts blobs and an image into the repository, without a tag. */
    public void seed(String repository, Manifest manifest, Collection<? extends Blob> blobs) throws IOException {
        seed(existing(repository), Optional.empty(), manifest, blobs);
    }

    /** Puts a blob into the repository to which no image refers yet. */
    public void seedBlob(String repository, Blob blob) throws IOException {
        existing(repository);
        Pending content = storage.begin();
        try (InputStream in = blob.open()) {
            content.append(in);
        }
        storage.keep(content, repository, content.digest());
    }

    private void seed(RepositoryState state, Optional<String> tag, Manifest manifest, Collection<? extends Blob> blobs)
            throws IOException {
        for (Blob blob : blobs) {
            seedBlob(state.name(), blob);
        }
        try {
            state.ensure(manifest, tag);
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.text(), e);
        }
    }

    private RepositoryState existing(String name) {
        return repositories
                .named(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no repository " + name));
    }

    /** Returns the requests that were served since the start or {@link #clearRequests}, oldest first. */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /** Forgets the requests that were served. */
    public void clearRequests() {
        log.clear();
    }

    /** Returns the switchboard for what may go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Closes the ports and all connections; what is on disk stays. */
    @Override
    public void close() throws IOException {
        try {
            ports.close();
        } finally {
            storage.close();
        }
    }
}
