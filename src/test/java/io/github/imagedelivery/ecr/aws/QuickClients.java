package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.retries.LegacyRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Clients for tests of other packages that do not wait between attempts, and not long for an answer. */
public final class QuickClients {
    private QuickClients() {}

    /** Creates the clients; an answer may be silent for so long. */
    public static EcrClients create(AwsSettings settings, Duration silence) {
        return EcrClients.create(
                settings,
                Clock.systemUTC(),
                new EcrClients.Outside(SecretListener.NONE, Proxies.OF_THE_JVM),
                new EcrClients.Patience(QuickClients::hurry, silence));
    }

    private static void hurry(RetryStrategy.Builder<?, ?> strategy) {
        strategy.backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately());
        if (strategy instanceof LegacyRetryStrategy.Builder legacy) {
            // Many failures on purpose must not use up what the SDK allows of retries over time.
            legacy.circuitBreakerEnabled(false);
        }
    }
}
