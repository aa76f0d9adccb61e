package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas find the faults that they are there for; otherwise an image that passes them would mean nothing. */
class OciSchemasTest {
    private static final String DIGEST = Digest.of(new byte[0]).toString();

    private final OciSchemas schemas = OciSchemas.assumed();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image-manifest-schema.json | {'schemaVersion':2}",
                "image-manifest-schema.json | {'schemaVersion':1,'config':{},'layers':[]}",
                "image-index-schema.json | {'schemaVersion':2,'manifests':[{'mediaType':'a/b','size':1,'digest':'no'}]}",
                "image-index-schema.json | {'schemaVersion':2,'manifests':[],'annotations':{'a':1}}",
                "config-schema.json | {'architecture':'amd64','os':'linux'}",
                "config-schema.json | {'architecture':'amd64','os':'linux','rootfs':{'type':'layers','diff_ids':[1]}}",
                "image-layout-schema.json | {'imageLayoutVersion':'2.0.0'}",
                "content-descriptor.json | {'mediaType':'none','size':1,'digest':'sha256:1'}"
            })
    void refusesWhatTheSpecificationRefuses(String schema, String document) {
        assertThat(schemas.problems(schema, document.replace('\'', '"').getBytes(UTF_8)))
                .isNotEmpty();
    }

    @Test
    void acceptsADescriptor() {
        String descriptor = "{\"mediaType\":\"a/b\",\"size\":1,\"digest\":\"" + DIGEST + "\"}";

        assertThat(schemas.problems(OciSchemas.DESCRIPTOR, descriptor.getBytes(UTF_8)))
                .isEmpty();
    }
}
