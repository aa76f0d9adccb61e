package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is configured of AWS for the whole build. What is empty here the SDK looks for by itself.
 *
 * @param region the region's id
 * @param keys credentials
 * @param ecrEndpoint where ECR's API is instead of at Amazon's address
 * @param stsEndpoint where STS is instead of at Amazon's address
 * @param publicEndpoint where the API of ECR Public is instead of at Amazon's address
 * @param role is assumed with the job's identity token, in place of the credentials
 * @param listener is told as whom AWS is asked
 */
public record AwsSettings(
        Optional<String> region,
        Optional<AwsKeys> keys,
        Optional<URI> ecrEndpoint,
        Optional<URI> stsEndpoint,
        Optional<URI> publicEndpoint,
        Optional<RoleSettings> role,
        IdentityListener listener) {

    /** Assumes no role, asks STS and ECR Public where ECR is, as an emulator has all at one address, and tells nobody. */
    public AwsSettings(Optional<String> region, Optional<AwsKeys> keys, Optional<URI> ecrEndpoint) {
        this(region, keys, ecrEndpoint, ecrEndpoint, ecrEndpoint, Optional.empty(), IdentityListener.NONE);
    }

    /** Returns the same with a role that is assumed. */
    public AwsSettings withRole(RoleSettings assumed) {
        return new AwsSettings(region, keys, ecrEndpoint, stsEndpoint, publicEndpoint, Optional.of(assumed), listener);
    }

    /** Returns the same with somebody who is told as whom AWS is asked. */
    public AwsSettings withListener(IdentityListener told) {
        return new AwsSettings(region, keys, ecrEndpoint, stsEndpoint, publicEndpoint, role, told);
    }

    /** Returns where a service is instead of at Amazon's address. */
    Optional<URI> endpoint(Service service) {
        return switch (service) {
            case ECR -> ecrEndpoint;
            case ECR_PUBLIC -> publicEndpoint;
            case STS -> stsEndpoint;
        };
    }

    /**
     * Reads the settings by the names that the AWS SDKs share; a property beats a variable, a service's own endpoint
     * beats the one for all. {@code AWS_DEFAULT_REGION}, which this SDK overlooks, stands in for {@code AWS_REGION}.
     *
     * @param properties the properties of the build over those of the JVM
     * @throws FormatException if an endpoint is no URL that may be asked, half of a pair of keys is missing, or one has a
     *     control character
     */
    public static AwsSettings of(Map<String, String> properties, Map<String, String> environment)
            throws FormatException {
        return new AwsSettings(
                value(properties, "aws.region")
                        .or(() -> value(environment, "AWS_REGION"))
                        .or(() -> value(environment, "AWS_DEFAULT_REGION")),
                keys(properties),
                endpoint("Ecr", properties, environment),
                endpoint("Sts", properties, environment),
                endpoint("EcrPublic", properties, environment),
                Optional.empty(),
                IdentityListener.NONE);
    }

    private static Optional<AwsKeys> keys(Map<String, String> properties) throws FormatException {
        Optional<String> id = secret(properties, "aws.accessKeyId");
        Optional<String> secret = secret(properties, "aws.secretAccessKey");
        Optional<String> token = secret(properties, "aws.sessionToken");
        if (id.isPresent() != secret.isPresent()) {
            throw new FormatException("aws.accessKeyId and aws.secretAccessKey must be set both or not at all");
        }
        return id.flatMap(accessKeyId -> secret.map(secretKey -> new AwsKeys(accessKeyId, secretKey, token)));
    }

    /** Reads what travels in a header, where a line break is refused. */
    private static Optional<String> secret(Map<String, String> properties, String name) throws FormatException {
        Optional<String> found = value(properties, name);
        if (found.filter(text -> text.chars().anyMatch(Character::isISOControl)).isPresent()) {
            throw new FormatException(name + " has a line break or another control character in it");
        }
        return found;
    }

    private static Optional<URI> endpoint(
            String service, Map<String, String> properties, Map<String, String> environment) throws FormatException {
        record Setting(String name, Optional<String> value) {}
        String property = "aws.endpointUrl";
        String variable = "AWS_ENDPOINT_URL";
        String suffix = service.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        Optional<Setting> first = Stream.of(
                        new Setting(property + service, value(properties, property + service)),
                        new Setting(variable + suffix, value(environment, variable + suffix)),
                        new Setting(property, value(properties, property)),
                        new Setting(variable, value(environment, variable)))
                .filter(setting -> setting.value.isPresent())
                .findFirst();
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(Endpoint.parse(first.get().name, first.get().value.orElseThrow()));
    }

    private static Optional<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
