package io.github.imagedelivery.ecr.mojo;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;

/** The environment of who runs the build, which a Maven daemon passes on: its own would be that of its first build. */
final class Environment {
    private static final String PREFIX = "env.";

    private Environment() {}

    /** Returns the variables that Maven was given; those of this process where it was given none. */
    static Map<String, String> of(MavenSession session) {
        Map<String, String> variables = entries(session.getRequest().getSystemProperties()).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(PREFIX.length()), Map.Entry::getValue));
        return variables.isEmpty() ? System.getenv() : variables;
    }

    /** Returns the properties of the build over those of the JVM. */
    static Map<String, String> properties(MavenSession session) {
        Map<String, String> merged = entries(session.getSystemProperties());
        merged.putAll(entries(session.getUserProperties()));
        return merged;
    }

    /** Returns the properties' texts, defaults included. */
    static Map<String, String> entries(Properties properties) {
        Map<String, String> entries = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return entries;
    }
}
