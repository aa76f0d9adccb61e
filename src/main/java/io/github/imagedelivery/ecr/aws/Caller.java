package io.github.imagedelivery.ecr.aws;

/**
 * Who AWS says that the build is.
 *
 * @param account the 12 digits of the account
 * @param arn the user, or the session of a role
 */
public record Caller(String account, String arn) {}
