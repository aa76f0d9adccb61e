package io.github.imagedelivery.ecr.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plugin that is compared. */
enum Tool {
    /** The embedded ECR is ECR to it. */
    OURS("io.github.imagedelivery:ecr-maven-plugin", "bench.version", "push") {
        @Override
        List<String> flags(Order order, RegistryHandle registry, Path cache) {
            String base = registry.variable(order.situation().base());
            List<String> flags = new ArrayList<>(List.of(
                    "-Decr.registry=" + ECR,
                    "-Decr.from=" + (order.isBaseInEcr() ? ECR + base.substring(base.indexOf('/')) : base),
                    "-Decr.platforms=" + order.situation().platforms(),
                    "-Decr.version=" + order.version(),
                    "-Decr.cacheDirectory=" + cache));
            if (!order.release().isEmpty()) {
                flags.add("-Decr.additionalTags=" + order.release());
            }
            return flags;
        }

        @Override
        String skip() {
            return "-Decr.skip=true";
        }
    },
    /** The embedded ECR is any registry to it, with a name and a password. */
    JIB("com.google.cloud.tools:jib-maven-plugin", "bench.jib", "build") {
        @Override
        List<String> flags(Order order, RegistryHandle registry, Path cache) {
            String password = registry.variable(RegistryProcess.PASSWORD);
            List<String> flags = new ArrayList<>(List.of(
                    "-Djib.to.tags=" + order.version(),
                    "-Djib.to.auth.username=AWS",
                    "-Djib.to.auth.password=" + password,
                    "-Djib.from.image=" + registry.variable(order.situation().base()),
                    "-Djib.from.platforms=" + order.situation().platforms(),
                    "-Djib.baseImageCache=" + cache));
            if (order.isBaseInEcr()) {
                flags.addAll(List.of("-Djib.from.auth.username=AWS", "-Djib.from.auth.password=" + password));
            }
            return flags;
        }

        @Override
        String skip() {
            return "-Djib.skip=true";
        }
    };

    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    private final String artifact;
    private final String version;
    private final String goal;

    Tool(String artifact, String version, String goal) {
        this.artifact = artifact;
        this.version = version;
        this.goal = goal;
    }

    /** Returns what is ordered, in the words of the tool. */
    abstract List<String> flags(Order order, RegistryHandle registry, Path cache);

    /** Returns what lets the tool do nothing. */
    abstract String skip();

    /** Returns the arguments of Maven that push what is ordered, with that directory as cache of bases. */
    final List<String> arguments(Order order, RegistryHandle registry, Path cache) {
        String inEcr = registry.variable(RegistryProcess.MOUNTABLE);
        List<String> arguments = new ArrayList<>(List.of(
                plugin() + ":" + goal,
                property(Pom.REGISTRY, inEcr.substring(0, inEcr.indexOf('/'))),
                property(Pom.REPOSITORY, order.repository()),
                property(Pom.TAG, order.release().isEmpty() ? order.other() : order.release())));
        arguments.addAll(flags(order, registry, cache));
        return arguments;
    }

    private static String property(String name, String value) {
        return "-D" + name + "=" + value;
    }

    /** Returns the coordinates of the plugin. */
    final String plugin() {
        return artifact + ":" + System.getProperty(version);
    }

    /** Returns the arguments of Maven that load the plugin and push nothing. */
    final List<String> nothing() {
        return List.of(plugin() + ":" + goal, property(Pom.REPOSITORY, "none"), skip());
    }

    @Override
    public String toString() {
        return this == OURS ? "ours" : "jib";
    }
}
