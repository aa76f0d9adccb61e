package io.github.imagedelivery.ecr.registry;

import static io.github.imagedelivery.ecr.registry.SampleUpload.BLOB;
import static io.github.imagedelivery.ecr.registry.SampleUpload.CONTENT;
import static io.github.imagedelivery.ecr.registry.SampleUpload.CREATED;
import static io.github.imagedelivery.ecr.registry.SampleUpload.DIGEST;
import static io.github.imagedelivery.ecr.registry.SampleUpload.HEAD;
import static io.github.imagedelivery.ecr.registry.SampleUpload.NOT_THERE;
import static io.github.imagedelivery.ecr.registry.SampleUpload.POST;
import static io.github.imagedelivery.ecr.registry.SampleUpload.SESSION_1;
import static io.github.imagedelivery.ecr.registry.SampleUpload.SESSION_2;
import static io.github.imagedelivery.ecr.registry.SampleUpload.content;
import static io.github.imagedelivery.ecr.registry.SampleUpload.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Cut;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobSourceTest {

    private final Client client = new Client();

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 0})
    void neverSendsAWrongContentWhole(int lengthError) throws Exception {
        byte[] wrong = content(CONTENT.length + lengthError);
        wrong[1000]++;
        Blob lying = new FakeBlob(() -> new ByteArrayInputStream(wrong));
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED, NOT_THERE, SESSION_2, CREATED)) {
            RegistryException failure = failure(client.open(registry), lying);

            assertThat(failure).hasMessageStartingWith("cannot read " + DIGEST + " to push it: content of " + DIGEST);
            assertThat(registry.requests().subList(1, registry.requests().size()))
                    .doesNotContain(HEAD, POST);
            assertThat(registry.requests().size() < 2 || registry.request(1).body().length < CONTENT.length)
                    .isTrue();
        }
    }

    @Test
    void refusesAnEmptyContentThatIsPromisedAsAnother() throws Exception {
        Blob lying = new FakeBlob(InputStream::nullInputStream, new Descriptor("x", DIGEST, 0));
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED)) {
            RegistryException failure = failure(client.open(registry), lying);

            assertThat(failure).hasMessageContaining("hashes to");
            assertThat(registry.requests()).containsExactly(POST);
        }
    }

    @Test
    void failsAtOnceWhenTheSourceCannotBeRead() throws Exception {
        Blob broken = new FakeBlob(() -> new FailingStream(new IOException("disk on fire")));
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED)) {
            RegistryException failure = failure(client.open(registry), broken);

            assertThat(failure).hasMessage("cannot read " + DIGEST + " to push it: disk on fire");
            assertThat(client.time.sleeps()).isEmpty();
        }
    }

    @Test
    void failsAtOnceWhenTheSourceRunsOutOfMemory() throws Exception {
        InputStream starving = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED, NOT_THERE, SESSION_2, CREATED)) {
            RegistryException failure = failure(client.open(registry), new FakeBlob(() -> starving));

            assertThat(failure)
                    .hasMessage("cannot read " + DIGEST + " to push it: java.lang.OutOfMemoryError: Java heap space");
            assertThat(failure).rootCause().isInstanceOf(OutOfMemoryError.class);
            assertThat(client.time.sleeps()).isEmpty();
        }
    }

    @Test
    void readsASourceAgainThatBrokeOffOnItsWay() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Blob flaky = new FakeBlob(() -> opened.incrementAndGet() == 1
                ? new FailingStream(new TransferException("connection reset"))
                : new ByteArrayInputStream(CONTENT));
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request.method()) {
            case "HEAD" -> NOT_THERE;
            case "POST" -> SESSION_1;
            default -> CREATED;
        })) {
            Repository.Arrival arrival = client.open(registry).push(flaky, Optional.empty());

            assertThat(arrival).isEqualTo(Repository.Arrival.UPLOADED);
            assertThat(opened).hasValue(2);
        }
    }

    @Test
    void closesEachSourceThatItOpens() throws Exception {
        List<InputStream> closed = new ArrayList<>();
        Blob blob = new FakeBlob(() -> new ByteArrayInputStream(CONTENT) {
            @Override
            public void close() {
                closed.add(this);
            }
        });
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                SESSION_1, Reply.cut(Cut.IN_THE_REQUEST_BODY), NOT_THERE, SESSION_2, CREATED)) {
            client.open(registry).push(blob, Optional.empty());
        }

        assertThat(closed.stream().distinct()).hasSize(2);
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    private record FakeBlob(Source source, Descriptor descriptor) implements Blob {
        FakeBlob(Source source) {
            this(source, BLOB.descriptor());
        }

        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }

    /** Gives the first half of the content. */
    private static final class FailingStream extends InputStream {
        private final InputStream half = new ByteArrayInputStream(CONTENT, 0, CONTENT.length / 2);
        private final IOException failure;

        FailingStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            int read = half.read();
            if (read < 0) {
                throw failure;
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = half.read(buffer, offset, length);
            if (read < 0) {
                throw failure;
            }
            return read;
        }
    }
}
