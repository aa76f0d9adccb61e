package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;

/** Where services are asked: where the build says, else where the user's AWS profile does, else at Amazon's address. */
final class Endpoints {
    private final AwsSettings settings;
    private final AwsProfile profile;

    Endpoints(AwsSettings settings, AwsProfile profile) {
        this.settings = settings;
        this.profile = profile;
    }

    /**
     * Returns the address, with the path to post to.
     *
     * @throws AwsException with code {@code NotSent} where the profile has one that may not be asked
     */
    URI of(Service service, Site site) throws AwsException {
        URI endpoint = given(service)
                .orElseGet(() -> service.at(new Site(
                        site.region(),
                        site.fips() || isSet(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT, "use_fips_endpoint"),
                        site.dualStack()
                                || isSet(SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT, "use_dualstack_endpoint"))));
        return endpoint.getRawPath().isEmpty() ? endpoint.resolve("/") : endpoint;
    }

    /** Tells whether the build or the profile says where the service is. */
    boolean isGiven(Service service) {
        return settings.endpoint(service).isPresent()
                || profile.endpoint(service).isPresent();
    }

    /** Tells whether ECR is an emulator's on this machine that has no such service: its keys are none of Amazon's business. */
    boolean isEcrHereWithout(Service other) throws AwsException {
        return given(Service.ECR).filter(Endpoint::isLoopback).isPresent() && !isGiven(other);
    }

    private Optional<URI> given(Service service) throws AwsException {
        Optional<URI> inBuild = settings.endpoint(service);
        if (inBuild.isPresent()) {
            return inBuild; // without a look at the profile, which would be read from disk
        }
        Optional<String> inProfile = profile.endpoint(service);
        try {
            return inProfile.isPresent()
                    ? Optional.of(Endpoint.parse("endpoint_url of the AWS profile", inProfile.get()))
                    : Optional.empty();
        } catch (FormatException e) {
            throw new AwsException(String.valueOf(e.getMessage()), AwsException.NOT_SENT, 0, null);
        }
    }

    private boolean isSet(SdkSystemSetting setting, String inProfile) {
        return setting.getBooleanValue()
                .or(() -> profile.value(inProfile).map(Boolean::parseBoolean))
                .orElse(false);
    }
}
