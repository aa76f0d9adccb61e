package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In what two images of one repository differ: for a reader, for a program, and as a refusal. */
public final class DiffReport {
    /** Name of the file. */
    public static final String FILE = "diff.json";

    private final Facts facts;

    DiffReport(Facts facts) {
        this.facts = facts;
    }

    /**
     * One of the two images.
     *
     * @param name its tag or digest, or "this build"
     */
    record Side(String name, Digest digest) {
        private String is() {
            return name + " is " + digest;
        }
    }

    /**
     * What was found.
     *
     * @param module what messages call the module
     * @param repository the repository with its registry's host
     * @param from the first image
     * @param to the second image
     * @param index the fields in which two indexes differ
     * @param platforms what becomes of each platform; none where the two are one image
     */
    record Facts(
            String module,
            String repository,
            Side from,
            Side to,
            List<FieldChange> index,
            List<PlatformDifference> platforms) {
        Facts {
            index = List.copyOf(index);
            platforms = List.copyOf(platforms);
        }

        boolean isSame() {
            return from.digest().equals(to.digest());
        }
    }

    /** Tells whether the two are one image. */
    public boolean isSame() {
        return facts.isSame();
    }

    /** Returns what differs for a reader; a limited number of lines. */
    public List<String> lines() {
        return new DiffText(facts).lines();
    }

    /**
     * Returns the refusal of images that were to be the same.
     *
     * @param reports directory that the report was written to
     */
    public DeliveryException refusal(Path reports) {
        List<String> parts =
                new ArrayList<>(List.of(facts.from().is() + ", " + facts.to().is()));
        if (!facts.index().isEmpty()) {
            parts.add("index: " + facts.index().get(0).name()
                    + (facts.index().size() > 1 ? ", and " + (facts.index().size() - 1) + " more" : ""));
        }
        Optional<PlatformDifference> first = facts.platforms().stream()
                .filter(platform -> !platform.isSame())
                .findFirst();
        first.map(PlatformDifference::summary).ifPresent(parts::add);
        String causes = first.map(platform -> platform.difference().causes()).orElse("build as before");
        return DeliveryException.ofUser(
                "The images of " + facts.module() + " differ, and ecr.diff.fail is set; nothing was sent or tagged",
                String.join("; ", parts) + "; all of it in " + reports.resolve(FILE),
                causes);
    }

    /** Writes {@link #FILE}. */
    public void write(Path directory) throws DeliveryException {
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve(FILE), new DiffJson(facts).json().pretty(), UTF_8);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** Removes what an earlier comparison has left. */
    public static void forget(Path directory) throws DeliveryException {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static DeliveryException unwritable(Path directory, IOException e) {
        return DeliveryException.ofUser(
                "The report of the comparison cannot be written", e.toString(), "make " + directory + " writable");
    }
}
