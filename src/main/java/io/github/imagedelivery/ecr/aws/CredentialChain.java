package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The sources of the SDK's default chain in its order, made one by one as they are asked, and the first that answers is
 * kept; one that is configured and fails is the end. The SDK's own chain says the same, but tells a source that is not configured from one that failed only inside a
 * sentence of 2,000 characters.
 */
final class CredentialChain implements Signer {
    private static final String GIVEN = "properties of the build (aws.accessKeyId)";

    private static final List<Source> DEFAULT = List.of(
            new Source("system properties (aws.accessKeyId)", SystemPropertyCredentialsProvider::create),
            new Source("environment variables (AWS_ACCESS_KEY_ID)", EnvironmentVariableCredentialsProvider::create),
            new Source(
                    "web identity token file (AWS_WEB_IDENTITY_TOKEN_FILE)",
                    WebIdentityTokenFileCredentialsProvider::create),
            new Source("profile (AWS_PROFILE, ~/.aws)", ProfileCredentialsProvider::create),
            new Source(
                    "container (AWS_CONTAINER_CREDENTIALS_FULL_URI)",
                    () -> ContainerCredentialsProvider.builder().build()),
            new Source("EC2 instance metadata", InstanceProfileCredentialsProvider::create));

    /** What the sources of the SDK say when they are just not configured; another profile was named, if wrongly. */
    private static final Pattern ABSENT = Pattern.compile("^(?:Unable to load credentials from system settings\\."
            + " Access key|Either the environment variable AWS_WEB_IDENTITY|Profile file contained no credentials for profile 'default'"
            + "|Cannot fetch credentials from container - neither|IMDS credentials have been disabled"
            + "|Failed to load credentials from IMDS)");

    private final List<Source> sources;
    private final IdentityListener listener;
    private @Nullable AwsCredentialsProvider chosen;

    private CredentialChain(List<Source> sources, IdentityListener listener) {
        this.sources = sources;
        this.listener = listener;
    }

    private record Source(String name, Supplier<AwsCredentialsProvider> provider) {}

    /** Thrown when no source gave credentials; the message lists those that were tried, with the reason of the one that failed. */
    static final class NoCredentials extends RuntimeException {
        private NoCredentials(String message) {
            super(message);
        }
    }

    /** Returns the chain; of the keys alone where they were given. */
    static CredentialChain of(Optional<AwsKeys> keys, IdentityListener listener) {
        List<Source> sources = keys.map(
                        given -> List.of(new Source(GIVEN, () -> StaticCredentialsProvider.create(credentials(given)))))
                .orElse(DEFAULT);
        return new CredentialChain(sources, listener);
    }

    private static AwsCredentials credentials(AwsKeys keys) {
        return keys.sessionToken()
                .<AwsCredentials>map(
                        token -> AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()));
    }

    /** The sources renew what they give by themselves. */
    @Override
    public int prepare(Purpose purpose) {
        return 0;
    }

    @Override
    public boolean replace(int expired, Purpose purpose) {
        return false;
    }

    @Override
    public Optional<Caller> caller() {
        return Optional.empty();
    }

    @Override
    public int scope() {
        return 0;
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (chosen != null) {
            return chosen.resolveCredentials();
        }
        List<String> tried = new ArrayList<>();
        for (Source source : sources) {
            tried.add(source.name);
            try {
                AwsCredentialsProvider provider = source.provider.get();
                AwsCredentials credentials = provider.resolveCredentials();
                chosen = provider;
                listener.found(source.name);
                return credentials;
            } catch (RuntimeException e) {
                String reason =
                        Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
                if (!ABSENT.matcher(reason).find()) {
                    // Who has configured a source means that one, and no machine that happens to have a role.
                    throw new NoCredentials(
                            "tried " + String.join(", ", tried) + "; " + source.name + ": " + sentence(reason));
                }
            }
        }
        throw new NoCredentials("tried " + String.join(", ", tried) + "; none is configured");
    }

    /** Without the content of the profile file, which the SDK appends. */
    private static String sentence(String reason) {
        String first = reason.lines().findFirst().orElse("");
        return Texts.shown(first.replaceFirst(": ProfileFile\\(.*", ""));
    }

    @Override
    public synchronized void close() {
        if (chosen instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
