package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java that a base image says it has: in its environment, its labels and its name. Where these name different ones,
 * the latest counts, so that what is called too old is so by everything that is known of it.
 *
 * @param release for example 17
 * @param evidence where the image says so
 */
public record BaseJava(int release, String evidence) {
    /** Before it there is hardly an image, and a smaller number is more likely the image's own version. */
    private static final int FIRST = 7;

    /** {@code jdk-17.0.9+9}, {@code 1.8.0_392}, {@code 8u392}, {@code jdk8u392-b08}, {@code 21}. */
    private static final Pattern VERSION = Pattern.compile("(?:jdk-?|jre-?)?(?:1\\.)?([0-9]{1,2})(?:[.u_+-].*)?");

    /** {@code openjdk-17}, {@code java-1.8.0}, {@code zulu17}, {@code jre17}, {@code temurin-17} inside of a name. */
    private static final Pattern WORD = Pattern.compile(
            "(?:java|jdk|jre|zulu|temurin|corretto|sapmachine|semeru|liberica)-?(?:1\\.)?([0-9]{1,2})(?![0-9])");

    /** {@code 17-jre}, {@code 8u392}, {@code open-17-jre} as the tag of an image that is nothing but a Java. */
    private static final Pattern TAG = Pattern.compile("(?:open-|jdk-?)?(?:1\\.)?([0-9]{1,2})(?:[.u_-].*)?");

    private static final Set<String> ONLY_JAVA = Set.of(
            "eclipse-temurin",
            "amazoncorretto",
            "openjdk",
            "zulu-openjdk",
            "zulu-openjdk-alpine",
            "zulu-openjdk-debian",
            "ibm-semeru-runtimes",
            "sapmachine",
            "liberica-openjdk-alpine",
            "liberica-openjdk-debian",
            "liberica-openjre-alpine",
            "liberica-openjre-debian",
            "liberica-runtime-container");

    /** Reads what the image says; empty where that is nothing certain. */
    public static Optional<BaseJava> of(BaseImage image) {
        List<BaseJava> told = new ArrayList<>();
        for (Json variable : image.config().get("config").get("Env").items()) {
            variable.text().flatMap(BaseJava::ofVariable).ifPresent(told::add);
        }
        image.config()
                .get("config")
                .get("Labels")
                .get("name")
                .text()
                .flatMap(name -> find(WORD, name, "the label name is " + Texts.shown(name)))
                .ifPresent(told::add);
        told.addAll(ofName(image.name()));
        return told.stream().max(Comparator.comparingInt(BaseJava::release));
    }

    private static Optional<BaseJava> ofVariable(String variable) {
        String value = variable.substring(variable.indexOf('=') + 1);
        String evidence = Texts.shown(variable.replaceFirst("=", " is "));
        if (variable.startsWith("JAVA_VERSION=")) {
            return match(VERSION, value, evidence);
        }
        return variable.startsWith("JAVA_HOME=") ? find(WORD, value, evidence) : Optional.empty();
    }

    private static List<BaseJava> ofName(String name) {
        List<BaseJava> told = new ArrayList<>();
        try {
            Reference reference = Reference.parse(name);
            String repository = reference.repository().value();
            String last = repository.substring(repository.lastIndexOf('/') + 1);
            String tag = reference.tag().map(Tag::value).orElse("");
            String evidence = "its name is " + name;
            find(WORD, last, evidence).ifPresent(told::add);
            find(WORD, tag, evidence).ifPresent(told::add);
            if (ONLY_JAVA.contains(last)) {
                match(TAG, tag, evidence).ifPresent(told::add);
            }
        } catch (FormatException e) {
            return List.of(); // a path, or scratch
        }
        return told;
    }

    private static Optional<BaseJava> match(Pattern pattern, String text, String evidence) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? release(matcher, evidence) : Optional.empty();
    }

    private static Optional<BaseJava> find(Pattern pattern, String text, String evidence) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? release(matcher, evidence) : Optional.empty();
    }

    private static Optional<BaseJava> release(Matcher matcher, String evidence) {
        int release = Integer.parseInt(matcher.group(1));
        return release < FIRST ? Optional.empty() : Optional.of(new BaseJava(release, evidence));
    }
}
