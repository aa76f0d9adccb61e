package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds where a job's identity token comes from: the first source that is there, and no other. */
final class IdentityDetection {
    private static final String AWS_TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";

    /** Jenkins comes last: it is also where a job of another system was started from. */
    private static final List<Convention> CONVENTIONS = List.of(
            new Convention("GITHUB_ACTIONS", TokensOnRequest::gitHub),
            new Convention("GITLAB_CI", TokensInVariables::gitLab),
            new Convention("CIRCLECI", CircleCiIdentity::source),
            new Convention("BUILDKITE", TokensOnRequest::buildkite),
            new Convention("BITBUCKET_BUILD_NUMBER", TokensInVariables::bitbucket),
            new Convention("TF_BUILD", TokensOnRequest::azure),
            new Convention("JENKINS_URL", TokensInVariables::jenkins));

    /** A CI system: the variable that shows that it is there, and what it has to offer. */
    private record Convention(String marker, Offer offer) {}

    @FunctionalInterface
    private interface Offer {
        IdentitySource source(Variables variables, IdentitySettings settings) throws IdentityException;
    }

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
                    "set one of the two, to the file or to the variable that holds the identity token");
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
        for (Convention convention : CONVENTIONS) {
            if (variables.has(convention.marker)) {
                return Optional.of(convention.offer.source(variables, settings));
            }
        }
        return Optional.empty();
    }

    private IdentitySource named(String variable) throws IdentityException {
        String value = variables
                .value(variable)
                .orElseThrow(() -> new IdentityException(
                        "ecr.identityTokenEnv names the variable " + Texts.shown(variable) + ", which is not set",
                        "set it to the identity token of the job, or name the variable that holds it"));
        return new IdentityVariable("variable " + Texts.shown(variable) + " (ecr.identityTokenEnv)", value);
    }

    private static Path path(String file) throws IdentityException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IdentityException(
                    AWS_TOKEN_FILE + " is no path of a file", "let it name the file that holds the identity token");
        }
    }
}
