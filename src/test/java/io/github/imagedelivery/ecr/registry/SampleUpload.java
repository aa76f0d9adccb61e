package io.github.imagedelivery.ecr.registry;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.util.Optional;
import java.util.Random;

/** One blob, the requests that push it and the replies that they get, for the tests of uploads. */
final class SampleUpload {
    static final byte[] CONTENT = content(300_000);
    static final Blob BLOB = Blob.of(MediaTypes.OCI_LAYER_GZIP, CONTENT);
    static final Digest DIGEST = BLOB.descriptor().digest();
    static final String QUERY = "?digest=sha256%3A" + DIGEST.encoded();
    static final String POST = "POST /v2/orders/blobs/uploads/";
    static final String HEAD = "HEAD /v2/orders/blobs/" + DIGEST;
    static final Reply SESSION_1 = Reply.session("/upload/1");
    static final Reply SESSION_2 = Reply.session("/upload/2");
    static final Reply CREATED = Reply.of(201).with("Docker-Content-Digest", DIGEST.toString());
    static final Reply NOT_THERE = Reply.of(404);

    private SampleUpload() {}

    static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        return content;
    }

    static RegistryException failure(Repository repository, Blob blob) {
        return catchThrowableOfType(RegistryException.class, () -> repository.push(blob, Optional.empty()));
    }
}
