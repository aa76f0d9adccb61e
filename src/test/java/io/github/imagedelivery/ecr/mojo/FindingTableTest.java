package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Finding;
import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.delivery.InspectionReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class FindingTableTest {
    private final List<String> lines = new ArrayList<>();

    private List<String> print(Finding... findings) {
        new FindingTable(new SystemStreamLog() {
                    @Override
                    public void info(CharSequence line) {
                        lines.add(line.toString());
                    }

                    @Override
                    public void warn(CharSequence line) {
                        lines.add("W " + line);
                    }

                    @Override
                    public void error(CharSequence line) {
                        lines.add("E " + line);
                    }
                })
                .print(new InspectionReport(List.of(findings), 3, 40));
        return lines;
    }

    private static Finding finding(String module, String check, Outcome outcome, String remedy) {
        return new Finding(module, check, outcome, "found", remedy);
    }

    @Test
    void saysWhatToDoBelowWhatWasFound() {
        assertThat(print(
                        finding("", "identity", Outcome.OK, ""),
                        finding("orders", "undo rights", Outcome.WARNING, "allow it"),
                        finding("orders", "repository", Outcome.FAILED, "create it")))
                .containsExactly(
                        "check               result   what was found, what to do",
                        "identity            ok       found",
                        "W orders undo rights  warning  found",
                        "W                              to do: allow it",
                        "E orders repository   failed   found",
                        "E                              to do: create it",
                        "3 checks in 3 requests and 40 ms");
    }

    @Test
    void putsWhatIsWellIntoOneLineForEachOfManyModules() {
        Finding[] findings = new Finding[9];
        for (int i = 0; i < 8; i++) {
            findings[i] = finding("module-" + i % 4, i < 4 ? "repository" : "login", Outcome.OK, "");
        }
        findings[8] = finding("module-0", "undo rights", Outcome.WARNING, "");

        assertThat(print(findings))
                .hasSize(7)
                .contains("module-1              ok       repository, login", "W module-0 undo rights  warning  found");
    }
}
