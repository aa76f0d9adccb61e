package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an inspection has found.
 *
 * @param findings in the order in which it was looked
 * @param requests how many requests it took
 * @param milliseconds how long it took
 */
public record InspectionReport(List<Finding> findings, long requests, long milliseconds) {
    /** Name of the file. */
    public static final String FILE = "check.json";

    private static final long SCHEMA = 1;

    /** Copies the findings. */
    public InspectionReport {
        findings = List.copyOf(findings);
    }

    /** Returns one report of several. */
    public static InspectionReport ofAll(List<InspectionReport> reports) {
        return new InspectionReport(
                reports.stream().flatMap(report -> report.findings.stream()).toList(),
                reports.stream().mapToLong(InspectionReport::requests).sum(),
                reports.stream().mapToLong(InspectionReport::milliseconds).sum());
    }

    /** Returns the worst outcome. */
    public Outcome outcome() {
        return findings.stream().map(Finding::outcome).max(Outcome::compareTo).orElse(Outcome.OK);
    }

    /** Returns what the user is told where a push would fail, one block for each check; empty where none would. */
    public Optional<DeliveryException> refusal() {
        List<DeliveryException> failed = findings.stream()
                .filter(finding -> finding.outcome() == Outcome.FAILED)
                .map(InspectionReport::refusal)
                .toList();
        return failed.isEmpty() ? Optional.empty() : Optional.of(DeliveryException.ofAll(failed));
    }

    private static DeliveryException refusal(Finding finding) {
        String of = finding.module().isEmpty() ? "" : finding.module() + ": ";
        return DeliveryException.ofUser(
                        of + "the check of the " + finding.check() + " has failed; nothing was built or sent",
                        finding.text(),
                        finding.remedy())
                .withDetails(finding.details());
    }

    /** Writes {@link #FILE}. */
    public void write(Path directory) throws DeliveryException {
        Json report = Json.object()
                .with("schema", Json.of(SCHEMA))
                .with("outcome", Json.of(outcome().name().toLowerCase(Locale.ROOT)))
                .with(
                        "checks",
                        Json.array(findings.stream().map(Finding::toJson).toList()))
                .with("requests", Json.of(requests))
                .with("milliseconds", Json.of(milliseconds));
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(FILE), report.pretty(), UTF_8);
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    "The report of the check cannot be written", e.toString(), "make " + directory + " writable");
        }
    }
}
