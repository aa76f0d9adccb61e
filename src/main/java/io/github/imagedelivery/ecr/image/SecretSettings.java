package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.SecretFinding.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final Pattern LOGIN_IN_URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@]*:[^\\s/@${}]+@");

    /** {@code -Dname=value}, {@code --name=value}. */
    private static final Pattern OPTION = Pattern.compile("(?:-D|-{1,2})([^=\\s]+)=(.*)", Pattern.DOTALL);

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
        } else if (NAME.matcher(name).matches() && !HARMLESS.matcher(value).matches()) {
            add(what, name, "a value of that name is a secret");
        }
    }

    private void add(String what, String name, String why) {
        findings.add(new SecretFinding(what, name, why, Weight.CERTAIN));
    }
}
