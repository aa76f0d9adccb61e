package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.SecretFinding.Weight;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells secrets among the settings of an image, all of which anybody reads who may pull it. */
final class SecretSettings {
    private static final Pattern NAME = Pattern.compile(
            ".*(?:password|passwd|passphrase|secret|token|credentials?|(?:api|access|secret|private|auth)[_.-]?key)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Nothing, a switch, a number, a path, or the place where the program finds the secret. */
    private static final Pattern HARMLESS = Pattern.compile(
            "(?:true|false|[0-9]{0,3}|/.*|[.]{1,2}/.*|[$%].*|[{][{].*|(?:file|classpath|arn|vault|env|sm|ssm):.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Bounded, as the next one is: an image may have megabytes of what such a name could be made of. */
    private static final Pattern LOGIN_IN_URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}+://[^\\s/:@]*:[^\\s/@${}]+@");

    /** {@code -Dname=value}, {@code --name=value}. */
    private static final Pattern OPTION = Pattern.compile("(?:-D|-{1,2})([^=\\s]+)=(.*)", Pattern.DOTALL);

    private static final Pattern ARGUMENT = Pattern.compile("(?<!\\w)([A-Za-z_][\\w.-]{0,100}+)=[\"']?(\\S*)");

    private final List<SecretFinding> findings = new ArrayList<>();

    private SecretSettings() {}

    static List<SecretFinding> look(ContainerSettings container) {
        SecretSettings settings = new SecretSettings();
        container.environment().forEach((name, value) -> settings.look("the variable", name, value));
        container.jvmFlags().forEach(word -> settings.look("the JVM flag", word));
        container.args().forEach(word -> settings.look("the argument", word));
        container.entrypoint().ifPresent(words -> words.forEach(word -> settings.look("the entrypoint's", word)));
        return settings.findings;
    }

    /** Looks through the config of an image, its history included: that tells the arguments of a build. */
    static List<SecretFinding> look(Json image) {
        SecretSettings settings = new SecretSettings();
        Json container = image.get("config");
        for (String variable : texts(container.get("Env"))) {
            String[] parts = variable.split("=", 2);
            settings.look("the variable", parts[0], parts[parts.length - 1]);
        }
        settings.findings.addAll(look("the label", texts(container.get("Labels").members())));
        texts(container.get("Entrypoint")).forEach(word -> settings.look("the entrypoint's", word));
        texts(container.get("Cmd")).forEach(word -> settings.look("the argument", word));
        for (Json step : image.get("history").items()) {
            settings.lookAtStep(step.get("created_by").text().orElse(""));
        }
        return settings.findings;
    }

    /** Returns the members that are texts. */
    static Map<String, String> texts(Map<String, Json> members) {
        Map<String, String> texts = new TreeMap<>();
        members.forEach((name, value) -> value.text().ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static List<String> texts(Json items) {
        return items.items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /**
     * Looks through what is said about an image.
     *
     * @param what "the label", "the annotation"
     */
    static List<SecretFinding> look(String what, Map<String, String> said) {
        SecretSettings settings = new SecretSettings();
        said.forEach((name, value) -> settings.look(what, name, value));
        return settings.findings;
    }

    /** Tells whether the value of a setting, a text or a list of words, looks like a secret. */
    static boolean isSecret(String name, Json value) {
        SecretSettings settings = new SecretSettings();
        settings.look("", name, value.text().orElse(""));
        value.items().forEach(word -> settings.look("", word.text().orElse("")));
        return !settings.findings.isEmpty();
    }

    /** The arguments of a Docker build stand in front of the command that they were given to, as {@code NAME=value}. */
    private void lookAtStep(String step) {
        look("the history's", "step", step);
        ARGUMENT.matcher(step).results().forEach(found -> {
            if (isSecret(found.group(1), found.group(2))) {
                add("the history's", found.group(1), "a value of that name is a secret");
            }
        });
    }

    private void look(String what, String word) {
        Matcher option = OPTION.matcher(word);
        if (option.matches()) {
            look(what, option.group(1), option.group(2));
        } else {
            // Without a name there is nothing that could be shown.
            look(what, "without a name", word);
        }
    }

    private void look(String what, String name, String value) {
        SecretShape.in(name + "\n" + value)
                .ifPresentOrElse(
                        shape -> add(what, name, "it holds " + shape.words()), () -> lookAtWords(what, name, value));
    }

    private void lookAtWords(String what, String name, String value) {
        if (LOGIN_IN_URL.matcher(value).find()) {
            add(what, name, "it holds an address with a password");
        } else if (isSecret(name, value)) {
            add(what, name, "a value of that name is a secret");
        }
    }

    private static boolean isSecret(String name, String value) {
        return NAME.matcher(name).matches() && !HARMLESS.matcher(value).matches();
    }

    private void add(String what, String name, String why) {
        findings.add(new SecretFinding(what, name, why, Weight.CERTAIN));
    }
}
