package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains why a base image could not be read, and what there is to do about it. */
final class BaseRefusals {
    static final int TOO_MANY_REQUESTS = 429;

    private final Map<String, BaseLogin> loggedIn;

    /**
     * Creates the explanations.
     *
     * @param loggedIn logins by the host of the registry; more may come later
     */
    BaseRefusals(Map<String, BaseLogin> loggedIn) {
        this.loggedIn = loggedIn;
    }

    DeliveryException of(String name, AwsException e) {
        String problem = "The base image " + name + " cannot be read; nothing was built or sent";
        return e.advice()
                .map(advice -> Explanations.advised(problem, e, advice))
                .orElseGet(() -> DeliveryException.ofUser(
                        problem,
                        e,
                        Explanations.permission(
                                e,
                                "ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer",
                                "of the base image")));
    }

    /**
     * Explains it.
     *
     * @param name the base image in words
     * @param host the registry that was asked
     */
    DeliveryException of(String name, String host, RegistryException e) {
        if (e.code().equals(RegistryException.OFFLINE)) {
            return DeliveryException.ofUser(
                    "The base image " + name + " is not at hand, and Maven is offline; nothing was built or sent",
                    e,
                    "run the build once without -o, or name a base image on disk or scratch with ecr.from");
        }
        return switch (e.status()) {
            case 401, 403 -> forbidden(name, host, e);
            case 404 ->
                DeliveryException.ofUser(
                        "The base image " + name + " was not found; nothing was built or sent",
                        e,
                        "correct ecr.from; the reference needs its host, repository and an existing tag or digest");
            default ->
                cause(e, AwsException.class)
                        .map(aws -> of(name, aws))
                        .or(() -> cause(e, ImageException.class)
                                .map(login -> DeliveryException.ofUser(login.problem(), login, login.remedy())))
                        .orElseGet(() -> DeliveryException.ofService(
                                "The base image " + name + " could not be read; nothing was built or sent",
                                e,
                                later(e, host)));
        };
    }

    private String later(RegistryException e, String host) {
        String pin = "pin the base image by digest to need its registry less often";
        boolean anonymous = login(host).flatMap(RegistryLogins.Found::login).isEmpty();
        return e.status() == TOO_MANY_REQUESTS && anonymous
                ? "log in to " + host + " by a <server> in settings.xml or by docker login, since registries let a user"
                        + " read more often than nobody" + unhelped(host) + "; or run the build again later, and " + pin
                : "run the build again; " + pin;
    }

    private String unhelped(String host) {
        return Optional.ofNullable(loggedIn.get(host)).map(BaseLogin::refusal).orElse("");
    }

    /** Returns the login to a registry; empty where it has not asked for one. */
    private Optional<RegistryLogins.Found> login(String host) {
        return Optional.ofNullable(loggedIn.get(host)).flatMap(BaseLogin::known);
    }

    private DeliveryException forbidden(String name, String host, RegistryException e) {
        String problem = "The base image " + name + " may not be read; nothing was built or sent";
        Optional<RegistryLogins.Found> known = login(host);
        if (known.isEmpty()) {
            return DeliveryException.ofUser(
                    problem,
                    e,
                    "name a base image that can be read without a login, or one in ECR that the role may read");
        }
        boolean refused = known.get().login().isPresent();
        return DeliveryException.ofUser(
                problem,
                DeliveryException.words(e)
                        + (refused ? "; the login is that of " : "; no login: ")
                        + known.get().told()
                        + unhelped(host),
                refused
                        ? "correct that login, or let its user read the repository"
                        : "log in by a <server> with the id " + host + " in settings.xml or by docker login " + host
                                + ", or name a base image that can be read without");
    }

    /** Returns why the login to the registry failed, if that is what failed. */
    private static <T extends Throwable> Optional<T> cause(RegistryException e, Class<T> type) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
