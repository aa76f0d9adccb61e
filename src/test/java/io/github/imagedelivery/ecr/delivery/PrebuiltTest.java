package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagedelivery.ecr.delivery.WrittenImage.Destination;
import io.github.imagedelivery.ecr.image.OutputFormat;
import io.github.imagedelivery.ecr.image.PrebuiltImage;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of another tool takes the way of one that is built here. */
class PrebuiltTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private Path layout;
    private WrittenImage written;

    @BeforeEach
    void write() throws Exception {
        fixture = new DeliveryFixture(directory);
        layout = directory.resolve("image");
        written = fixture.delivery.write(
                fixture.orders().module(), new Destination(OutputFormat.LAYOUT, layout), Exchange.Listener.NONE);
        fixture.newSession();
        fixture.ecr.clearRequests();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private StagedImage stage() throws Exception {
        Module plain = fixture.orders().module();
        PrebuiltImage image = PrebuiltImage.read(layout, Optional.empty());
        Module module = new Module(
                plain.name(),
                plain.coordinates(),
                plain.creation(),
                plain.policy(),
                new Prebuilt(image),
                plain.reports());
        return fixture.delivery.stage(module, Exchange.Listener.NONE);
    }

    @Test
    void getsBothTagsAndSendsNothingTheSecondTime() throws Exception {
        Publication first = fixture.publish(stage()).get(0);
        fixture.newSession();
        fixture.ecr.clearRequests();
        Publication second = fixture.publish(stage()).get(0);

        assertThat(first.result()).isEqualTo(Result.PUBLISHED);
        assertThat(second.result()).isEqualTo(Result.ALREADY_PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0").containsValue(written.digest());
        assertThat(fixture.requests()).containsExactly("ecr:BatchGetImage", "ecr:GetAuthorizationToken");
    }

    @Test
    void isNotTaggedWhenALayerIsAnotherThanItsDigestSays() throws Exception {
        Descriptor layer = aLayer();
        Path blob = layout.resolve("blobs/sha256").resolve(layer.digest().encoded());
        byte[] content = Files.readAllBytes(blob);
        content[content.length - 1] ^= 1;
        Files.write(blob, content);

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(this::stage)
                .withMessageStartingWith("The image could not be staged; nothing was tagged")
                .withMessageContaining(layer.digest().toString())
                .withMessageEndingWith(
                        "to fix: name another base image with ecr.from, or build that of ecr.image again")
                .matches(DeliveryException::isUserError);
        assertThat(fixture.tags()).isEmpty();
    }

    /** Returns a layer of the application: whatever else is in the layout is no gzip stream. */
    private Descriptor aLayer() throws Exception {
        try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                byte[] content = Files.readAllBytes(blob);
                if (content[0] == 0x1f) {
                    return Descriptor.of("", content);
                }
            }
        }
        throw new AssertionError("no layer in " + layout);
    }
}
