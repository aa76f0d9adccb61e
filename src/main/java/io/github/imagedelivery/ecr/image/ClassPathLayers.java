package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where each file of a Java application lies in the image, and in which layer: what changes seldom lies low. */
final class ClassPathLayers {
    private static final String LIBRARIES = "libs";
    private static final String RESOURCES = "resources";
    private static final String CLASSES = "classes";
    private static final String JAR_DIRECTORY = "classpath";
    /** That of the file holds the version as a rule, which must not change the image. */
    private static final String JAR = "application.jar";

    private static final String CLASS_PATH = "class-path";
    private static final String MAIN_CLASS = "main-class";
    private static final int FIRST_RELEASE_WITH_ARGUMENT_FILES = 9;

    private final JavaApplication application;
    private final Optional<OwnJar> jar;
    private final Libraries libraries;

    private ClassPathLayers(JavaApplication application, Optional<OwnJar> jar) throws ImageException, IOException {
        this.application = application;
        this.jar = jar;
        this.libraries = Libraries.of(application.libraries());
    }

    /** Looks at the libraries of an application whose classes and resources are files of their own. */
    static ClassPathLayers of(JavaApplication application) throws ImageException, IOException {
        return new ClassPathLayers(application, Optional.empty());
    }

    /** Looks at the libraries of an application that is a jar itself. */
    static ClassPathLayers of(PackagedApplication packaged) throws ImageException, IOException {
        return new ClassPathLayers(packaged.application(), Optional.of(packaged.jar()));
    }

    /** Returns the layers that have files, lowest first. */
    List<FilesLayer> layers() throws ImageException, IOException {
        List<FilesLayer> layers = new ArrayList<>();
        for (Origin origin : Origin.values()) {
            layers.add(layer(name(origin), LIBRARIES, libraries.from(origin)));
        }
        layers.addAll(ownLayers());
        layers.removeIf(layer -> layer.files().isEmpty());
        if (layers.isEmpty()) {
            throw new ImageException(
                    "There is nothing to put into the image",
                    "no class in " + application.classes() + ", and no library",
                    "run the phase \"compile\" in the same build, or skip this module with -Decr.skip=true");
        }
        layers.add(new FilesLayer(
                "jvm-argument-files",
                List.of(
                        PlacedFile.of(ArgumentFile.of(classPath()), place().path(CLASS_PATH)),
                        PlacedFile.of(ArgumentFile.of(application.mainClass()), place().path(MAIN_CLASS)))));
        return layers;
    }

    private List<FilesLayer> ownLayers() throws ImageException, IOException {
        if (jar.isPresent()) {
            PlacedFile placed = jar.get().at(place().path(JAR_DIRECTORY + "/" + JAR));
            return List.of(new FilesLayer(FilesLayer.OWN_JAR, List.of(placed)));
        }
        Map<String, Path> resources = new TreeMap<>();
        Map<String, Path> classes = new TreeMap<>();
        for (Path file : ClassesDirectory.files(application.classes())) {
            String name = ImagePath.relative(application.classes(), file);
            (name.endsWith(".class") ? classes : resources).put(name, file);
        }
        return List.of(layer("resources", RESOURCES, resources), layer("classes", CLASSES, classes));
    }

    /** Returns what the layer of the libraries of an origin is called. */
    static String name(Origin origin) {
        return switch (origin) {
            case SHARED -> "shared-dependencies";
            case RELEASE -> "dependencies";
            case SNAPSHOT -> "snapshot-dependencies";
            case PROJECT -> "project-dependencies";
        };
    }

    /** Returns the command that starts the application. */
    Launch launch() {
        boolean readsFiles = application.javaRelease() >= FIRST_RELEASE_WITH_ARGUMENT_FILES;
        String argument = readsFiles ? "@" + place().path(CLASS_PATH) : classPath();
        return Launch.java(List.of("-cp", argument, application.mainClass()));
    }

    private String classPath() {
        List<String> elements = new ArrayList<>(place().extraClassPath());
        List<String> own = jar.isPresent() ? List.of(JAR_DIRECTORY + "/" + JAR) : List.of(RESOURCES, CLASSES);
        own.forEach(name -> elements.add(place().path(name)));
        libraries.names().forEach(name -> elements.add(place().path(LIBRARIES + "/" + name)));
        return String.join(":", elements);
    }

    private Placement place() {
        return application.placement();
    }

    private FilesLayer layer(String name, String directory, Map<String, Path> files) {
        List<PlacedFile> placed = new ArrayList<>();
        files.forEach((file, source) -> placed.add(PlacedFile.of(source, place().path(directory + "/" + file))));
        return new FilesLayer(name, placed);
    }
}
