package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What jib-maven-plugin does and this plugin does not, where it is configured: refused, so that nobody misses it later. */
final class JibRefusals {
    static final String NOW = "USE_CURRENT_TIMESTAMP";

    private static final Pattern ON_LOOPBACK = Pattern.compile("(?:localhost|127\\.[0-9.]+|\\[::1])(?::[0-9]+)?/.*");

    /** What is built in instead of an extension, by the simple name of its class. */
    private static final Map<String, String> BUILT_IN = Map.of(
            "JibLayerFilterExtension",
            "leave dependencies out by their scope, and files of extraDirectories by <excludes>",
            "JibOwnershipExtension",
            "<ownership> says who owns files of extraDirectories",
            "JibNativeImageExtension",
            "a native executable is packed with ecr.containerizingMode=native",
            "JibSpringBootExtension",
            "spring-boot-devtools is left out anyway",
            "JibQuarkusExtension",
            "the layout of Quarkus is read anyway");

    private final ImageParameters raw;
    private final Map<String, DeliveryException> problems = new LinkedHashMap<>();

    JibRefusals(ImageParameters raw) {
        this.raw = raw;
    }

    /** Returns what is refused, by the name of the element. */
    Map<String, DeliveryException> problems() {
        logins();
        daemon();
        tools();
        time();
        if (raw.allowInsecureRegistries && !isAllLocal()) {
            refuse(
                    "ecr.allowInsecureRegistries",
                    "ecr.allowInsecureRegistries is for registries on this machine alone",
                    "neither is the registry local, nor does the base image come from loopback",
                    "leave it out; a registry with a certificate of its own is trusted once the JVM trusts it");
        }
        container().map(element -> element.format).flatMap(Parameters::text).ifPresent(this::format);
        return problems;
    }

    /** Returns whether the format that Docker had is asked for, which the image does not get. */
    static boolean asksForDockersFormat(ImageParameters raw) {
        return raw.container != null
                && Parameters.text(raw.container.format)
                        .filter("Docker"::equals)
                        .isPresent();
    }

    private Optional<ContainerElement> container() {
        return Optional.ofNullable(raw.container);
    }

    private boolean isAllLocal() {
        return Parameters.isLocal(raw)
                || Parameters.text(raw.from)
                        .filter(name -> ON_LOOPBACK.matcher(name).matches())
                        .isPresent();
    }

    private void logins() {
        if (raw.to != null && isFilled(raw.to.auth)) {
            refuse(
                    "<to><auth>",
                    "<to><auth> is not used",
                    "ECR takes no password of a POM; the plugin logs in with the AWS credentials of the build",
                    "delete the element, and let the password be changed that was in the POM");
        }
        if (raw.from != null && isFilled(raw.from.auth)) {
            refuse(
                    "<from><auth>",
                    "<from><auth> is not used",
                    "a password in a POM is read by everybody who reads the POM, and Maven prints it with -X",
                    "put it into a <server> of settings.xml whose id is the host of the base image's registry");
        }
        if (raw.to != null) {
            helper(raw.to.credHelper)
                    .ifPresent(name -> refuse(
                            "<to><credHelper>",
                            "<to><credHelper> is not used",
                            "the plugin logs in to ECR by itself; no helper is asked",
                            "delete the element"));
        }
        if (raw.from != null) {
            helper(raw.from.credHelper)
                    .ifPresent(name -> refuse(
                            "<from><credHelper>",
                            "<from><credHelper> is not used",
                            "credential helpers are those that the files of Docker and Podman name",
                            "name it for the registry in \"credHelpers\" of ~/.docker/config.json, and delete the"
                                    + " element"));
        }
    }

    private void daemon() {
        if (Parameters.text(raw.from)
                .filter(name -> name.startsWith("docker://"))
                .isPresent()) {
            refuse(
                    "<from><image>",
                    "<from><image> is an image of a Docker daemon",
                    "no Docker takes part in a build with this plugin",
                    "name the registry that it comes from, or the tar of a \"docker save\"");
        }
    }

    private static boolean isFilled(@Nullable PlexusConfiguration element) {
        return element != null && element.getChildCount() > 0;
    }

    /** Returns the helper that is named, but for that of ECR: what it does is done without it. */
    private static Optional<String> helper(@Nullable PlexusConfiguration element) {
        if (element == null) {
            return Optional.empty();
        }
        @Nullable PlexusConfiguration nested = element.getChild("helper", false);
        return Parameters.text(nested == null ? element.getValue() : nested.getValue())
                .filter(name -> !name.endsWith("ecr-login"));
    }

    private void tools() {
        if (raw.dockerClient != null) {
            refuse(
                    "<dockerClient>",
                    "<dockerClient> is not used",
                    "no Docker takes part: images go to ECR, or into a file",
                    "delete the element");
        }
        if (raw.skaffold != null) {
            refuse("<skaffold>", "<skaffold> is not used", "there are no goals for Skaffold", "delete the element");
        }
        if (raw.pluginExtensions != null) {
            for (PlexusConfiguration extension : raw.pluginExtensions.getChildren()) {
                extension(extension);
            }
        }
    }

    private void extension(PlexusConfiguration extension) {
        @Nullable PlexusConfiguration named = extension.getChild("implementation", false);
        String name = Parameters.text(named == null ? null : named.getValue()).orElse("without a name");
        String simple = name.substring(name.lastIndexOf('.') + 1);
        refuse(
                "<pluginExtension> " + simple,
                "The extension " + Texts.shown(simple) + " of jib-maven-plugin is not run",
                "extensions are built against jib-maven-plugin",
                "delete its element; " + BUILT_IN.getOrDefault(simple, "nothing is built in for what it does"));
    }

    private void time() {
        if (container()
                .flatMap(element -> Parameters.text(element.creationTime))
                .filter(NOW::equals)
                .isPresent()) {
            refuse(
                    "<container><creationTime>",
                    "<container><creationTime> must not be " + NOW,
                    "the time of the build would give each build of a commit another digest, and the SHA tag has one",
                    "leave it out for the time of the commit, or set ecr.created");
        }
    }

    private void format(String format) {
        if (!format.equals("Docker") && !format.equals("OCI")) {
            problems.put("<container><format>", Parameters.wrong("<container><format>", format, "OCI"));
        }
    }

    private void refuse(String element, String problem, String cause, String remedy) {
        problems.put(element, DeliveryException.ofUser(problem, cause, remedy));
    }
}
