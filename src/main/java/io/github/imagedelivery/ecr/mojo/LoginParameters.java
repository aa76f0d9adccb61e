package io.github.imagedelivery.ecr.mojo;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say which registry is used and as whom, for every goal that asks AWS. */
abstract class LoginParameters extends ProgressParameters {
    /**
     * Host of the ECR registry, for example {@code 123456789012.dkr.ecr.eu-west-2.amazonaws.com}; account, region and
     * partition are read from it. {@code local} stands for an embedded ECR that keeps what is pushed as OCI image layouts
     * under {@code target/ecr/registry} of the top directory. Default: your own registry in your region; for
     * {@code ecr:publish} the one that the images were staged in.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.registry")
    @Nullable
    String registry;

    /**
     * ARN of the role that the build assumes with the identity token of its CI job (OpenID Connect), for example
     * {@code arn:aws:iam::123456789012:role/image-delivery}; no key is stored anywhere. Default: the variable
     * {@code AWS_ROLE_ARN} where the job has an identity token; else no role is assumed, and the credentials are those
     * that the AWS SDK finds (environment, profile, container, instance).
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.roleArn")
    @Nullable
    String roleArn;

    /**
     * How long the session of the role may last before it is renewed: seconds ({@code 1800}) or ISO 8601
     * ({@code PT30M}), from 15 minutes to 12 hours and no more than the role allows.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.sessionDuration", defaultValue = "900")
    @Nullable
    String sessionDuration;

    /**
     * File that holds the identity token of the job, read again for each session, for example {@code target/token}; a
     * relative path begins in the directory that Maven was started for, in all modules alike. Default: the token is asked
     * from the CI system that the build runs in.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.identityTokenFile")
    @Nullable
    String identityTokenFile;

    /**
     * Name of the environment variable that holds the identity token of the job, for example {@code MY_ID_TOKEN}; the name,
     * never the token. Default: the token is asked from the CI system that the build runs in.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.identityTokenEnv")
    @Nullable
    String identityTokenEnv;

    /**
     * Audience that the identity token is asked for, where the CI system lets the job choose; the identity provider in
     * IAM must allow it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.identityAudience", defaultValue = "sts.amazonaws.com")
    @Nullable
    String identityAudience;

    /** Tells whether the goal is for publishing, or for what comes before: it then has nothing to do without a network. */
    boolean publishes() {
        return true;
    }
}
