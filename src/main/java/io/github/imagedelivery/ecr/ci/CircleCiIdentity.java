package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * CircleCI gives tokens by a program in the job, which can ask for any audience. Where the program is not there, as in
 * a container that the job starts, the variables hold a token for the audience of the organization.
 */
final class CircleCiIdentity implements IdentitySource {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> VARIABLES = List.of("CIRCLE_OIDC_TOKEN_V2", "CIRCLE_OIDC_TOKEN");
    private static final String REMEDY = """
            let the job use a context, with which CircleCI gives it identity tokens, in .circleci/config.yml:
                - publish:
                    context: [aws]
              or name another source: -Decr.identityTokenEnv=CIRCLE_OIDC_TOKEN_V2""";

    private final Program program;
    private final String audience;

    private CircleCiIdentity(Program program, String audience) {
        this.program = program;
        this.audience = audience;
    }

    static IdentitySource source(Variables variables, IdentitySettings settings) throws IdentityException {
        Optional<Path> program = Program.find("circleci", variables.values());
        return program.isPresent()
                ? new CircleCiIdentity(new Program(program.get(), variables.values(), LIMIT), settings.audience())
                : TokensInVariables.first("CircleCI", variables, VARIABLES, REMEDY);
    }

    @Override
    public String name() {
        return "CircleCI (circleci run oidc get)";
    }

    @Override
    public boolean isRenewable() {
        return true;
    }

    @Override
    public IdentityToken fetch() throws IdentityException {
        String claims = Json.object().with("aud", Json.of(audience)).toString();
        Program.Output output;
        try {
            output = program.run(Path.of("").toAbsolutePath(), List.of("run", "oidc", "get", "--claims", claims));
        } catch (IOException e) {
            throw failed("the program " + e.getMessage());
        }
        if (output.exit() != 0) {
            throw failed("exit status " + output.exit() + " " + Texts.shown(output.error()));
        }
        try {
            return IdentityToken.of(output.out());
        } catch (IdentityException e) {
            throw failed(e.getMessage());
        }
    }

    private IdentityException failed(String reason) {
        return new IdentityException(name() + ": no identity token: " + reason.strip(), REMEDY);
    }

    @Override
    public String toString() {
        return name();
    }
}
