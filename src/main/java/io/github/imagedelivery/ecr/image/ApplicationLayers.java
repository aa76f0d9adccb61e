package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where each file of an application lies in the image, and in which layer: what changes seldom lies low.
 *
 * <p>Only files are named. Jib adds the directories above them, and gives every entry mode, owner and time that do not
 * depend on the machine: 0644 and 0755, root, one second after the epoch.
 */
final class ApplicationLayers {
    private static final AbsoluteUnixPath ROOT = AbsoluteUnixPath.get("/app");
    private static final AbsoluteUnixPath LIBRARIES = ROOT.resolve("libs");
    private static final AbsoluteUnixPath RESOURCES = ROOT.resolve("resources");
    private static final AbsoluteUnixPath CLASSES = ROOT.resolve("classes");
    private static final AbsoluteUnixPath CLASS_PATH = ROOT.resolve("class-path");
    private static final AbsoluteUnixPath MAIN_CLASS = ROOT.resolve("main-class");
    private static final int FIRST_RELEASE_WITH_ARGUMENT_FILES = 9;

    private final JavaApplication application;
    private final Libraries libraries;

    private ApplicationLayers(JavaApplication application, Libraries libraries) {
        this.application = application;
        this.libraries = libraries;
    }

    /** Looks at the application's libraries. */
    static ApplicationLayers of(JavaApplication application) throws ImageException, IOException {
        return new ApplicationLayers(application, Libraries.of(application.libraries()));
    }

    /** Returns the layers that have files, lowest first. */
    List<FileEntriesLayer> layers(ArgumentFiles arguments) throws ImageException, IOException {
        List<FileEntriesLayer> layers = new ArrayList<>();
        layers.add(layer("dependencies", LIBRARIES, libraries.from(Origin.RELEASE)));
        layers.add(layer("snapshot-dependencies", LIBRARIES, libraries.from(Origin.SNAPSHOT)));
        layers.add(layer("project-dependencies", LIBRARIES, libraries.from(Origin.PROJECT)));
        Map<String, Path> resources = new TreeMap<>();
        Map<String, Path> classes = new TreeMap<>();
        for (Path file : ClassesDirectory.files(application.classes())) {
            String name = ClassesDirectory.nameIn(application.classes(), file);
            (name.endsWith(".class") ? classes : resources).put(name, file);
        }
        layers.add(layer("resources", RESOURCES, resources));
        layers.add(layer("classes", CLASSES, classes));
        layers.removeIf(layer -> layer.getEntries().isEmpty());
        if (layers.isEmpty()) {
            throw new ImageException(
                    "There is nothing to put into the image",
                    "no class in " + application.classes() + ", and no library",
                    "run the phase \"compile\" in the same build, or skip this module with -Decr.skip=true");
        }
        layers.add(FileEntriesLayer.builder()
                .setName("jvm-argument-files")
                .addEntry(arguments.write(classPath()), CLASS_PATH)
                .addEntry(arguments.write(application.mainClass()), MAIN_CLASS)
                .build());
        return layers;
    }

    /** Returns the command that starts the application. */
    List<String> entrypoint(List<String> jvmFlags) {
        List<String> command = new ArrayList<>();
        command.add("java");
        command.addAll(jvmFlags);
        command.add("-cp");
        boolean readsFiles = application.javaRelease() >= FIRST_RELEASE_WITH_ARGUMENT_FILES;
        command.add(readsFiles ? "@" + CLASS_PATH : classPath());
        command.add(application.mainClass());
        return command;
    }

    private String classPath() {
        List<String> elements = new ArrayList<>(List.of(RESOURCES.toString(), CLASSES.toString()));
        libraries.names().forEach(name -> elements.add(LIBRARIES.resolve(name).toString()));
        return String.join(":", elements);
    }

    private static FileEntriesLayer layer(String name, AbsoluteUnixPath directory, Map<String, Path> files) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        files.forEach((file, source) -> layer.addEntry(source, directory.resolve(file)));
        return layer.build();
    }
}
