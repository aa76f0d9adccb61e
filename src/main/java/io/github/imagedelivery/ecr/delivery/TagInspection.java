package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.delivery.Inspection.Named;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of the tags of an image that is not built yet, whose digest therefore nobody knows, what will become of them. */
final class TagInspection {
    private static final String SHA = "SHA tag";
    private static final String VERSION = "version tag";
    private static final String ADDITIONAL = "additional tag";

    /** ECR does not give an archived image by its tag, which is taken all the same. */
    private static final String UNLESS_ARCHIVED = ", unless an archived image has it";

    private final Named module;
    private final RepositoryDescription repository;
    private final Map<Tag, Manifest> before;

    TagInspection(Named module, RepositoryDescription repository, Map<Tag, Manifest> before) {
        this.module = module;
        this.repository = repository;
        this.before = before;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(sha(), version()));
        module.target().additional().forEach(other -> findings.add(beside(ADDITIONAL, other.tag())));
        return findings;
    }

    private Optional<Digest> at(Tag tag) {
        return Optional.ofNullable(before.get(tag)).map(Manifest::digest);
    }

    private Finding sha() {
        Tag tag = module.target().shaTag().value();
        boolean adopts = module.candidate().coordinates().existingSha() == ExistingSha.ADOPT;
        if (at(tag).isPresent() && adopts) {
            return Finding.ok(module.module(), SHA, "points at " + at(tag).get() + ", which will be adopted");
        }
        return of(SHA, tag);
    }

    private Finding version() {
        try {
            TagPlan.requireOneImage(module.target(), repository, before);
        } catch (DeliveryException e) {
            return Finding.failed(module.module(), VERSION, e);
        }
        return beside(VERSION, module.target().versionTag().value());
    }

    /** Tells of a tag that an image has beside its SHA tag. */
    private Finding beside(String check, Tag tag) {
        Optional<Digest> image = at(tag);
        Optional<Digest> ofTheCommit = at(module.target().shaTag().value());
        // The image of a commit carries its id: that of another commit has another digest.
        boolean isAnothers =
                image.isPresent() && ofTheCommit.isEmpty() && TagPlan.stays(tag, module.target(), repository);
        return isAnothers
                ? Finding.warning(
                        module.module(),
                        check,
                        tag + " points at " + image.get()
                                + ", and this commit has no image yet: most likely it is another's",
                        TagPlan.remedy(tag, module.target()))
                : of(check, tag);
    }

    private Finding of(String check, Tag tag) {
        boolean moves = module.target().mayMove(tag);
        boolean immutable = repository.isImmutable(tag);
        Optional<Digest> image = at(tag);
        if (image.isEmpty()) {
            return moves && immutable
                    ? Finding.warning(
                            module.module(),
                            check,
                            tag + " is free, but could not be moved later",
                            TagPlan.remedy(tag, module.target()))
                    : Finding.ok(module.module(), check, tag + " is free" + (immutable ? UNLESS_ARCHIVED : ""));
        }
        if (moves && !immutable) {
            return Finding.ok(module.module(), check, tag + " is moved from " + image.get());
        }
        return Finding.unknown(
                module.module(), check, tag + " points at " + image.get() + "; the build must give the same image");
    }
}
