package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An image of the modelled repository: D and E are what two pushers build, O was there before. */
enum Content {
    D(1),
    E(2),
    O(3);

    private static final List<Optional<Content>> CODED = List.of(Optional.of(D), Optional.of(E), Optional.of(O));

    @SuppressWarnings("ImmutableEnumChecker") // deeply immutable, though its lists do not say so
    private final FakeImage image;

    private final int code;

    Content(int code) {
        this.code = code;
        try {
            this.image = FakeImage.of("base", name());
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    static Content of(Digest digest) {
        return Stream.of(values())
                .filter(content -> content.image.manifest().digest().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the content with the code; empty for 0, which no content has. */
    static Optional<Content> of(int code) {
        return code == 0 ? Optional.empty() : CODED.get(code - 1);
    }

    /** Returns a number of two bits, from 1 on. */
    int code() {
        return code;
    }

    FakeImage image() {
        return image;
    }

    Manifest manifest() {
        return image.manifest();
    }
}
