package io.github.imagedelivery.ecr.local;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What one embedded ECR was started with.
 *
 * @param trustedSubjects a regular expression: whose identity tokens the roles' trust policies admit
 */
record Settings(
        String account,
        String region,
        boolean createOnPush,
        boolean blobMounting,
        boolean layerAvailability,
        boolean earlyImmutabilityText,
        PairDeletion pairDeletion,
        Duration tokenLifetime,
        String trustedSubjects,
        Clock clock,
        Optional<String> secretMark) {
    /** The partition that the region belongs to, as ARNs begin with. */
    String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    String repositoryArn(String repository) {
        return "arn:" + partition() + ":ecr:" + region + ":" + account + ":repository/" + repository;
    }
}
