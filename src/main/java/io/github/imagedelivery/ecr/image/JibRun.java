package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of Jib core, without network: from a base that has a config and no layers, into a config.
 *
 * @param caches Jib's directories
 * @param toolVersion version that the history names
 */
record JibRun(CacheDirectories caches, String toolVersion) {
    static final String TOOL_NAME = "ecr-maven-plugin";

    /** Returns the image that Jib is to build, on the base that it finds in the tar. */
    static JibContainerBuilder describe(Path baseTar, ImagePlan plan, List<FileEntriesLayer> layers) {
        ContainerSettings container = plan.container();
        Set<Port> ports = container.ports().stream()
                .map(PortRange::read)
                .flatMap(Optional::stream)
                .flatMap(range -> range.ports().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return Jib.from(TarImage.at(baseTar))
                .setFormat(ImageFormat.OCI)
                .setCreationTime(plan.created())
                .setFileEntriesLayers(layers)
                .setProgramArguments(container.args().isEmpty() ? null : container.args())
                .setEnvironment(container.environment())
                .setLabels(plan.labels())
                .setExposedPorts(ports)
                .setVolumes(container.volumes().stream()
                        .map(AbsoluteUnixPath::get)
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                .setWorkingDirectory(
                        container.workingDirectory().map(AbsoluteUnixPath::get).orElse(null));
    }

    /**
     * Builds the image, and returns its config.
     *
     * @param layers how many layers it must have
     * @param tarball where Jib writes it
     */
    Json config(JibContainerBuilder image, int layers, Tarball tarball) throws IOException {
        write(image, tarball.output());
        List<BaseImage> images;
        try {
            images = new OciLayout("tarball", TarFiles.in(tarball)).images();
        } catch (FormatException e) {
            throw new IOException("Jib core wrote a tarball that cannot be read: " + e.getMessage(), e);
        }
        if (images.size() != 1 || images.get(0).layers().size() != layers) {
            throw new IOException("Jib core wrote another image than it was told to");
        }
        return images.get(0).config();
    }

    /** Builds the image; Jib reports failures by many types, the first cause tells most. */
    private void write(JibContainerBuilder image, OutputStream tar) throws IOException {
        Containerizer target = Containerizer.to(TarImage.at(MemoryPath.writable("image.tar", tar))
                        .named(ImageReference.of(null, "image", null)))
                .setOfflineMode(true)
                .setToolName(TOOL_NAME)
                .setToolVersion(toolVersion)
                .setBaseImageLayersCache(caches.base())
                .setApplicationLayersCache(caches.application());
        try {
            image.containerize(target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (Exception e) {
            throw new IOException(firstCause(e).toString(), e);
        }
    }

    /** Returns a docker-archive of a config alone. */
    static Path baseTar(Json config) {
        Json manifest = Json.object().with("Config", Json.of("config.json")).with("Layers", Json.array(List.of()));
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        append(tar, "config.json", config.bytes());
        append(tar, DockerArchive.MANIFEST, Json.array(List.of(manifest)).bytes());
        tar.writeBytes(new byte[2 * TarHeader.BYTES]);
        return MemoryPath.readable("base.tar", tar.toByteArray());
    }

    private static void append(ByteArrayOutputStream tar, String name, byte[] content) {
        tar.writeBytes(TarHeader.of(name, content.length));
        tar.writeBytes(content);
        tar.writeBytes(new byte[Math.floorMod(-content.length, TarHeader.BYTES)]);
    }

    private static Throwable firstCause(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }
}
