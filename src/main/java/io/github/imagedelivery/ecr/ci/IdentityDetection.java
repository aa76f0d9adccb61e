package io.github.imagedelivery.ecr.ci;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds where a job's identity token comes from: the first source that is there, and no other. */
final class IdentityDetection {
    private static final String AWS_TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";

    private final Variables variables;
    private final IdentitySettings settings;

    IdentityDetection(Variables variables, IdentitySettings settings) {
        this.variables = variables;
        this.settings = settings;
    }

    Optional<IdentitySource> source() throws IdentityException {
        if (settings.tokenFile().isPresent() && settings.tokenVariable().isPresent()) {
            throw new IdentityException(
                    "both ecr.identityTokenFile and ecr.identityTokenEnv are set",
                    "Set one of the two, to the file or to the variable that holds the identity token.");
        }
        if (settings.tokenFile().isPresent()) {
            return Optional.of(new IdentityFile(
                    "ecr.identityTokenFile", settings.tokenFile().get()));
        }
        if (settings.tokenVariable().isPresent()) {
            return Optional.of(named(settings.tokenVariable().get()));
        }
        Optional<String> file = variables.value(AWS_TOKEN_FILE);
        if (file.isPresent()) {
            return Optional.of(new IdentityFile(AWS_TOKEN_FILE, path(file.get())));
        }
        return Optional.empty();
    }

    private IdentitySource named(String variable) throws IdentityException {
        String value = variables
                .value(variable)
                .orElseThrow(() -> new IdentityException(
                        "ecr.identityTokenEnv names the variable " + variable + ", which is not set",
                        "Set it to the identity token of the job, or name the variable that holds it."));
        return new IdentityVariable("variable " + variable + " (ecr.identityTokenEnv)", value);
    }

    private static Path path(String file) throws IdentityException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IdentityException(
                    AWS_TOKEN_FILE + " is no path of a file", "Let it name the file that holds the identity token.");
        }
    }
}
