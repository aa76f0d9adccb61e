package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Looks for secrets where a build must leave none. An embedded ECR puts the mark into all that it gives out: keys and
 * tokens of sessions, logins, identity tokens. So a piece of any of them is found, as it is and as base64.
 */
final class Canary {
    static final String MARK = "canary4Ecr";

    /** What tells a CI system to hide a value, which has to hold it. */
    private static final String MASKS = "(?m)^(?:::add-mask::|##vso\\[task\\.setsecret]).*$";

    private final Set<String> forms = new TreeSet<>();

    private Canary() {}

    /** Looks for the mark and for further secrets. */
    static Canary of(Collection<String> further) {
        Canary canary = new Canary();
        canary.add(MARK);
        // As an access key id has it.
        canary.forms.add(MARK.toUpperCase(Locale.ROOT));
        // With it the SDK logs the headers of a request, whatever they hold this time.
        canary.forms.add("AWS4 Canonical Request");
        further.forEach(canary::add);
        return canary;
    }

    private void add(String secret) {
        forms.add(secret);
        for (int shift = 0; shift < 3; shift++) {
            byte[] bytes = ("\0".repeat(shift) + secret).getBytes(US_ASCII);
            // The characters that the neighbours have no part in.
            int first = (8 * shift + 5) / 6;
            int end = 8 * bytes.length / 6;
            forms.add(Base64.getEncoder().encodeToString(bytes).substring(first, end));
            forms.add(Base64.getUrlEncoder().encodeToString(bytes).substring(first, end));
        }
    }

    /** Asserts that no file below the directory holds a secret, compressed ones and jars included. */
    void isNowhereBelow(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                look(name.endsWith(".log"), name, Files.readAllBytes(file), found);
            }
        }
        assertThat(found).as("secrets below %s", directory).isEmpty();
    }

    /** Asserts that no image with a tag holds a secret. */
    void isInNoImageOf(LocalEcr ecr) throws Exception {
        List<String> found = new ArrayList<>();
        for (String repository : ecr.repositories()) {
            for (Digest digest : Set.copyOf(ecr.tags(repository).values())) {
                Manifest manifest = ecr.manifest(repository, digest).orElseThrow();
                look(false, repository + "@" + digest, manifest.bytes(), found);
                List<Descriptor> blobs = new ArrayList<>(manifest.layers());
                manifest.config().ifPresent(blobs::add);
                for (Descriptor blob : blobs) {
                    look(false, repository + " " + blob.digest(), ecr.blob(repository, blob.digest()), found);
                }
            }
        }
        assertThat(found).as("secrets in images").isEmpty();
    }

    private void look(boolean isLog, String name, byte[] content, List<String> found) throws IOException {
        String text = new String(content, ISO_8859_1);
        String unmasked = isLog ? text.replaceAll(MASKS, "") : text;
        forms.stream()
                .filter(unmasked::contains)
                .forEach(form -> found.add(name + ": ..." + around(unmasked, unmasked.indexOf(form), form.length())));
        if (text.startsWith("\u001f\u008b")) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
                look(false, name + " inflated", in.readAllBytes(), found);
            }
        } else if (text.startsWith("PK\u0003\u0004")) {
            lookInto(name, content, found);
        }
    }

    private void lookInto(String name, byte[] zip, List<String> found) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                look(false, name + "!" + entry.getName(), in.readAllBytes(), found);
            }
        }
    }

    private static String around(String text, int at, int length) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + length))
                .replaceAll("\\R", " | ");
    }
}
