package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.PrebuiltImage.Storage;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes one image out of a docker-archive, which has no manifest: its config stays as it is, and with it the image ID;
 * its layers are compressed where they are not. The same archive gives the same bytes.
 *
 * @param image what the archive says of it
 * @param config its config as it is written
 */
record PrebuiltArchive(BaseImage image, Blob config) {
    /**
     * Reads the image.
     *
     * @param entry which one, where there are several
     */
    static PrebuiltArchive read(DockerArchive archive, Optional<String> entry) throws IOException, FormatException {
        List<NamedImage<Json>> images = new ArrayList<>();
        for (Json found : archive.entries()) {
            String id = Digest.of(archive.config(found)).toString();
            List<String> names = Stream.concat(
                            found.get("RepoTags").items().stream().flatMap(name -> name.text().stream()), Stream.of(id))
                    .toList();
            images.add(new NamedImage<>(names, found.without("RepoTags")));
        }
        Json chosen = NamedImage.choose(images, entry);
        PrebuiltArchive read =
                new PrebuiltArchive(archive.image(chosen), Blob.of(MediaTypes.OCI_CONFIG, archive.config(chosen)));
        PrebuiltLayout.requireLegal(read.image.platform());
        return read;
    }

    /**
     * Makes the manifest, and the layers that it names.
     *
     * @param storage gives a place for a layer that is compressed here
     */
    ImageSet open(Storage storage) throws IOException, FormatException {
        List<Tarball> tarballs = new ArrayList<>();
        boolean isOpen = false;
        try {
            List<Blob> layers = new ArrayList<>();
            Map<Digest, Blob> known = new HashMap<>();
            for (Blob layer : Composer.on(image).layers(List.of())) {
                Digest digest = layer.descriptor().digest();
                if (!known.containsKey(digest)) {
                    known.put(digest, isPlain(layer) ? gzip(layer, storage, tarballs) : layer);
                }
                layers.add(known.get(digest));
            }
            List<Json> described =
                    layers.stream().map(layer -> layer.descriptor().toJson()).toList();
            byte[] manifest = Composer.manifest(config.descriptor(), described).bytes();
            ImageSet set = ImageSet.of(new ComposedImage(
                    Manifest.parse(manifest, MediaTypes.OCI_MANIFEST),
                    config,
                    PrebuiltLayout.layers(layers),
                    image.platform(),
                    () -> tarballs.forEach(Tarball::close)));
            isOpen = true;
            return set;
        } finally {
            if (!isOpen) {
                tarballs.forEach(Tarball::close);
            }
        }
    }

    private static boolean isPlain(Blob layer) {
        return layer.descriptor().mediaType().equals(MediaTypes.OCI_LAYER);
    }

    private static Blob gzip(Blob layer, Storage storage, List<Tarball> tarballs) throws IOException {
        Tarball tarball = storage.next();
        tarballs.add(tarball);
        MessageDigest digest = Digest.sha256();
        try (InputStream in = layer.open();
                OutputStream out = new MixedGzip(new DigestOutputStream(tarball.output(), digest))) {
            in.transferTo(out);
        }
        Descriptor written = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(digest), tarball.size());
        return new VerifiedBlob(written, tarball);
    }
}
