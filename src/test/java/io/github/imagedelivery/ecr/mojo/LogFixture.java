package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/** Builds of up to four modules in front of an embedded ECR, by {@code ecr:push} as Maven runs it, and their logs. */
final class LogFixture implements AutoCloseable {
    private static final String REGISTRY = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String OTHER_COMMIT = "89abcdef0123456789abcdef0123456789abcdef";

    final LocalEcr ecr;
    private final Path top;
    private final Digest base;
    private String sha = "0123456789abcdef0123456789abcdef01234567";
    private List<String> log = new ArrayList<>();
    private List<Throwable> failures = List.of();
    private String progress = "auto";

    LogFixture(Path top) throws Exception {
        this.top = top;
        this.ecr =
                LocalEcr.builder().account("123456789012").region("eu-west-2").start();
        this.base = TinyBase.seed(ecr, "base/jre", "17");
        for (String name : List.of("orders", "billing", "shipping", "mailing")) {
            ecr.createRepository(name, TagMutability.IMMUTABLE_WITH_EXCLUSION, "*-SNAPSHOT");
            code(name, "class of " + name);
        }
    }

    /** Writes the only resource of a module, which takes as many bytes in its image too. */
    void resource(String module, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(top.resolve(module).resolve("target/classes/data.bin"), content);
    }

    /** Writes the only class of a module. */
    void code(String module, String content) throws IOException {
        Path classes = Files.createDirectories(top.resolve(module).resolve("target/classes"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61});
        file.write(content.getBytes(UTF_8));
        Files.write(classes.resolve("App.class"), file.toByteArray());
    }

    /** Shows the next builds' work as {@code ecr.progress} says. */
    void show(String way) {
        progress = way;
    }

    /** Goes on to another commit. */
    void commit() {
        sha = OTHER_COMMIT;
    }

    /** Runs {@code mvn deploy --fail-at-end} for version 1.4.0 of the modules. */
    void build(String... modules) throws Exception {
        buildVersion("1.4.0", modules);
    }

    /** Runs {@code mvn deploy --fail-at-end} for a version of the modules. */
    void buildVersion(String version, String... modules) throws Exception {
        log = new ArrayList<>();
        List<MavenProject> projects = new ArrayList<>();
        for (String module : modules) {
            projects.add(TestSession.module(top, module));
        }
        MavenSession session = session(projects);
        for (MavenProject project : projects) {
            session.setCurrentProject(project);
            run(goal(session, project, version));
        }
        RecordingListener.end(session);
        failures = session.getResult().getExceptions();
    }

    /** Runs {@code mvn deploy -T} with a thread for each of the modules. */
    void buildSideBySide(String... modules) throws Exception {
        List<MavenProject> projects = new ArrayList<>();
        for (String module : modules) {
            projects.add(TestSession.module(top, module));
        }
        MavenSession session = session(projects);
        List<Thread> threads = new ArrayList<>();
        for (MavenProject project : projects) {
            PushMojo goal = goal(session, project, "1.4.0");
            threads.add(new Thread(() -> run(goal)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        RecordingListener.end(session);
        failures = session.getResult().getExceptions();
    }

    List<Throwable> failures() {
        return failures;
    }

    private MavenSession session(List<MavenProject> projects) {
        MavenSession session = TestSession.of(top, projects.toArray(MavenProject[]::new));
        session.getRequest().setExecutionListener(new RecordingListener(new ArrayList<>()));
        session.getRequest().getSystemProperties().setProperty("env.TERM", "xterm");
        Map<String, String> variables = ecr.environment();
        session.getRequest()
                .getUserProperties()
                .putAll(Map.of(
                        "aws.endpointUrlEcr", ecr.endpoint().toString(),
                        "aws.endpointUrlSts", ecr.endpoint().toString(),
                        "aws.accessKeyId", variables.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                        "aws.secretAccessKey", variables.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
                        "aws.region", variables.getOrDefault("AWS_REGION", "")));
        return session;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no Maven that would inject anything
    private PushMojo goal(MavenSession session, MavenProject project, String version) throws Exception {
        PushMojo goal = new PushMojo();
        goal.session = session;
        goal.project = project;
        goal.execution = TestPlugin.running();
        goal.models = new DefaultModelReader();
        goal.reportDirectory =
                top.resolve(project.getArtifactId()).resolve("target/ecr").toFile();
        goal.cacheDirectory = top.resolve("cache").toFile();
        goal.registry = REGISTRY;
        goal.from = FromElement.of(ecr.registryHost() + "/base/jre@" + base);
        goal.mainClass = "App";
        goal.sha = sha;
        goal.version = version;
        goal.progress = progress;
        goal.setLog(new RecordingMavenLog(log));
        return goal;
    }

    private void run(PushMojo goal) {
        try {
            goal.execute();
        } catch (MojoFailureException | MojoExecutionException e) {
            goal.session.getResult().addException(e);
        }
    }

    /** Fails unless the log of the last build, and what it failed of, are the golden file's; {@code -Dgolden=write} writes them there. */
    void match(String name) throws IOException {
        List<String> lines = new ArrayList<>(log);
        for (Throwable failure : failures) {
            String.valueOf(failure.getMessage()).lines().forEach(line -> lines.add("[FAILURE] " + line));
        }
        String seen = plain(String.join("\n", lines)) + "\n";
        Path golden = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, seen);
        }
        assertThat(seen).as(name).isEqualTo(Files.readString(golden));
    }

    /** Digests are numbered as they come up; the directory and the port are anybody's. */
    private String plain(String text) {
        Map<String, String> digests = new LinkedHashMap<>();
        Matcher matcher = DIGEST.matcher(text);
        String numbered = matcher.replaceAll(
                found -> digests.computeIfAbsent(found.group(), digest -> "sha256:<" + (digests.size() + 1) + ">"));
        return numbered.replace(top.toString(), "<top>").replaceAll("(localhost|127\\.0\\.0\\.1):[0-9]+", "$1:<port>");
    }

    @Override
    public void close() throws IOException {
        ecr.close();
    }
}
