package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.Advice;
import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.image.LayerException;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Owns what the user is told to do about each refusal of AWS and of a registry. */
final class Explanations {
    private static final Pattern ACTION = Pattern.compile("perform: ([a-z]+:[A-Za-z]+)");

    /** In IAM's words, when the role may do it and what limits its session does not allow it. */
    private static final String LIMITED_SESSION = "because no session policy";

    private Explanations() {}

    /** Explains a refusal of the control plane that came before anything was sent. */
    static DeliveryException ofPreflight(AwsException e, Coordinates target) {
        String problem = switch (e.code()) {
            case "RepositoryNotFoundException" ->
                "The repository " + target.repository().value() + " does not exist; nothing was sent";
            case AwsException.NO_CREDENTIALS -> "No AWS credentials were found; nothing was sent";
            case AwsException.NO_REGION -> "No AWS region is configured; nothing was sent";
            default ->
                "Nothing was built or sent: " + e.advice().map(Advice::problem).orElse("ECR cannot be used");
        };
        return of(problem, e, target);
    }

    /** Explains a refusal of the control plane. */
    static DeliveryException of(String problem, AwsException e, Coordinates target) {
        return of(problem, e, target.repository().value().value());
    }

    /** Explains a refusal of the control plane to do something with a repository. */
    static DeliveryException of(String problem, AwsException e, String repository) {
        if (e.advice().isPresent()) {
            return advised(problem, e, e.advice().get());
        }
        return switch (e.code()) {
            case "RepositoryNotFoundException" ->
                DeliveryException.ofUser(
                        problem,
                        e,
                        "create it (-Decr.createRepository, or aws ecr create-repository --repository-name "
                                + repository + "), or name another one with -Decr.name");
            case AwsException.NO_CREDENTIALS ->
                DeliveryException.ofUser(
                        problem, e, "set ecr.roleArn in CI, or log in and set AWS_PROFILE on your own machine");
            case AwsException.NO_REGION ->
                DeliveryException.ofUser(
                        problem, e, "set ecr.registry to the host of the registry, or set AWS_REGION or -Decr.region");
            case "ImageTagAlreadyExistsException" ->
                DeliveryException.ofUser(
                        problem,
                        e,
                        "run the build again, which says what the tag points at; if it is called free, an archived image"
                                + " has it: release a new version, or restore the image"
                                + " (aws ecr update-image-storage-class)");
            case "AccessDeniedException" -> DeliveryException.ofUser(problem, e, permission(e, repository));
            case "ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException" ->
                DeliveryException.ofUser(problem, e, "get fresh AWS credentials and run the build again");
            default -> other(problem, e);
        };
    }

    /** Explains what has its own explanation: a role that cannot be assumed. */
    static DeliveryException advised(String problem, AwsException e, Advice advice) {
        DeliveryException explained = e.isDefinite()
                ? DeliveryException.ofUser(problem, e, advice.remedy())
                : DeliveryException.ofService(problem, e, advice.remedy());
        return explained.withDetails(advice.details());
    }

    private static DeliveryException other(String problem, AwsException e) {
        if (e.isMissingContent()) {
            return DeliveryException.ofUser(
                    problem,
                    e,
                    "build it again (mvn deploy, or ecr:stage before ecr:publish), which brings what is missing; if it"
                            + " persists, let no lifecycle policy remove untagged images so early");
        }
        return e.isDefinite()
                ? DeliveryException.ofUser(problem, e, "put right what ECR refuses, and run the build again")
                : DeliveryException.ofService(problem, e, "run the build again; it completes what is missing");
    }

    /** Explains a refusal of the data plane; a login that failed on the way is explained as such. */
    static DeliveryException of(String problem, RegistryException e, Coordinates target) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsException aws) {
                return of(problem, aws, target);
            }
            if (cause instanceof LayerException) {
                return DeliveryException.ofUser(
                        problem, e, "name another base image with ecr.from, or build that of ecr.image again");
            }
            if (cause instanceof OutOfMemoryError) {
                return DeliveryException.ofUser(
                        problem, e, "give the build more memory, for example with MAVEN_OPTS=-Xmx1g");
            }
        }
        if (e.status() == 403) {
            return DeliveryException.ofUser(
                    problem,
                    e,
                    permission(
                            e,
                            "ecr:InitiateLayerUpload, ecr:UploadLayerPart and ecr:CompleteLayerUpload",
                            target.repository().value().value()));
        }
        return DeliveryException.ofService(problem, e, "run the build again; it completes what is missing");
    }

    private static String permission(AwsException e, String repository) {
        Matcher action = ACTION.matcher(String.valueOf(e.getMessage()));
        return permission(e, action.find() ? action.group(1) : "the refused action", repository);
    }

    /**
     * Returns what to allow where access was denied. Who reads of a session policy looks for it in vain at the role.
     *
     * @param e the refusal, in IAM's words as far as they came along
     */
    static String permission(Exception e, String actions, String repository) {
        String allow = "allow " + actions + " on the repository " + repository;
        return String.valueOf(e.getMessage()).contains(LIMITED_SESSION)
                ? allow
                        + " in the session policy, where the session is begun (a login step of the CI system, a permission"
                        + " set); the role's own policy is not what refuses. The session of ecr.roleArn is begun by this"
                        + " plugin: please report it"
                : allow;
    }
}
