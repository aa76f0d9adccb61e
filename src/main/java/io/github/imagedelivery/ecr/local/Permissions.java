package io.github.imagedelivery.ecr.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which IAM actions are denied; at first none. */
final class Permissions {
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Settings settings;

    Permissions(Settings settings) {
        this.settings = settings;
    }

    void deny(String action) {
        denied.add(action);
    }

    void allowAll() {
        denied.clear();
    }

    /**
     * Refuses in IAM's words, if the action is denied or the caller's session does not cover it.
     *
     * @param repository its name; {@code *} for what concerns none or all
     */
    void check(Principal caller, String action, String repository) throws Refusal {
        String resource = repository.equals("*") ? "*" : settings.repositoryArn(repository);
        if (denied.contains(action)) {
            throw refusal(caller, action, resource, "identity-based");
        }
        if (caller.policy().filter(policy -> !policy.allows(action, resource)).isPresent()) {
            throw refusal(caller, action, resource, "session");
        }
    }

    private static Refusal refusal(Principal caller, String action, String resource, String kind) {
        return new Refusal(
                400,
                "AccessDeniedException",
                "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + resource
                        + " because no " + kind + " policy allows the " + action + " action");
    }
}
