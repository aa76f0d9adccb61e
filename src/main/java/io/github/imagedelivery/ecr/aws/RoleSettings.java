package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.ci.IdentitySource;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A role that is assumed with the identity token of the job ({@code sts:AssumeRoleWithWebIdentity}), or by the
 * credentials of the build ({@code sts:AssumeRole}).
 *
 * @param arn the role
 * @param duration how long a session lasts, from {@link #SHORTEST} to {@link #LONGEST}
 * @param sessionName what AWS calls the session in its logs: 2 to 64 characters of {@code [\w+=,.@-]}
 * @param source gives the identity token, a fresh one for each try where it can; empty for the credentials of the build
 * @param targets the repositories that the session is limited to, as far as they are known ahead; asked once, before the
 *     first session. A further one that comes up makes the session be made anew.
 */
public record RoleSettings(
        RoleArn arn,
        Duration duration,
        String sessionName,
        Optional<IdentitySource> source,
        Supplier<? extends Collection<SessionTarget>> targets) {
    /** What AWS STS takes at least. */
    public static final Duration SHORTEST = Duration.ofMinutes(15);

    /** What AWS STS takes at most; a role's own maximum is an hour unless it was raised. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** What AWS STS takes at most where one role assumes another ("role chaining"). */
    public static final Duration LONGEST_CHAINED = Duration.ofHours(1);

    private static final int LONGEST_NAME = 64;

    /** Returns the parts as a session name that AWS STS takes, joined by hyphens; empty parts are left out. */
    public static String sessionName(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            String legal = part.replaceAll("[^\\w+=,.@-]+", "-");
            if (!legal.isEmpty()) {
                name.append(name.isEmpty() ? "" : "-").append(legal);
            }
        }
        return name.length() < 2 ? "ecr-maven-plugin" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** Names the role and the source of the token. */
    @Override
    public String toString() {
        return arn + " by " + source.map(IdentitySource::name).orElse("the credentials of the build");
    }
}
