package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An image on disk that another tool has built, for one platform or several. Its manifests and configs are verified when
 * it is read, each layer whenever it is opened.
 */
public final class PrebuiltImage {
    private final Path path;
    private final List<SecretFinding> secrets;
    private final Opening opening;

    /** Where layers lie that are compressed here. */
    interface Storage {
        /** Returns an empty place. */
        Tarball next() throws IOException;
    }

    private interface Opening {
        ImageSet open(Storage storage) throws IOException, FormatException;
    }

    private PrebuiltImage(Path path, Set<SecretFinding> secrets, Opening opening) {
        this.path = path;
        this.secrets = List.copyOf(secrets);
        this.opening = opening;
    }

    /**
     * Reads an image: an OCI image layout (directory or tar) or a docker-archive tar, told apart by content.
     *
     * @param entry what the image is called there; needed where there are several
     * @throws ImageException if it is none of these, damaged, made to harm, or if it is not clear which image is meant
     */
    public static PrebuiltImage read(Path path, Optional<String> entry) throws ImageException {
        try {
            ImageFiles files = ImageOnDisk.files(path);
            return ImageOnDisk.isLayout(path, files)
                    ? of(path, new PrebuiltLayout(new OciLayout(path.toString(), files)).read(entry))
                    : of(path, PrebuiltArchive.read(new DockerArchive(path.toString(), files), entry));
        } catch (IOException | FormatException e) {
            throw unusable(path, e);
        }
    }

    private static PrebuiltImage of(Path path, ImageSet images) throws IOException, FormatException {
        Set<SecretFinding> secrets = new LinkedHashSet<>(inAnnotations(images.root()));
        Set<Digest> seen = new HashSet<>();
        for (BuiltImage image : images.images()) {
            if (seen.add(image.config().descriptor().digest())) {
                try (InputStream in = image.config().open()) {
                    secrets.addAll(SecretSettings.look(Json.parse(in.readAllBytes())));
                }
            }
        }
        images.children().forEach(child -> secrets.addAll(inAnnotations(child)));
        return new PrebuiltImage(path, secrets, storage -> images);
    }

    private static List<SecretFinding> inAnnotations(Manifest manifest) {
        return SecretFinding.inAnnotations(
                SecretSettings.texts(manifest.json().get("annotations").members()));
    }

    private static PrebuiltImage of(Path path, PrebuiltArchive archive) {
        Set<SecretFinding> secrets =
                new LinkedHashSet<>(SecretSettings.look(archive.image().config()));
        return new PrebuiltImage(path, secrets, archive::open);
    }

    /** Returns what looks like a secret in the configs and in the annotations; the layers are not looked through. */
    List<SecretFinding> secrets() {
        return secrets;
    }

    /**
     * Returns what the image consists of.
     *
     * @param storage gives a place for a layer that is compressed here
     */
    ImageSet open(Storage storage) throws ImageException {
        try {
            return opening.open(storage);
        } catch (IOException | FormatException e) {
            throw unusable(path, e);
        }
    }

    private static ImageException unusable(Path path, Exception e) {
        String cause = e instanceof FormatException ? Objects.requireNonNullElse(e.getMessage(), "") : e.toString();
        return new ImageException(
                "Cannot push the image " + Texts.shown(path.toString()) + "; nothing was sent",
                e instanceof FormatException ? cause : Texts.shown(cause),
                "set ecr.image to an OCI image layout (directory or tar) or to the tar of a \"docker save\";"
                        + " where it holds several images, name one with ecr.imageEntry");
    }
}
