package io.github.imagedelivery.ecr.setup;

/**
 * A private ECR registry; whoever makes it has checked the host.
 *
 * @param host host name
 * @param account 12 digits
 * @param region id of the region, for example {@code eu-west-2}
 * @param partition id of the partition, for example {@code aws}
 */
public record EcrRegistry(String host, String account, String region, String partition) {
    /** Returns the ARN of a repository, or of all that a pattern names. */
    String arn(String repository) {
        return "arn:" + partition + ":ecr:" + region + ":" + account + ":repository/" + repository;
    }
}
