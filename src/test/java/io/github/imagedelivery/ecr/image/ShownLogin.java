package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.nio.file.Path;
import java.time.Duration;

/** A program that shows what Docker's configuration has for a host, secrets included. */
final class ShownLogin {
    private ShownLogin() {}

    /** Looks in the file that is named first for the host that is named second, as many seconds as are named third. */
    public static void main(String[] arguments) {
        try {
            Duration patience = Duration.ofSeconds(Long.parseLong(arguments[2]));
            RegistryLogins.Found found =
                    RegistryLogins.ofDocker(Path.of(arguments[0]), patience).find(arguments[1]);
            System.out.println(found.login().map(ShownLogin::shown).orElse("") + "; told: " + found.told());
        } catch (ImageException e) {
            System.out.println(e.problem() + "; " + e.getMessage() + "; " + e.remedy());
        }
    }

    private static String shown(RegistryLogin login) {
        return login.isRefreshToken()
                ? "refresh token " + login.secret()
                : "user " + login.user() + ", secret " + login.secret();
    }
}
