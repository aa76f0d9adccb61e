package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.ci.RemoteUrl;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.ci.WorkingCopyException;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.setup.Job;
import io.github.imagedelivery.ecr.setup.Source;
import io.github.imagedelivery.ecr.setup.Source.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Reads which job is to push: what it is run for, as whom and with which flags. */
final class SetupJob {
    private static final int OLDEST_JAVA = 17;
    private static final List<Integer> LONG_TERM_RELEASES = List.of(OLDEST_JAVA, 21, 25);

    private final SetupMojo raw;
    private final Path root;
    private final Problems problems;

    SetupJob(SetupMojo raw, Path root, Problems problems) {
        this.raw = raw;
        this.root = root;
        this.problems = problems;
    }

    private interface Change {
        Job apply(String value) throws FormatException;
    }

    /** Reads the job; empty where its source repository is not known. */
    Optional<Job> read() {
        Optional<Source> source = problems.collect(this::source);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Job job = Job.of(source.get(), javaRelease());
        job = changed(job, "ecr.setup.branch", raw.branch, job::on);
        job = changed(job, "ecr.identityAudience", raw.identityAudience, job::addressedTo);
        job = changed(job, "ecr.setup.environment", raw.environment, job::in);
        job = inDirectory(job);
        for (String property : List.of("ecr.registry", "ecr.name", "ecr.identityAudience")) {
            job = repeated(job, property);
        }
        return Optional.of(job);
    }

    /** Returns the job with what a parameter says, if it says something; a malformed value is a problem. */
    private Job changed(Job job, String property, @Nullable String value, Change change) {
        return Parameters.text(value)
                .flatMap(text -> problems.read(property, "the default", () -> change.apply(text)))
                .orElse(job);
    }

    /** What {@code ecr:setup} was given on the command line, the job's Maven must be given there as well. */
    private Job repeated(Job job, String property) {
        String value = raw.session.getUserProperties().getProperty(property);
        return changed(job, property, value, text -> job.with("-D" + property + "=" + text));
    }

    private Job inDirectory(Job job) {
        Path top = TopDirectory.of(raw.session).toAbsolutePath().normalize();
        String directory = root.relativize(top).toString().replace('\\', '/');
        if (directory.isEmpty()) {
            return job;
        }
        return problems.collect(() -> {
                    try {
                        return job.with("-f " + directory);
                    } catch (FormatException e) {
                        throw DeliveryException.ofUser(
                                "The directory of the build cannot be named in a script",
                                e,
                                "give it a name of letters, digits and . _ - alone");
                    }
                })
                .orElse(job);
    }

    private Source source() throws DeliveryException {
        String given = Parameters.text(raw.source).orElse("");
        String text = given.isEmpty() ? remote() : RemoteUrl.https(given).orElse(given);
        Optional<Kind> kind = Parameters.text(raw.ci).isEmpty()
                ? Optional.empty()
                : Optional.of(Choice.of("ecr.setup.ci", raw.ci, Kind.GITHUB));
        try {
            return Source.parse(text.replaceFirst("^https://", ""), kind);
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "The source repository cannot be used",
                    e,
                    "set -Decr.setup.source=github.com/OWNER/REPOSITORY, or gitlab.com/GROUP/PROJECT; for a host of your"
                            + " own -Decr.setup.ci=github or gitlab as well");
        }
    }

    private String remote() throws DeliveryException {
        WorkingCopy copy = WorkingCopy.at(root, Environment.of(raw.session));
        try {
            return copy.revision()
                    .flatMap(Revision::remote)
                    .orElseThrow(() -> DeliveryException.ofUser(
                            "Which repository the images are built from cannot be told",
                            "there is no commit in " + root + ", or no remote \"origin\" on a server",
                            "set -Decr.setup.source=github.com/OWNER/REPOSITORY, or gitlab.com/GROUP/PROJECT"));
        } catch (WorkingCopyException e) {
            throw DeliveryException.ofUser(
                    "The working copy cannot be read",
                    e,
                    "make \"git status\" work in this directory, or set -Decr.setup.source");
        }
    }

    /** Returns the highest release that a module is compiled for, and no less than this plugin needs. */
    private int javaRelease() {
        int wanted = raw.session.getProjects().stream()
                .map(MavenProject::getProperties)
                .flatMap(SetupJob::releases)
                .filter(text -> text.matches("[1-9][0-9]"))
                .mapToInt(Integer::parseInt)
                .reduce(OLDEST_JAVA, Math::max);
        return LONG_TERM_RELEASES.stream()
                .filter(release -> release >= wanted)
                .findFirst()
                .orElse(wanted);
    }

    private static Stream<String> releases(Properties properties) {
        return Stream.of("maven.compiler.release", "maven.compiler.target", "java.version")
                .map(name -> properties.getProperty(name, "").strip().toLowerCase(Locale.ROOT));
    }
}
