package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks a plan before anything is built, and names all that is wrong with it at once. */
final class PlanRules {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    /** Environment, labels and annotations are not data: a quarter of what a registry stores leaves room for the base's. */
    private static final int MAX_CHARACTERS = 1024 * 1024;

    private final List<String> problems = new ArrayList<>();

    private PlanRules() {}

    /** Throws if the plan cannot be built. */
    static void check(ImagePlan plan) throws ImageException {
        PlanRules rules = new PlanRules();
        rules.problems.addAll(plan.application().problems());
        rules.container(plan.container());
        rules.named("label", plan.labels());
        rules.named("annotation", plan.annotations());
        rules.length(plan);
        if (!rules.problems.isEmpty()) {
            throw new ImageException(
                    "The image's settings are not valid",
                    String.join("; ", rules.problems),
                    "correct what is named here in the plugin's configuration or where -Decr.... sets it");
        }
    }

    private void container(ContainerSettings container) {
        container.entrypoint().ifPresent(words -> {
            if (words.isEmpty() || words.get(0).isBlank()) {
                problems.add("the entrypoint has no command");
            }
            words.forEach(word -> noZero("entrypoint", word));
        });
        for (String flag : container.jvmFlags()) {
            require(!flag.isBlank(), "JVM flag", flag, "is blank");
            noZero("JVM flag", flag);
        }
        container.args().forEach(arg -> noZero("argument", arg));
        container.environment().forEach((name, value) -> {
            require(VARIABLE.matcher(name).matches(), "environment variable", name, "is not a variable's name");
            noZero("value of environment variable " + name, value);
        });
        for (String port : container.ports()) {
            require(PortRange.read(port).isPresent(), "port", port, "is not of the form 8080, 53/udp or 9000-9003");
        }
        container
                .user()
                .ifPresent(user -> require(
                        ContainerUser.isValid(user), "user", user, "is not of the form 1000, 1000:1000 or a name"));
        container
                .workingDirectory()
                .flatMap(path -> ImagePath.problem("working directory", path))
                .ifPresent(problems::add);
        container.volumes().forEach(path -> ImagePath.problem("volume", path).ifPresent(problems::add));
    }

    private void named(String what, Map<String, String> values) {
        values.forEach((name, value) -> {
            boolean plain = !name.isBlank() && name.chars().noneMatch(c -> Character.isISOControl(c) || c == ' ');
            require(plain, what, name, "has characters that a name cannot have");
            noZero("value of " + what + " " + name, value);
        });
    }

    private void length(ImagePlan plan) {
        Stream<Map<String, String>> maps = Stream.of(plan.container().environment(), plan.labels(), plan.annotations());
        int characters = maps.mapToInt(map -> map.toString().length()).sum();
        if (characters > MAX_CHARACTERS) {
            problems.add("environment, labels and annotations have " + characters + " characters together, more than "
                    + MAX_CHARACTERS);
        }
    }

    private void noZero(String what, String value) {
        if (value.indexOf('\0') >= 0) {
            problems.add("the " + Texts.shown(what) + " holds a zero byte");
        }
    }

    private void require(boolean valid, String what, String value, String otherwise) {
        if (!valid) {
            problems.add(what + " \"" + Texts.shown(value) + "\" " + otherwise);
        }
    }
}
