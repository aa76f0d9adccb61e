package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The IAM policies, each as small as its purpose allows (IAM user guide, "Grammar of the IAM JSON policy language").
 */
final class Policies {
    private static final String VERSION = "2012-10-17";

    private static final List<String> PUSH = List.of(
            "ecr:DescribeRepositories",
            "ecr:BatchGetImage",
            "ecr:BatchCheckLayerAvailability",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:PutImage");

    private static final List<String> UNDO = List.of("ecr:DescribeImages", "ecr:BatchDeleteImage");
    private static final List<String> COMPARE = List.of("ecr:GetDownloadUrlForLayer");
    private static final List<String> CREATE = List.of("ecr:CreateRepository", "ecr:TagResource");
    private static final List<String> TEMPLATES = List.of("ecr:DescribeRepositoryCreationTemplates");
    private static final List<String> BASE = List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");

    private final Setup setup;
    private final List<String> repositories;

    Policies(Setup setup) {
        this.setup = setup;
        this.repositories = setup.target().arns();
    }

    /** Returns who may assume the role: jobs of the branch and of release tags, or of the environment. */
    Json trust() {
        return policy(setup.job().subjects().stream().map(this::trusted).toList());
    }

    /** A statement for each subject, so that one which is exact is not compared as a pattern. */
    private Json trusted(String subject) {
        String issuer = setup.job().source().issuer();
        Json audience = Json.object().with(issuer + ":aud", Json.of(setup.job().audience()));
        Json job = Json.of(subject);
        Json condition = subject.endsWith("*")
                ? Json.object()
                        .with("StringEquals", audience)
                        .with("StringLike", Json.object().with(issuer + ":sub", job))
                : Json.object().with("StringEquals", audience.with(issuer + ":sub", job));
        return Json.object()
                .with("Effect", Json.of("Allow"))
                .with(
                        "Principal",
                        Json.object().with("Federated", Json.of(setup.role().provider(issuer))))
                .with("Action", Json.of("sts:AssumeRoleWithWebIdentity"))
                .with("Condition", condition);
    }

    /** Returns what every push needs. */
    Json push() {
        return policy(List.of(
                allow("Login", List.of("ecr:GetAuthorizationToken")).with("Resource", Json.of("*")),
                allow("Push", PUSH).with("Resource", oneOrMany(repositories))));
    }

    /** Returns what is allowed besides, by the name of the policy. */
    Map<String, Json> optional() {
        Map<String, Json> optional = new LinkedHashMap<>();
        optional.put("undo", on(repositories, allow("Undo", UNDO)));
        optional.put("compare", on(repositories, allow("Compare", COMPARE)));
        if (!setup.isCrossAccount()) {
            optional.put(
                    "create",
                    policy(List.of(
                            allow("Templates", TEMPLATES).with("Resource", Json.of("*")),
                            allow("Create", CREATE).with("Resource", oneOrMany(repositories)))));
        }
        if (!setup.bases().isEmpty()) {
            List<String> bases = setup.bases().stream().map(BaseRepository::arn).toList();
            optional.put("base", on(bases, allow("Base", BASE)));
        }
        return optional;
    }

    /** Returns what each repository says when the role is of another account: it needs both sides. */
    Json repository() {
        return policy(
                List.of(allowTheRole("Push", PUSH), allowTheRole("Undo", UNDO), allowTheRole("Compare", COMPARE)));
    }

    private Json allowTheRole(String sid, List<String> actions) {
        return Json.object()
                .with("Sid", Json.of(sid))
                .with("Effect", Json.of("Allow"))
                .with(
                        "Principal",
                        Json.object().with("AWS", Json.of(setup.role().arn())))
                .with("Action", oneOrMany(actions));
    }

    private static Json on(List<String> resources, Json statement) {
        return policy(List.of(statement.with("Resource", oneOrMany(resources))));
    }

    private static Json allow(String sid, List<String> actions) {
        return Json.object()
                .with("Sid", Json.of(sid))
                .with("Effect", Json.of("Allow"))
                .with("Action", oneOrMany(actions));
    }

    private static Json policy(List<Json> statements) {
        return Json.object().with("Version", Json.of(VERSION)).with("Statement", Json.array(statements));
    }

    private static Json oneOrMany(List<String> texts) {
        return texts.size() == 1 ? Json.of(texts.get(0)) : Json.texts(texts);
    }
}
