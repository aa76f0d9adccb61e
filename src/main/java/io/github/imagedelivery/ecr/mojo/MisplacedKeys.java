package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.EcrHost;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Server;

/** AWS keys in {@code settings.xml} that somebody takes for logins to ECR: the plugin logs in there by itself. */
final class MisplacedKeys {
    private static final String TOLD = "ecr-maven-plugin.misplaced-keys";

    private MisplacedKeys() {}

    /** Warns of each, once in a session. */
    static void warn(MavenSession session, GoalLog log) {
        if (session.getRequest().getData().putIfAbsent(TOLD, true) != null) {
            return;
        }
        session.getSettings().getServers().stream()
                .filter(MisplacedKeys::isMeant)
                .forEach(server -> log.misplacedKeys(server.getId()));
    }

    private static boolean isMeant(Server server) {
        return Parameters.text(server.getId()).filter(EcrHost::isEcr).isPresent()
                && Parameters.text(server.getUsername())
                        .filter(AwsKeys::isAccessKeyId)
                        .isPresent();
    }
}
