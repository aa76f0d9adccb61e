package io.github.imagedelivery.ecr.mojo;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names the settings that say how an image is built: one that is built already is not changed by them. */
final class BuildSettings {
    private final List<String> names = new ArrayList<>();

    private BuildSettings() {}

    /** Returns the names of those that are set, and are not what they are by default. */
    static List<String> of(ImageParameters raw) {
        BuildSettings settings = new BuildSettings();
        settings.content(raw);
        settings.files(raw);
        settings.container(raw);
        return List.copyOf(settings.names);
    }

    private void content(ImageParameters raw) {
        add("ecr.from", Parameters.text(raw.from).isPresent());
        text("ecr.platform", raw.platform, "linux/amd64");
        list("ecr.platforms", raw.platforms);
        text("ecr.kind", raw.kind, "auto");
        text("ecr.containerizingMode", raw.containerizingMode, "exploded");
        add("ecr.jar", raw.jar != null);
        add("ecr.nativeExecutable", raw.nativeExecutable != null);
        list("ecr.sharedDependencies", raw.sharedDependencies);
        text("ecr.appRoot", raw.appRoot, "");
        list("ecr.extraClasspath", raw.extraClasspath);
        text("ecr.created", raw.created, "");
        text("ecr.compression", raw.compression, "gzip");
        text("ecr.compressionLevel", raw.compressionLevel, "");
    }

    private void files(ImageParameters raw) {
        boolean isUsual = Files.isDirectory(raw.project.getBasedir().toPath().resolve(FilesReader.DEFAULT));
        add(FilesReader.DEFAULT, isUsual);
        add(
                "ecr.extraDirectories",
                raw.extraDirectories != null
                        || !Parameters.list(raw.extraDirectoryList).isEmpty());
        list("ecr.extraDirectoryPermissions", raw.extraDirectoryPermissions);
        list("ecr.extraDirectoryOwnership", raw.extraDirectoryOwnership);
        text("ecr.filesModificationTime", raw.filesModificationTime, "EPOCH_PLUS_SECOND");
    }

    private void container(ImageParameters raw) {
        text("ecr.mainClass", raw.mainClass, "");
        list("ecr.entrypoint", raw.entrypoint);
        list("ecr.jvmFlags", raw.jvmFlags);
        list("ecr.args", raw.args);
        pairs("ecr.environment", raw.environment, raw.environmentVariables);
        pairs("ecr.labels", raw.labels, raw.labelList);
        pairs("ecr.annotations", raw.annotations, raw.annotationList);
        list("ecr.ports", raw.ports);
        list("ecr.volumes", raw.volumes);
        text("ecr.user", raw.user, "");
        text("ecr.workingDirectory", raw.workingDirectory, "");
    }

    private void text(String name, @Nullable String value, String byDefault) {
        add(name, Parameters.text(value).filter(text -> !text.equals(byDefault)).isPresent());
    }

    private void list(String name, @Nullable List<String> values) {
        add(name, !Parameters.list(values).isEmpty());
    }

    private void pairs(String name, @Nullable Map<String, String> map, @Nullable List<String> texts) {
        add(name, (map != null && !map.isEmpty()) || !Parameters.list(texts).isEmpty());
    }

    private void add(String name, boolean isSet) {
        if (isSet) {
            names.add(name);
        }
    }
}
