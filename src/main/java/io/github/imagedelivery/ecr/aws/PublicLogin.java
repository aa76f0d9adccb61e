package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.util.Base64;
import java.util.List;

/**
 * The login to Amazon ECR Public, {@code GetAuthorizationToken} of the service {@code ecr-public}.
 *
 * @param api the service
 * @param secrets is told of the login before it is handed out
 */
record PublicLogin(AwsApi api, SecretListener secrets) {
    private static final Site SITE = new Site("us-east-1", false, false);

    /** Fetches a login as the signer; it lasts up to 12 hours. */
    RegistryLogin fetch(Signer signer, Exchange.Listener listener) throws AwsException {
        AwsCall call = api.signed("GetAuthorizationToken", signer, new Signer.Purpose(SITE, List.of(), listener));
        String token = call.write(Json.object()).part("authorizationData").text("authorizationToken");
        String login;
        try {
            login = new String(Base64.getDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            // The exception may show the answer, and so the secret.
            throw call.strange("the answer's login cannot be read");
        }
        String password = login.substring(login.indexOf(':') + 1);
        if (!login.startsWith("AWS:") || password.isBlank()) {
            throw call.strange("the answer holds no login");
        }
        secrets.obtained(token);
        secrets.obtained(password);
        return RegistryLogin.of("AWS", password);
    }
}
