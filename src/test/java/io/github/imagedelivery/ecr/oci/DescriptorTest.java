package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, "layer".getBytes(UTF_8));

    @Test
    void readsWhatItWrites() throws FormatException {
        assertThat(Descriptor.read(LAYER.toJson())).isEqualTo(LAYER);
    }

    @Test
    void writesItsFieldsInTheOrderOfTheSpecification() {
        assertThat(LAYER.toJson())
                .hasToString("{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5}"
                        .formatted(MediaTypes.OCI_LAYER_GZIP, LAYER.digest()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"digest", "size"})
    void refusesADescriptorWithout(String field) {
        assertThatThrownBy(() -> Descriptor.read(LAYER.toJson().without(field)))
                .hasMessageStartingWith("descriptor without " + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"5\"", "9223372036854775808", "null"})
    void refusesASizeThatIsNone(String size) {
        assertThatThrownBy(() -> Descriptor.read(LAYER.toJson().with("size", Json.parse(size))))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void doesWithoutAMediaType() throws FormatException {
        assertThat(Descriptor.read(LAYER.toJson().without("mediaType"))).isEqualTo(LAYER.withMediaType(""));
    }
}
