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

    /** Refuses in IAM's words, if the action is denied. */
    void check(String caller, String action, String repository) throws Refusal {
        if (!denied.contains(action)) {
            return;
        }
        String resource = repository.equals("*") ? "*" : settings.repositoryArn(repository);
        throw new Refusal(
                400,
                "AccessDeniedException",
                "User: " + caller + " is not authorized to perform: " + action + " on resource: " + resource
                        + " because no identity-based policy allows the " + action + " action");
    }

    /** Returns who acts on the data plane, where a login does not tell. */
    String anybody() {
        return "arn:" + settings.partition() + ":sts::" + settings.account() + ":assumed-role/local/session";
    }
}
