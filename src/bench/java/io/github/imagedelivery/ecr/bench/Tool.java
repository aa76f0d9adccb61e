package io.github.imagedelivery.ecr.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plugin that is compared. */
enum Tool {
    /** The embedded ECR is ECR to it. */
    OURS {
        @Override
        List<String> arguments(Order order, RegistryHandle registry, Path cache) {
            String base = registry.variable(order.base());
            List<String> arguments = new ArrayList<>(List.of(
                    plugin() + ":push",
                    "-Decr.registry=" + ECR,
                    "-Decr.name=" + order.repository(),
                    "-Decr.from=" + (order.isBaseInEcr() ? ECR + base.substring(base.indexOf('/')) : base),
                    "-Decr.version=" + order.version(),
                    "-Decr.cacheDirectory=" + cache));
            if (!order.release().isEmpty()) {
                arguments.add("-Decr.additionalTags=" + order.release());
            }
            return arguments;
        }

        @Override
        String plugin() {
            return "io.github.imagedelivery:ecr-maven-plugin:" + System.getProperty("bench.version");
        }

        @Override
        List<String> nothing() {
            return List.of(plugin() + ":push", "-Decr.skip=true");
        }
    },
    /** The embedded ECR is any registry to it, with a name and a password. */
    JIB {
        @Override
        List<String> arguments(Order order, RegistryHandle registry, Path cache) {
            String mountable = registry.variable(RegistryProcess.MOUNTABLE);
            String host = mountable.substring(0, mountable.indexOf('/'));
            String password = registry.variable(RegistryProcess.PASSWORD);
            String first = order.release().isEmpty() ? order.other() : order.release();
            List<String> arguments = new ArrayList<>(List.of(
                    plugin() + ":build",
                    "-Djib.to.image=" + host + "/" + order.repository() + ":" + first,
                    "-Djib.to.tags=" + order.version(),
                    "-Djib.to.auth.username=AWS",
                    "-Djib.to.auth.password=" + password,
                    "-Djib.from.image=" + registry.variable(order.base()),
                    "-Djib.baseImageCache=" + cache));
            if (order.isBaseInEcr()) {
                arguments.addAll(List.of("-Djib.from.auth.username=AWS", "-Djib.from.auth.password=" + password));
            }
            return arguments;
        }

        @Override
        String plugin() {
            return "com.google.cloud.tools:jib-maven-plugin:" + System.getProperty("bench.jib");
        }

        @Override
        List<String> nothing() {
            return List.of(plugin() + ":build", "-Djib.skip=true");
        }
    };

    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    /** Returns the arguments of Maven that push what is ordered, with that directory as cache of bases. */
    abstract List<String> arguments(Order order, RegistryHandle registry, Path cache);

    /** Returns the coordinates of the plugin. */
    abstract String plugin();

    /** Returns the arguments of Maven that load the plugin and push nothing. */
    abstract List<String> nothing();

    @Override
    public String toString() {
        return this == OURS ? "ours" : "jib";
    }
}
