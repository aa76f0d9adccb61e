package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.Recipe;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.ExtraFiles;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations of jib-maven-plugin as projects have them, read by Maven's own configurator. Beside each
 * {@code jib/name.xml} lies in {@code name.txt} what comes of it: the module, or why it is refused.
 */
class JibConfigurationTest {
    private static final Path CONFIGURATIONS = Path.of("src/test/resources/jib");
    private static final JavaApplication APPLICATION = new JavaApplication(Path.of("classes"), List.of(), "a.B", 17);

    @TempDir
    Path top;

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGURATIONS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xml"))
                    .map(name -> name.replace(".xml", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadToThePlanThatItMeans(String name) throws Exception {
        Path file = CONFIGURATIONS.resolve(name);
        String pom = Files.readString(file.resolveSibling(name + ".xml"));

        assertThat(read(pom).replace(top.toString(), "TOP"))
                .isEqualTo(Files.readString(file.resolveSibling(name + ".txt")).strip());
    }

    private String read(String text) throws Exception {
        Xpp3Dom pom = Xpp3DomBuilder.build(new StringReader(text));
        MavenProject project = TestSession.module(top, "orders");
        Optional.ofNullable(pom.getChild("packaging")).map(Xpp3Dom::getValue).ifPresent(project::setPackaging);
        Optional.ofNullable(pom.getChild("properties")).map(Xpp3Dom::getChildren).stream()
                .flatMap(Stream::of)
                .forEach(property -> project.getProperties().setProperty(property.getName(), property.getValue()));
        String configuration = text.replaceFirst("(?s).*?<configuration>(.*)</configuration>.*", "$1");
        TestPlugin.bind(project, "push", configuration);
        MavenSession session = TestSession.of(top, project);
        session.getRequest().setGoals(List.of("deploy"));
        Target target = SessionTargets.of(session, TestPlugin.running()).get(0);
        try {
            PushMojo push = target.parameters();
            return target.isSkipped()
                    ? "skipped"
                    : describe(push, push.module(new ModuleApplication(APPLICATION, 17, base(push))));
        } catch (DeliveryException e) {
            return e.getMessage();
        }
    }

    private static Optional<String> base(PushMojo push) throws DeliveryException {
        return DefaultBase.of(Kind.of(push), push.project, 17);
    }

    /** Returns what differs from a module that nothing is configured for. */
    private static String describe(PushMojo push, Module module) throws DeliveryException {
        Recipe recipe = (Recipe) module.making();
        Optional<ExtraFiles> extra = Optional.of(recipe.application())
                .filter(ExtraFiles.class::isInstance)
                .map(ExtraFiles.class::cast);
        JavaApplication application =
                (JavaApplication) extra.map(ExtraFiles::application).orElse(recipe.application());
        ContainerSettings container = recipe.container();
        String root = application.placement().root();
        return Stream.of(
                        "registry: " + push.registry,
                        said("repository", module.coordinates().name()),
                        said("additional tags", module.coordinates().additionalTags()),
                        "base: " + recipe.base(),
                        said("kind", Optional.of(Kind.of(push)).filter(kind -> kind != Kind.JAVA)),
                        said("packaged", Optional.of(KindRules.isPackaged(push)).filter(packaged -> packaged)),
                        said("platforms", recipe.platforms().size() == 1 ? List.of() : recipe.platforms()),
                        said("main class", Optional.ofNullable(push.mainClass)),
                        said("application root", Optional.of(root).filter(path -> !path.equals("/app"))),
                        said("class path ahead", application.placement().extraClassPath()),
                        said("entrypoint", container.entrypoint()),
                        said("JVM flags", container.jvmFlags()),
                        said("arguments", container.args()),
                        said("environment", container.environment()),
                        said("ports", container.ports()),
                        said("user", container.user()),
                        said("working directory", container.workingDirectory()),
                        said("volumes", container.volumes()),
                        said("labels", new TreeMap<>(recipe.description().labels())),
                        said("created", recipe.description().created()),
                        said("extra directories", extra.map(ExtraFiles::directories)),
                        said("modes", extra.map(ExtraFiles::modes)),
                        said("owners", extra.map(ExtraFiles::owners)),
                        said("time of files", extra.map(ExtraFiles::modified)),
                        said("tar", ImageFiles.tar(push)),
                        said("files", ImageFiles.of(push).paths()))
                .filter(line -> !line.isEmpty())
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
    }

    private static String said(String name, Object value) {
        boolean isNothing = value.equals(Optional.empty()) || value.equals(List.of()) || value.equals(Map.of());
        return isNothing ? "" : name + ": " + (value instanceof Optional<?> there ? there.orElseThrow() : value);
    }
}
