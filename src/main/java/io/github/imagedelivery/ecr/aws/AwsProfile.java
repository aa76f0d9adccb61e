package io.github.imagedelivery.ecr.aws;

import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/** The user's AWS profile ({@code AWS_PROFILE}, {@code ~/.aws}); it is read once, when it is first asked. */
final class AwsProfile {
    private Optional<ProfileFile> file = Optional.empty();
    private boolean read;

    /** Returns the value of a setting. */
    Optional<String> value(String setting) {
        return profile().flatMap(profile -> profile.property(setting));
    }

    /** Returns where the profile says that the API of a service is: in its section for services, else for all of them. */
    Optional<String> endpoint(Service service) {
        String setting = service.id().replace('-', '_') + ".endpoint_url";
        return value("services")
                .flatMap(name -> file().flatMap(all -> all.getSection("services", name)))
                .flatMap(services -> services.property(setting))
                .or(() -> value("endpoint_url"));
    }

    private Optional<Profile> profile() {
        return file().flatMap(all -> all.profile(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow()));
    }

    private synchronized Optional<ProfileFile> file() {
        if (!read) {
            boolean isThere = Stream.of(
                            ProfileFileLocation.configurationFileLocation(),
                            ProfileFileLocation.credentialsFileLocation())
                    .anyMatch(Optional::isPresent);
            file = isThere ? Optional.of(ProfileFile.defaultProfileFile()) : Optional.empty();
            read = true;
        }
        return file;
    }
}
