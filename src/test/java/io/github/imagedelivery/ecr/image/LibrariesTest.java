package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    @TempDir
    private Path directory;

    @Test
    void tellsJarsOfOneNameApartByContent() throws Exception {
        TestApplication application = TestApplication.emptyIn(directory)
                .library("org/a/core-1.0.jar", Origin.RELEASE, "a")
                .library("other-1.0.jar", Origin.RELEASE, "o")
                .library("org/b/core-1.0.jar", Origin.PROJECT, "b");

        assertThat(Libraries.of(application.libraries()).names())
                .containsExactly("core-1.0-ca978112ca1b.jar", "other-1.0.jar", "core-1.0-3e23e8160039.jar");
    }

    @Test
    void givesTheSameNamesInAnyOrderAndWhereverTheyLie() throws Exception {
        List<Library> here = TestApplication.emptyIn(directory.resolve("here"))
                .library("org/a/core.jar", Origin.RELEASE, "a")
                .library("org/b/core.jar", Origin.SNAPSHOT, "b")
                .libraries();
        List<Library> there = new ArrayList<>(TestApplication.emptyIn(directory.resolve("there"))
                .library("x/core.jar", Origin.PROJECT, "a")
                .library("y/core.jar", Origin.PROJECT, "b")
                .libraries());
        Collections.reverse(there);

        assertThat(Libraries.of(here).names())
                .containsExactlyInAnyOrderElementsOf(Libraries.of(there).names());
    }

    @Test
    void callsAJarAsItIsToldAndNotAsItsFile() throws Exception {
        TestApplication application =
                TestApplication.emptyIn(directory).library("target/model.jar", Origin.PROJECT, "m");
        Path jar = application.libraries().get(0).jar();

        assertThat(Libraries.of(List.of(new Library("model-1.4.0.jar", jar, Origin.PROJECT)))
                        .from(Origin.PROJECT))
                .containsExactly(Map.entry("model-1.4.0.jar", jar));
    }

    @Test
    void packsAJarOnceThatIsNamedTwice() throws Exception {
        TestApplication application = TestApplication.emptyIn(directory)
                .library("a/core.jar", Origin.RELEASE, "a")
                .library("a/core.jar", Origin.RELEASE, "a");

        assertThat(Libraries.of(application.libraries()).names()).hasSize(1);
    }

    @Test
    void refusesANameThatWouldSplitTheClassPath() {
        TestApplication application = TestApplication.emptyIn(directory).library("a:b.jar", Origin.RELEASE, "a");

        assertThatThrownBy(() -> Libraries.of(application.libraries()))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("a:b.jar has a name that no class path can hold");
    }
}
