package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {
    @TempDir
    private Path directory;

    private JavaApplication java17;

    @BeforeEach
    void writeApplication() throws Exception {
        TestApplication files = TestApplication.emptyIn(directory)
                .library("a.jar", Origin.RELEASE, "a")
                .file("demo/Main.class", "x");
        java17 = new JavaApplication(files.classes(), files.libraries(), "demo.Main", 17);
    }

    @Test
    void putsAllFilesBelowTheRoot() throws Exception {
        assertThat(paths(new Placement("/srv/orders/", List.of())))
                .containsExactly(
                        "/srv/orders/libs/a.jar",
                        "/srv/orders/classes/demo/Main.class",
                        "/srv/orders/class-path",
                        "/srv/orders/main-class");
    }

    @Test
    void takesTheTopDirectoryForARoot() throws Exception {
        assertThat(paths(new Placement("/", List.of()))).contains("/libs/a.jar", "/class-path");
    }

    @Test
    void startsTheApplicationFromItsRoot() throws Exception {
        JavaApplication moved = java17.at(new Placement("/srv/orders", List.of()));

        assertThat(moved.contents().launch().command(List.of()))
                .containsExactly("java", "-cp", "@/srv/orders/class-path", "demo.Main");
    }

    @Test
    void putsTheExtraClassPathAheadOfItsOwn() throws Exception {
        Placement placement = new Placement("/app", List.of("/opt/agent/*", "/etc/orders"));

        assertThat(classPath(placement))
                .isEqualTo("/opt/agent/*:/etc/orders:/app/resources:/app/classes:/app/libs/a.jar");
    }

    private List<String> paths(Placement placement) throws Exception {
        return java17.at(placement).contents().layers().stream()
                .flatMap(layer -> layer.files().stream())
                .map(PlacedFile::path)
                .toList();
    }

    private String classPath(Placement placement) throws Exception {
        return java17.at(placement).contents().layers().stream()
                .flatMap(layer -> layer.files().stream())
                .filter(file -> file.path().endsWith("/class-path"))
                .map(file -> ((PlacedFile.Generated) file.source()).text())
                .findFirst()
                .orElseThrow();
    }
}
