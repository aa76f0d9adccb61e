package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.RoleArn;
import io.github.imagedelivery.ecr.aws.RoleSettings;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.ci.IdentityException;
import io.github.imagedelivery.ecr.ci.IdentitySettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the parameters that say which role is assumed, and with which identity token. */
final class RoleParameters {
    private static final String DURATION = "ecr.sessionDuration";
    private static final String ROLE = "ecr.roleArn";
    private static final String ROLE_VARIABLE = "AWS_ROLE_ARN";
    private static final String KEY_VARIABLE = "AWS_ACCESS_KEY_ID";
    private static final String TOKEN_FILE = "ecr.identityTokenFile";

    private final LoginParameters raw;

    RoleParameters(LoginParameters raw) {
        this.raw = raw;
    }

    /** Returns the values of all parameters in which an expression has no place. */
    Map<String, Stream<String>> texts() {
        Map<String, Stream<String>> texts = new TreeMap<>();
        texts.put(ROLE, Parameters.text(raw.roleArn).stream());
        texts.put(DURATION, Parameters.text(raw.sessionDuration).stream());
        texts.put(TOKEN_FILE, Parameters.text(raw.identityTokenFile).stream());
        texts.put("ecr.identityTokenEnv", Parameters.text(raw.identityTokenEnv).stream());
        texts.put("ecr.identityAudience", Parameters.text(raw.identityAudience).stream());
        return texts;
    }

    /** Returns the role that {@code ecr.roleArn} names, if it does. */
    Optional<RoleArn> given() throws DeliveryException {
        Optional<String> text = Parameters.text(raw.roleArn);
        return text.isEmpty() ? Optional.empty() : Optional.of(arn(ROLE, text.get()));
    }

    static RoleArn arn(String source, String text) throws DeliveryException {
        try {
            return RoleArn.parse(text);
        } catch (FormatException e) {
            throw Parameters.wrong(source, text, "the ARN of a role: arn:aws:iam::<account>:role/<name>");
        }
    }

    Duration duration() throws DeliveryException {
        String text = Parameters.text(raw.sessionDuration).orElse("900");
        return duration(text)
                .filter(given -> given.compareTo(RoleSettings.SHORTEST) >= 0)
                .filter(given -> given.compareTo(RoleSettings.LONGEST) <= 0)
                .orElseThrow(() ->
                        Parameters.wrong(DURATION, text, "seconds, from 900 to 43200, or ISO 8601 such as PT30M"));
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns what tells these settings from those of another module. */
    String key() {
        return texts().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().collect(Collectors.joining()))
                .collect(Collectors.joining(" "));
    }

    /**
     * What a role is assumed with besides what the parameters say.
     *
     * @param environment the variables of the build
     * @param hasKeys whether properties give the build AWS keys: the variable {@code AWS_ROLE_ARN} stands behind those, as
     *     behind keys in the environment
     * @param sessionName what AWS is to call the session
     * @param targets the repositories that the role is for, as far as they are known
     * @param proxies the way to a CI system that is asked for the token
     */
    record Circumstances(
            Map<String, String> environment,
            boolean hasKeys,
            Supplier<String> sessionName,
            Supplier<? extends Collection<SessionTarget>> targets,
            Proxies proxies) {}

    /**
     * Returns the role that the build assumes; empty where it takes the credentials that the SDK finds.
     *
     * @throws DeliveryException if a role is named by the parameter and the job has no identity token, or the token that
     *     it should have cannot be asked for
     */
    Optional<RoleSettings> role(Circumstances circumstances) throws DeliveryException {
        Optional<RoleArn> given = given();
        Optional<RoleArn> named = given.isPresent() ? given : fromVariable(circumstances);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Optional<IdentitySource> source = source(named.get(), circumstances);
        if (source.isEmpty() && given.isPresent()) {
            throw noToken(given.get());
        }
        return source.isEmpty() ? Optional.empty() : Optional.of(settings(named.get(), source, circumstances));
    }

    /**
     * Returns the settings of a role that only reads: with the identity token where there is one, else by the credentials
     * of the build.
     */
    RoleSettings reader(RoleArn role, Circumstances circumstances) throws DeliveryException {
        return settings(role, source(role, circumstances), circumstances);
    }

    private RoleSettings settings(RoleArn role, Optional<IdentitySource> source, Circumstances circumstances)
            throws DeliveryException {
        Duration given = duration();
        boolean tooLong = source.isEmpty() && given.compareTo(RoleSettings.LONGEST_CHAINED) > 0;
        Duration lasting = tooLong ? RoleSettings.LONGEST_CHAINED : given;
        return new RoleSettings(role, lasting, circumstances.sessionName.get(), source, circumstances.targets);
    }

    private static Optional<RoleArn> fromVariable(Circumstances circumstances) throws DeliveryException {
        Optional<String> variable = Parameters.text(circumstances.environment.get(ROLE_VARIABLE));
        boolean hasKeys = circumstances.hasKeys
                || Parameters.text(circumstances.environment.get(KEY_VARIABLE)).isPresent();
        return variable.isEmpty() || hasKeys ? Optional.empty() : Optional.of(arn(ROLE_VARIABLE, variable.get()));
    }

    private Optional<IdentitySource> source(RoleArn role, Circumstances circumstances) throws DeliveryException {
        try {
            return IdentitySource.detect(circumstances.environment, identity(circumstances.proxies));
        } catch (IdentityException e) {
            List<String> remedy = e.remedy().lines().toList();
            throw DeliveryException.ofUser(
                            "The role " + role + " cannot be assumed; nothing was built or sent",
                            e,
                            remedy.stream().findFirst().orElse(""))
                    .withDetails(remedy.stream().skip(1).toList());
        }
    }

    private IdentitySettings identity(Proxies proxies) throws DeliveryException {
        return new IdentitySettings(
                Parameters.text(raw.identityAudience).orElse(IdentitySettings.DEFAULT_AUDIENCE),
                tokenFile(),
                Parameters.text(raw.identityTokenEnv),
                proxies);
    }

    /** No parameter of the type {@code File}: Maven would look for the one token of a job in each module's directory. */
    private Optional<Path> tokenFile() throws DeliveryException {
        Optional<String> text = Parameters.text(raw.identityTokenFile);
        try {
            return text.map(
                    file -> Path.of(raw.session.getExecutionRootDirectory()).resolve(file));
        } catch (InvalidPathException e) {
            throw Parameters.wrong(TOKEN_FILE, text.orElse(""), "the path of a file");
        }
    }

    private static DeliveryException noToken(RoleArn role) {
        return DeliveryException.ofUser(
                "The role " + role + " cannot be assumed; nothing was built or sent",
                "the build has no identity token: ecr.identityTokenFile, ecr.identityTokenEnv and"
                        + " AWS_WEB_IDENTITY_TOKEN_FILE are not set, and it runs in no CI system that is known to give one",
                "set one of them, or leave ecr.roleArn out where you have AWS credentials of your own"
                        + " (-Decr.roleArn= on the command line)");
    }
}
