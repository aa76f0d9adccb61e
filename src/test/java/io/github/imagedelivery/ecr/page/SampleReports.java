package io.github.imagedelivery.ecr.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reports as deliveries leave them. */
final class SampleReports {
    /** What somebody may write where a name is expected. */
    static final String HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>";

    private SampleReports() {}

    /** Returns the report of an image with every fate, of which two tags were moved. */
    static Json orders() throws IOException, FormatException {
        try (InputStream in = SampleReports.class.getResourceAsStream("/page/orders.json")) {
            assertThat(in).isNotNull();
            return Json.parse(in.readAllBytes());
        }
    }

    static ImageReport image(Json report) {
        return new ImageReport(report, "");
    }

    /** Returns the report of a delivery that was refused before anything was built. */
    static Json refused(String module) {
        return Json.object()
                .with("schema", Json.of(1))
                .with("module", Json.of(module))
                .with("result", Json.of("REFUSED"))
                .with("error", Json.texts(List.of("It is broken", "cause: somebody broke it", "to fix: mend it")));
    }

    /** Returns the report of the same image under another name, delivered a second later, of which nothing was sent. */
    static Json unchanged(String module) throws IOException, FormatException {
        Json orders = orders();
        List<Json> reused = orders.get("layers").items().stream()
                .map(layer -> layer.with("fate", Json.of("reused")))
                .toList();
        Json timeline = orders.get("timeline")
                .with("started", Json.of("2026-03-14T09:26:54.589Z"))
                .with("blobs", Json.texts(List.of()));
        return orders.with("module", Json.of(module))
                .with("result", Json.of("ALREADY_PUBLISHED"))
                .with("layers", Json.array(reused))
                .with("config", orders.get("config").with("fate", Json.of("reused")))
                .with("timeline", timeline)
                .with(
                        "tags",
                        Json.array(List.of(Json.object()
                                .with("tag", Json.of("1.5-SNAPSHOT"))
                                .with("change", Json.of("keep"))
                                .with("before", orders.get("digest")))))
                .without("previous");
    }
}
