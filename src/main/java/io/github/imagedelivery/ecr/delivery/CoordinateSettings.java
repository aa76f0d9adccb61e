package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.List;
import java.util.Optional;

/**
 * What is configured about the name of an image; text is unchecked.
 *
 * @param registry host of the ECR registry ({@code ecr.registry}); empty for the caller's own
 * @param region region of the caller's own registry ({@code ecr.region}); empty for the SDK's
 * @param name repository ({@code ecr.name}); empty for the artifactId
 * @param artifactId the module's artifactId
 * @param sha revision ({@code ecr.sha}); empty for what the working copy says
 * @param commitProperty what another plugin has put into {@code git.commit.id}
 * @param version version tag ({@code ecr.version}); empty to derive it
 * @param additionalTags templates of further tags ({@code ecr.additionalTags})
 * @param projectVersion the module's version
 * @param movingVersions which version tags may be pointed at another image ({@code ecr.movingVersions})
 * @param dirty what to do about a working copy that differs from its commit
 * @param existingSha what to do about a SHA tag that points at another image
 * @param pullRequests what to do about a run for a pull request
 */
public record CoordinateSettings(
        Optional<String> registry,
        Optional<String> region,
        Optional<String> name,
        String artifactId,
        Optional<String> sha,
        Optional<String> commitProperty,
        Optional<String> version,
        List<String> additionalTags,
        String projectVersion,
        List<TagPattern> movingVersions,
        Dirty dirty,
        ExistingSha existingSha,
        PullRequests pullRequests) {
    /** The version tags that may move where nothing is configured. */
    public static final List<TagPattern> SNAPSHOTS = List.of(new TagPattern("*-SNAPSHOT"));

    /** Copies the lists. */
    public CoordinateSettings {
        additionalTags = List.copyOf(additionalTags);
        movingVersions = List.copyOf(movingVersions);
    }

    /** Returns the same with other rules for what is built. */
    public CoordinateSettings as(Dirty otherDirty, PullRequests otherPullRequests) {
        return new CoordinateSettings(
                registry,
                region,
                name,
                artifactId,
                sha,
                commitProperty,
                version,
                additionalTags,
                projectVersion,
                movingVersions,
                otherDirty,
                existingSha,
                otherPullRequests);
    }

    /** What to do about a working copy that differs from its commit ({@code ecr.dirty}). */
    public enum Dirty {
        /** Refuse to push: the SHA tag would lie. */
        REFUSE,
        /** Push under {@code <sha>-dirty} and {@code <version>-dirty}, tags that may move. */
        SUFFIX
    }

    /** What to do about a run for a pull request, whose code nobody has merged ({@code ecr.allowPullRequest}). */
    public enum PullRequests {
        /** Refuse to push. */
        REFUSE,
        /** Push, if the head commit of the pull request is what is checked out. */
        HEAD_COMMIT,
        /** Push whatever is checked out: nobody but this build sees it. */
        ANY_COMMIT
    }

    /** What to do about a SHA tag that points at another image than this build's ({@code ecr.onExistingSha}). */
    public enum ExistingSha {
        /** Refuse to push: one commit must not be two images. */
        REFUSE,
        /** Build nothing, and publish the image that has the SHA tag under the version. */
        ADOPT
    }
}
