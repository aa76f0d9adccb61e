package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Maven is told about the goals: annotations that leave no trace in the classes. */
class PluginDescriptorTest {
    @Test
    void pushTakesJarsOfTheScopeSystemAlong() throws IOException {
        assertThat(goal("push"))
                .contains("<requiresDependencyResolution>runtime+system</requiresDependencyResolution>")
                .contains("<threadSafe>true</threadSafe>")
                .contains("<phase>deploy</phase>");
    }

    @Test
    void localRunsOnceInAReactorAndWithoutAPom() throws IOException {
        assertThat(goal("local"))
                .contains("<aggregator>true</aggregator>")
                .contains("<requiresProject>false</requiresProject>")
                .doesNotContain("project.build.directory", "project.basedir");
    }

    /**
     * Maven prints the parameters of every goal under {@code -X}. Those listed name where something is, or what it is
     * called.
     */
    @Test
    void takesNoSecretAsAParameter() throws IOException {
        assertThat(Pattern.compile("<parameter>\\s*<name>(\\w+)</name>")
                        .matcher(descriptor())
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> name.matches("(?i).*(?:password|secret|token|credential|key).*"))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "allowedSecrets", "identityTokenFile", "identityTokenEnv", "baseCredentials", "kmsKey");
    }

    @Test
    void setupRunsOnceInAReactorAndOffline() throws IOException {
        assertThat(goal("setup"))
                .contains("<aggregator>true</aggregator>")
                .contains("<requiresOnline>false</requiresOnline>")
                .doesNotContain("<phase>");
    }

    @Test
    void reportRunsOnceInAReactorAndOffline() throws IOException {
        assertThat(goal("report"))
                .contains("<aggregator>true</aggregator>")
                .contains("<requiresOnline>false</requiresOnline>")
                .doesNotContain("<phase>");
    }

    @Test
    void checkComesBeforeAnythingIsCompiled() throws IOException {
        assertThat(goal("check"))
                .contains("<phase>validate</phase>")
                .contains("<threadSafe>true</threadSafe>")
                .doesNotContain("<requiresDependencyResolution>");
    }

    @Test
    void diffTakesWhatAnImageIsMadeOfAlong() throws IOException {
        assertThat(goal("diff"))
                .contains("<requiresDependencyResolution>runtime+system</requiresDependencyResolution>")
                .contains("<threadSafe>true</threadSafe>")
                .contains("<phase>package</phase>");
    }

    private static String goal(String name) throws IOException {
        String descriptor = descriptor();
        int start = descriptor.indexOf("<goal>" + name + "</goal>");
        return descriptor.substring(start, descriptor.indexOf("</mojo>", start));
    }

    private static String descriptor() throws IOException {
        try (InputStream in = PushMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            assertThat(in).as("the plugin descriptor").isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
