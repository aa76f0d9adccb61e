package io.github.imagedelivery.ecr.aws;

import java.net.URI;
import software.amazon.awssdk.core.SdkSystemSetting;

/** Where services are asked: where the build says, else where the user's AWS profile does, else at Amazon's address. */
final class Endpoints {
    private final AwsSettings settings;
    private final AwsProfile profile;

    Endpoints(AwsSettings settings, AwsProfile profile) {
        this.settings = settings;
        this.profile = profile;
    }

    /** Returns the address, with the path to post to. */
    URI of(Service service, Site site) {
        URI endpoint = settings.endpoint(service)
                .or(() -> profile.endpoint(service))
                .orElseGet(() -> service.at(new Site(
                        site.region(),
                        site.fips() || isSet(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT, "use_fips_endpoint"),
                        site.dualStack()
                                || isSet(SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT, "use_dualstack_endpoint"))));
        return endpoint.getRawPath().isEmpty() ? endpoint.resolve("/") : endpoint;
    }

    private boolean isSet(SdkSystemSetting setting, String inProfile) {
        return setting.getBooleanValue()
                .or(() -> profile.value(inProfile).map(Boolean::parseBoolean))
                .orElse(false);
    }
}
