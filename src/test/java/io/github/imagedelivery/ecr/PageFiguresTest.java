package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFiguresTest {
    @TempDir
    Path directory;

    private Path page;

    @BeforeEach
    void write() throws IOException {
        page = Files.writeString(directory.resolve("page.md"), """
                Before.

                <!-- figures: kills -->

                | 26 |

                <!-- end of figures -->

                <!-- figures: loads -->

                | 2 |

                <!-- end of figures -->
                """);
    }

    @Test
    void acceptsAPageThatSaysWhatWasMeasured() {
        assertThatCode(() -> PageFigures.check(page, "kills", List.of("| 26 |"), false))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAPageThatSaysSomethingElse() {
        assertThatThrownBy(() -> PageFigures.check(page, "loads", List.of("| 3 |"), false))
                .hasMessageContaining("-Dfigures=write");
    }

    @Test
    void refusesAPageWithoutAPlaceForTheFigures() {
        assertThatThrownBy(() -> PageFigures.check(page, "races", List.of(), true))
                .hasMessageContaining("races");
    }

    @Test
    void writesTheFiguresAndLeavesTheRest() throws IOException {
        String before = Files.readString(page);

        PageFigures.check(page, "kills", List.of("| 27 |", "| $1 |"), true);

        assertThat(page).hasContent(before.replace("| 26 |", "| 27 |\n| $1 |"));
    }
}
