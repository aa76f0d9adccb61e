package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Progress.Work;
import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.image.ImageOutput;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/** Gives the layers of an image to whoever writes it, and counts what is fetched of its base. */
final class Download implements ImageOutput.LayerSource {
    private final BaseImages bases;
    private final Work work;

    /**
     * Expects every layer of the base, until it turns out that one is kept here.
     *
     * @param work is told of each byte
     */
    Download(ImageSet images, BaseImages bases, Work work) {
        this.bases = bases;
        this.work = work;
        work.expect(images.images().stream()
                .flatMap(image -> image.layers().stream())
                .filter(Layer::fromBase)
                .map(layer -> layer.blob().descriptor())
                .distinct()
                .mapToLong(Descriptor::size)
                .sum());
    }

    @Override
    public Blob of(Layer layer) {
        if (!layer.fromBase()) {
            return layer.blob();
        }
        CountedBlob fetched = new CountedBlob(layer.blob(), work);
        return new Fetched(fetched, bases.kept(fetched));
    }

    private record Fetched(CountedBlob origin, Blob kept) implements Blob {
        @Override
        public Descriptor descriptor() {
            return kept.descriptor();
        }

        @Override
        public InputStream open() throws IOException {
            InputStream in = kept.open();
            if (!origin.wasOpened()) {
                origin.spare();
            }
            return in;
        }
    }
}
