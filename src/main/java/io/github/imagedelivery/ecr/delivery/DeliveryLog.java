package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a delivery says while it works, one method for each event. Wording and level are the listener's. */
public interface DeliveryLog {
    /** The name of the image is settled; where each part came from is told too. */
    void resolved(String module, Coordinates coordinates);

    /** Additional tags that are for releases only are left out, since the version is none. */
    void tagsLeftOut(String module, List<String> templates, Coordinates coordinates);

    /** The pipeline was started for another commit than the one that is checked out and built. */
    void commitDiffers(String module, Pipeline pipeline, Coordinates coordinates);

    /** The SHA that was given is not that of the commit that is checked out and built. */
    void notCheckedOut(String module, Coordinates coordinates, String head);

    /** Another module is to have a tag of the same repository. */
    void wantedTwice(String module, Claims.Rival rival);

    /** A repository that was missing has been created, as {@code ecr.createRepository} says. */
    void repositoryCreated(RepositoryName repository);

    /** Tags that are written will not be taken back, whatever becomes of the later ones: it is configured so. */
    void undoIsOff(String module);

    /**
     * The base image is resolved.
     *
     * @param pinned its name with its digest
     */
    void base(String module, String pinned, Platform platform);

    /** An earlier run has not ended with all tags in place, and this one goes on from there. */
    void found(String module, Leftover leftover);

    /** How far the delivery has come cannot be noted in {@code push.json}; it goes on all the same. Told once. */
    void phaseNotNoted(Path directory, IOException cause);

    /** Nothing is built: the image that has the SHA tag is to be published under the version too. */
    void adopted(String module, Digest existing);

    /** What was to be brought into the repository of a module ahead of its push is left to the push. */
    void leftToPush(String module, Exception cause);

    /** Every blob and manifest of the image is in the repository, without a tag. */
    void staged(String module, Staging staging);

    /** The index names this image for the platform. Not told of an image that stands alone. */
    void onPlatform(String module, Platform platform, Digest image);

    /**
     * Who relies on the image cannot be told, so the tags that it gets would stay where a later one is refused.
     *
     * @param cause why the tags of the image cannot be read, in the service's words
     */
    void undoIsBlind(String module, String cause);

    /** The publication has ended, well or not. */
    void published(Publication publication);

    /** Several images were published together, or were to be: how their content came to be in the registry. */
    void transferred(Transfers transfers);
}
