package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control plane: AWS JSON 1.1, {@code POST /} with {@code X-Amz-Target} (service name {@code ecr}). */
final class EcrApi implements Handler {
    static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";

    /** The longest manifest with every character escaped, and some. */
    static final int BODY_LIMIT = 12 << 20;

    private final Map<String, Operation> operations = new HashMap<>();
    private final Sessions sessions;
    private final Permissions permissions;

    EcrApi(Settings settings, Repositories repositories, Logins logins, Sessions sessions, Permissions permissions) {
        this.sessions = sessions;
        this.permissions = permissions;
        operations.put("GetAuthorizationToken", request -> authorizationToken(logins.issue(request.caller()), request));
        new RepositoryOperations(settings, repositories).addTo(operations);
        new ImageOperations(settings, repositories).addTo(operations);
        new LayerOperations(settings, repositories).addTo(operations);
    }

    /** One operation. */
    @FunctionalInterface
    interface Operation {
        Json perform(Request request) throws Refusal, IOException;
    }

    /**
     * A request for an operation.
     *
     * @param origin scheme and authority under which the client reached this server
     * @param caller who has signed it
     */
    record Request(Parameters parameters, String origin, Principal caller) {
        /** Returns the host, and the port if there is one, of this registry. */
        String registryHost() {
            return origin.substring(origin.indexOf("//") + 2);
        }
    }

    @Override
    public Reply answer(Call call) throws IOException {
        try {
            String target = call.header("X-Amz-Target").orElse("");
            String name = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
            Operation operation = operations.get(name);
            if (operation == null) {
                throw new Refusal(
                        400, "UnknownOperationException", "The operation is not known: " + Texts.shown(target));
            }
            Principal caller = sessions.signer(call, "ecr");
            Parameters parameters = parameters(call);
            for (String repository : repositories(parameters)) {
                permissions.check(caller, "ecr:" + name, repository);
            }
            return Reply.json(200, Plane.JSON_1_1, operation.perform(new Request(parameters, call.origin(), caller)));
        } catch (Refusal e) {
            return Plane.CONTROL.refuse(e);
        }
    }

    private static List<String> repositories(Parameters parameters) throws Refusal {
        List<String> listed = parameters.texts("repositoryNames");
        return listed.isEmpty() ? List.of(parameters.optional("repositoryName").orElse("*")) : listed;
    }

    private static Parameters parameters(Call call) throws Refusal, IOException {
        byte[] body = call.bytes(BODY_LIMIT);
        try {
            return new Parameters(Json.parse(body));
        } catch (FormatException e) {
            throw new Refusal(400, "SerializationException", e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private static Json authorizationToken(Logins.Login login, Request request) {
        Json data = Json.object()
                .with("authorizationToken", Json.of(login.token()))
                .with("expiresAt", time(login.expiresAt()))
                .with("proxyEndpoint", Json.of(request.origin()));
        return Json.object().with("authorizationData", Json.array(List.of(data)));
    }

    /** Returns a time as the API writes it: seconds with a fraction, as a number. */
    static Json time(Instant instant) {
        return new Json.Literal(Double.toString(instant.toEpochMilli() / 1000.0));
    }
}
