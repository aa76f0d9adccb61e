package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.model.License;

/**
 * Reads the licenses of a POM as an SPDX license expression (SPDX specification 2.3, annex D). A name that is no identifier
 * of the SPDX list says nothing for certain, so nothing is said then.
 */
final class Licenses {
    private static final Set<String> IDENTIFIERS = identifiers();

    private Licenses() {}

    /** Returns the expression. Of several licenses a user may choose one, says Maven's description of the POM. */
    static Optional<String> expression(List<License> licenses) {
        List<String> names = licenses.stream()
                .map(license ->
                        Objects.requireNonNullElse(license.getName(), "").strip())
                .toList();
        boolean areKnown = !names.isEmpty() && IDENTIFIERS.containsAll(names);
        return areKnown ? Optional.of(String.join(" OR ", names)) : Optional.empty();
    }

    /** Reads the SPDX license list (as in spdx-license-ids 3.0.24), the deprecated identifiers included, one in a line. */
    private static Set<String> identifiers() {
        try (InputStream in = Objects.requireNonNull(Licenses.class.getResourceAsStream("spdx-license-ids.txt"))) {
            return new String(in.readAllBytes(), UTF_8).lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
