package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.building.SettingsProblem.Severity;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of a session: those of the system properties ({@code https.proxyHost} and its like) where there are any,
 * else those of {@code settings.xml}. The environment ({@code HTTPS_PROXY}) is not asked, as Maven does not ask it.
 */
final class SessionProxies {
    /** With the JDK's own value, {@code Basic}, no login goes to a proxy on the way to an https address. */
    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private SessionProxies() {}

    /**
     * Returns the proxies of the session. Where one wants a login, the JVM is allowed to give it, unless it was told
     * what to give: both HTTP clients of the JDK look when they are first used, so this must come before.
     */
    static Proxies of(MavenSession session, SettingsDecrypter decrypter, Map<String, String> properties)
            throws DeliveryException {
        Proxies proxies =
                isConfigured(properties) ? ofTheJvm(properties) : new SettingsProxies(decrypted(session, decrypter));
        if (wantsLogin(proxies) && System.getProperty(DISABLED_SCHEMES) == null) {
            System.setProperty(DISABLED_SCHEMES, "");
        }
        return proxies;
    }

    private static boolean wantsLogin(Proxies proxies) {
        // Any address of the API of AWS does: whom a proxy is not for does not matter here.
        return Stream.of("https://amazonaws.com/", "https://registry.invalid/")
                .anyMatch(uri -> proxies.to(URI.create(uri)).login().isPresent());
    }

    private static boolean isConfigured(Map<String, String> properties) {
        return Stream.of("https.proxyHost", "http.proxyHost", "socksProxyHost")
                        .anyMatch(name -> Parameters.text(properties.get(name)).isPresent())
                || "true".equals(properties.get("java.net.useSystemProxies"));
    }

    private static Proxies ofTheJvm(Map<String, String> properties) {
        return uri -> {
            Proxies.Way way = Proxies.OF_THE_JVM.to(uri);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            return way.isDirect()
                    ? way
                    : new Proxies.Way(
                            way.proxy(),
                            login(properties.get(scheme + ".proxyUser"), properties.get(scheme + ".proxyPassword")));
        };
    }

    /** Returns a login; none without a user. */
    static Optional<PasswordAuthentication> login(@Nullable String user, @Nullable String password) {
        return Parameters.text(user)
                .map(name -> new PasswordAuthentication(
                        name, Parameters.text(password).orElse("").toCharArray()));
    }

    private static List<Proxy> decrypted(MavenSession session, SettingsDecrypter decrypter) throws DeliveryException {
        List<Proxy> active = session.getSettings().getProxies().stream()
                .filter(Proxy::isActive)
                .toList();
        if (active.isEmpty()) {
            return active;
        }
        DefaultSettingsDecryptionRequest request = new DefaultSettingsDecryptionRequest();
        request.setProxies(active);
        SettingsDecryptionResult result = decrypter.decrypt(request);
        if (result.getProblems().stream().anyMatch(problem -> problem.getSeverity() != Severity.WARNING)) {
            // The decrypter's own words may show what it could not decrypt.
            throw DeliveryException.ofUser(
                    "The password of a <proxy> in settings.xml cannot be decrypted; nothing was sent",
                    "Maven could not decrypt it with the master password of settings-security.xml",
                    "encrypt it anew with mvn --encrypt-password, or set the proxy to <active>false</active>");
        }
        return result.getProxies();
    }
}
