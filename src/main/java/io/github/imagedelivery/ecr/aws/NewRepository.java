package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a repository is to be created. Its tags are immutable but for those that move.
 *
 * @param moving which tags may be pointed at another image; at most {@link #MOST_PATTERNS}
 * @param scanOnPush whether ECR scans each image that is pushed
 * @param encryption how ECR encrypts the layers
 * @param tags tags of the repository as an AWS resource
 */
public record NewRepository(
        List<TagPattern> moving, boolean scanOnPush, Encryption encryption, Map<String, String> tags) {
    /** The most exclusion filters that ECR takes. */
    public static final int MOST_PATTERNS = 5;

    /** Copies the collections. */
    public NewRepository {
        moving = List.copyOf(moving);
        tags = Map.copyOf(tags);
    }

    /**
     * How ECR encrypts layers at rest.
     *
     * @param type {@code AES256}, {@code KMS} or {@code KMS_DSSE}
     * @param key ARN or alias of the KMS key; empty for the one that AWS manages
     */
    public record Encryption(String type, Optional<String> key) {}
}
