package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Tag;
import java.util.stream.Stream;

/** A tag of the modelled repository: those of two pushers, one that both may have beside, and one of somebody else. */
enum Name {
    SHA1("sha1", 0),
    SHA2("sha2", 2),
    MORE("more", 10),
    V1("1-SNAPSHOT", 4),
    V2("2-SNAPSHOT", 6),
    PROD("prod", 8);

    @SuppressWarnings("ImmutableEnumChecker") // a record of a string
    private final Tag tag;

    private final int shift;

    Name(String value, int shift) {
        this.tag = new Tag(value);
        this.shift = shift;
    }

    static Name of(Tag tag) {
        return Stream.of(values())
                .filter(name -> name.tag.equals(tag))
                .findFirst()
                .orElseThrow();
    }

    Tag tag() {
        return tag;
    }

    /** Returns the place of its two bits in {@link RegistryModel#tags()}. */
    int shift() {
        return shift;
    }
}
