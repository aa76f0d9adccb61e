package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads a base image from a directory or a tar; what it is, its content tells. */
final class ImageOnDisk {
    private final Path path;

    private ImageOnDisk(Path path) {
        this.path = path;
    }

    /** Reads the image for the platform. */
    static BaseImage read(Path path, Platform wanted) throws ImageException {
        return new ImageOnDisk(path).read(wanted);
    }

    private BaseImage read(Platform wanted) throws ImageException {
        try {
            return choose(images(), wanted).requirePlatform(wanted);
        } catch (FormatException e) {
            throw unreadable(Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (IOException e) {
            throw unreadable(Texts.shown(e.toString()));
        }
    }

    private List<BaseImage> images() throws IOException, FormatException {
        ImageFiles files = files(path);
        return isLayout(path, files)
                ? new OciLayout(path.toString(), files).images()
                : new DockerArchive(path.toString(), files).images();
    }

    /** Opens a directory or a tar. */
    static ImageFiles files(Path path) throws IOException, FormatException {
        if (Files.isDirectory(path)) {
            return new DirectoryFiles(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new FormatException("there is no such file or directory");
        }
        Content tar = FileContent.of(path);
        if (!LayerTypes.detect(tar).equals(MediaTypes.OCI_LAYER)) {
            throw new FormatException("it is compressed; unpack it to a plain tar first");
        }
        return TarFiles.in(tar);
    }

    /** Tells whether the files are those of an OCI layout; a docker-archive is always a tar. */
    static boolean isLayout(Path path, ImageFiles files) throws IOException, FormatException {
        return Files.isDirectory(path) || files.file(OciLayout.INDEX).isPresent();
    }

    private BaseImage choose(List<BaseImage> images, Platform wanted) throws FormatException {
        List<BaseImage> admitted =
                images.stream().filter(image -> image.isFor(wanted)).toList();
        List<BaseImage> best = wanted.best(admitted, BaseImage::platform);
        List<BaseImage> fitting = best.isEmpty() ? admitted : best;
        if (fitting.stream().map(BaseImage::config).distinct().count() > 1) {
            throw new FormatException("it holds several images for " + wanted + "; keep one of them");
        }
        if (fitting.isEmpty() && images.size() == 1) {
            return images.get(0);
        }
        if (fitting.isEmpty()) {
            String there = images.stream()
                    .map(image -> Texts.shown(image.platform().toString()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new FormatException(
                    "it has no image for " + wanted + (there.isEmpty() ? ", nor any other" : ", only for " + there));
        }
        return fitting.get(0);
    }

    private ImageException unreadable(String cause) {
        return new ImageException(
                "Cannot use " + Texts.shown(path.toString()) + " as base image",
                cause,
                "name an OCI image layout (directory or tar) or the tar of a \"docker save\" for the wanted platform,"
                        + " or a registry reference, with -Decr.from=...");
    }
}
