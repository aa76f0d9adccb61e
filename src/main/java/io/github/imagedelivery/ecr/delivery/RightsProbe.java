package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.Inspection.Named;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds out what the role may do by doing what cannot succeed: an upload that nothing follows, an image whose layer is
 * not there, and the removal of a tag that nothing has. IAM is asked before the request is looked at, so a refusal for
 * another reason means that the action is allowed. ECR does not promise that.
 */
final class RightsProbe {
    private static final String PUSH = "push rights";
    private static final String UNDO = "undo rights";
    private static final String DENIED = "AccessDeniedException";

    /** {@code PutImage} is rationed, and the rights of a hundred repositories are as a rule those of ten. */
    private static final int MOST = 10;

    private final Ecr ecr;
    private final PutPace pace;
    private final Set<RepositoryName> probed = new HashSet<>();

    RightsProbe(Ecr ecr, PutPace pace) {
        this.ecr = ecr;
        this.pace = pace;
    }

    private interface Attempt {
        void run() throws AwsException;
    }

    List<Finding> findings(Named module, RepositoryDescription repository) {
        if (!probed.contains(repository.name()) && probed.size() == MOST) {
            return List.of(
                    Finding.unknown(module.module(), PUSH, "not tried: those of " + MOST + " others were"),
                    Finding.unknown(module.module(), UNDO, "not tried: those of " + MOST + " others were"));
        }
        probed.add(repository.name());
        return List.of(push(module, repository), undo(module, repository.name()));
    }

    private Finding push(Named module, RepositoryDescription repository) {
        try {
            ecr.repositories().beginUpload(repository.name());
            pace.await(repository.registry());
            Manifest image = impossible();
            attempt(() -> ecr.putImage(repository.name(), image));
            return Finding.ok(
                    module.module(),
                    PUSH,
                    "ecr:InitiateLayerUpload and ecr:PutImage are allowed; ecr:UploadLayerPart and"
                            + " ecr:CompleteLayerUpload cannot be tried");
        } catch (AwsException e) {
            return refused(module, PUSH, e);
        }
    }

    private Finding undo(Named module, RepositoryName repository) {
        if (module.candidate().policy().undo() == UndoRule.NEVER) {
            return Finding.ok(module.module(), UNDO, "not needed: ecr.undo is never");
        }
        try {
            String unique = UUID.randomUUID().toString();
            attempt(() -> ecr.tagsOf(repository, digest(unique)));
            attempt(() -> ecr.deleteTag(repository, new Tag("ecr-check-" + unique), digest(unique)));
            return Finding.ok(module.module(), UNDO, "ecr:DescribeImages and ecr:BatchDeleteImage are allowed");
        } catch (AwsException e) {
            return e.code().equals(DENIED)
                    ? Finding.warning(
                            module.module(),
                            UNDO,
                            "no undo is possible, forward only: a tag that is written stays where a later one is refused; "
                                    + e.getMessage(),
                            "allow ecr:BatchDeleteImage and ecr:DescribeImages, or set ecr.undo to never")
                    : refused(module, UNDO, e);
        }
    }

    /** That the content is not there, or an answer that lists failures, means that the action is allowed. */
    private static void attempt(Attempt attempt) throws AwsException {
        try {
            attempt.run();
        } catch (AwsException e) {
            boolean looked = e.isMissingContent() || (e.status() == 200 && e.isDefinite());
            if (!looked) {
                throw e;
            }
        }
    }

    private static Finding refused(Named module, String check, AwsException e) {
        return e.code().equals(DENIED)
                ? Finding.failed(module.module(), check, Explanations.of("The role may not push", e, module.target()))
                : Finding.unknown(module.module(), check, "could not be tried: " + e.getMessage());
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(UTF_8));
    }

    private static Manifest impossible() {
        String unique = UUID.randomUUID().toString();
        Json json = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", part(MediaTypes.OCI_CONFIG, unique + " config"))
                .with("layers", Json.array(List.of(part(MediaTypes.OCI_LAYER_GZIP, unique + " layer"))));
        try {
            return Manifest.parse(json.toString().getBytes(UTF_8), MediaTypes.OCI_MANIFEST);
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Json part(String type, String unique) {
        return Json.object()
                .with("mediaType", Json.of(type))
                .with("digest", Json.of(digest(unique).toString()))
                .with("size", Json.of(unique.length()));
    }
}
