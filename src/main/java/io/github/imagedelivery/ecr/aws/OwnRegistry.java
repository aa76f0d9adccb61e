package io.github.imagedelivery.ecr.aws;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What answers have told of the caller's own registry: the account that it is of, and so the host that its images are
 * named by. Safe for use by several threads.
 */
final class OwnRegistry {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private final String region;
    private final boolean isAmazons;
    private volatile @Nullable String host;

    /**
     * Knows nothing yet.
     *
     * @param region the region's id
     * @param isAmazons whether it is asked at Amazon's own address; elsewhere, nothing follows from the account
     */
    OwnRegistry(String region, boolean isAmazons) {
        this.region = region;
        this.isAmazons = isAmazons;
    }

    /** Learns the account, as an answer names it; a text that is none is passed over. */
    void isOf(String account) {
        if (isAmazons && ACCOUNT.matcher(account).matches()) {
            host = EcrHost.of(account, region);
        }
    }

    /** Returns the host; empty as long as no answer has told. */
    Optional<String> host() {
        return Optional.ofNullable(host);
    }
}
