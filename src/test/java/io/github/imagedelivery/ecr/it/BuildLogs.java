package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What the builds of one test have printed, one after the other.
 *
 * @param logs one for each build
 */
record BuildLogs(List<BuildLog> logs) {
    private static final String BEGINNING = "Scanning for projects...";

    static BuildLogs of(Scenario scenario) throws Exception {
        String[] logs = scenario.log().split(BEGINNING);
        return new BuildLogs(List.of(logs).stream().skip(1).map(BuildLog::new).toList());
    }

    /** Returns the log of a build; the first is number 1. */
    BuildLog build(int number) {
        return logs.get(number - 1);
    }

    /**
     * What one build has printed.
     *
     * @param text all of it
     */
    record BuildLog(String text) {
        private static final String END = "The build has failed, so no image was tagged.";

        /** Returns the modules that the end of a failed build lists as staged. */
        List<String> staged() {
            return modules("\\[ERROR] {3}(s\\d+): .+@sha256:[0-9a-f]{64}");
        }

        /** Returns the modules of earlier builds that the end of a build lists as not published. */
        List<String> leftBehind() {
            return modules("\\[WARNING] {3}(s\\d+): .+@sha256:[0-9a-f]{64} for .+");
        }

        private List<String> modules(String line) {
            return text.lines()
                    .filter(printed -> printed.matches(line))
                    .map(printed -> printed.replaceFirst(line, "$1"))
                    .toList();
        }

        /** Asserts that the build says once that it has failed, and lists the first so many modules as staged. */
        void failedAfterStaging(int count) {
            assertThat(text).contains("BUILD FAILURE");
            assertThat(staged()).containsExactlyElementsOf(ManyServices.names(count));
            assertThat(text.split(END, -1)).hasSize(count == 0 ? 1 : 2);
        }

        /** Asserts that a problem is told. */
        BuildLog refused(String problem) {
            assertThat(text).contains(problem);
            return this;
        }

        /** Returns how long Maven says that it took. */
        String time() {
            return text.lines()
                    .filter(line -> line.contains("Total time:"))
                    .map(line -> line.replaceFirst(".*Total time: +", "")
                            .replace("(Wall Clock)", "")
                            .strip())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
