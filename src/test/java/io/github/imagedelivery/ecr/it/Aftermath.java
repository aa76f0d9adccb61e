package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a build that was ended leaves in its repository, and what the next one makes of it.
 *
 * @param ecr the registry; the repository was empty before
 * @param sha the SHA tag
 */
record Aftermath(LocalEcr ecr, String sha) {
    static final String REPOSITORY = "orders";
    static final String VERSION = "1.4.0";

    /** Which tags are there: always a beginning of the order in which they are written. */
    enum Left {
        NOTHING("no tag"),
        SHA("the SHA tag"),
        BOTH("both tags");

        final String title;

        Left(String title) {
            this.title = title;
        }
    }

    /** Returns what is there; fails if that is a version without a SHA tag, or a tag on what is not complete. */
    Left left() throws Exception {
        Map<String, Digest> tags = ecr.tags(REPOSITORY);
        if (tags.isEmpty()) {
            return Left.NOTHING;
        }
        assertThat(tags.keySet()).as("tags").contains(sha).isSubsetOf(sha, VERSION);
        assertThat(tags.values().stream().distinct()).as("images with a tag").hasSize(1);
        isComplete(Objects.requireNonNull(tags.get(sha)));
        return tags.containsKey(VERSION) ? Left.BOTH : Left.SHA;
    }

    /** Returns what is there, and fails if the report of the build that was ended says otherwise. */
    Left left(Checkout checkout) throws Exception {
        Left left = left();
        String phase = checkout.phase();
        assertThat(left)
                .as("tags after a build that was ended in the phase \"%s\"", phase)
                .isIn(possible(phase));
        if (left != Left.BOTH) {
            assertThat(checkout.promisesBothTags()).isFalse();
            assertThat(checkout.result()).isEmpty();
        }
        return left;
    }

    private static List<Left> possible(String phase) {
        return switch (phase) {
            case "", "stage", "staged" -> List.of(Left.NOTHING);
            case "publish-sha" -> List.of(Left.NOTHING, Left.SHA);
            case "publish-version" -> List.of(Left.SHA, Left.BOTH);
            case "verify", "done" -> List.of(Left.BOTH);
            default -> throw new AssertionError("no such phase is expected: " + phase);
        };
    }

    private void isComplete(Digest digest) throws Exception {
        Manifest manifest = ecr.manifest(REPOSITORY, digest).orElseThrow();
        assertThat(ecr.hasBlob(REPOSITORY, manifest.config().orElseThrow().digest()))
                .as("config of %s", digest)
                .isTrue();
        for (Descriptor layer : manifest.layers()) {
            assertThat(ecr.hasBlob(REPOSITORY, layer.digest()))
                    .as("layer %s", layer.digest())
                    .isTrue();
        }
    }

    /** Runs the build again, undisturbed; it must put right whatever is there. Returns its result. */
    String heal(Checkout checkout) throws Exception {
        try (MavenBuild again = checkout.deploy(ecr)) {
            assertThat(again.await())
                    .as("exit code of the next build:\n%s", again.log())
                    .isZero();
        }
        assertThat(left()).as("after the next build").isEqualTo(Left.BOTH);
        assertThat(ecr.tags("base/jre")).as("tags of others").containsOnlyKeys("17");
        assertThat(checkout.promisesBothTags()).isTrue();
        assertThat(checkout.report().get("digest").text())
                .hasValue(Objects.requireNonNull(ecr.tags(REPOSITORY).get(VERSION))
                        .toString());
        String result = checkout.result();
        assertThat(result).isIn("PUBLISHED", "ALREADY_PUBLISHED");
        return result;
    }

    /** Runs the build again, and only then lets the request of the one that was ended go on. Returns its result. */
    String heal(Checkout checkout, Hold hold) throws Exception {
        String result = heal(checkout);
        Map<String, Digest> tags = ecr.tags(REPOSITORY);
        hold.release();
        assertThat(ecr.tags(REPOSITORY)).as("tags after the late request").isEqualTo(tags);
        checkout.isClean(ecr);
        checkout.delete();
        return result;
    }
}
