package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address to which a secret of the job is sent. Variables of the environment name it, and whoever can set one could
 * have the secret sent elsewhere: only https, and only to a host of the CI system. Loopback may be plain http.
 */
final class CiAddress {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    private CiAddress() {}

    /**
     * Reads an address.
     *
     * @param variable where it comes from; the message names it instead of the address, which may hold a secret
     * @param domains those of the CI system; their subdomains are too
     */
    static URI parse(String variable, String text, List<String> domains) throws IdentityException {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw refused(variable, "it is not a URL", domains);
        }
        if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw refused(variable, "it is not a URL of scheme, host, path and query", domains);
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        boolean loopback = LOOPBACK.matcher(host).matches();
        if (!scheme.equals("https") && !(loopback && scheme.equals("http"))) {
            throw refused(variable, "it does not begin with https://", domains);
        }
        if (!loopback && domains.stream().noneMatch(domain -> host.equals(domain) || host.endsWith("." + domain))) {
            throw refused(variable, "its host " + Texts.shown(host) + " is not one of the CI system", domains);
        }
        return address;
    }

    /** Returns the host of a URL, which a variable of the CI system gives; empty if it is none. */
    static Optional<String> host(Optional<String> url) {
        try {
            return url.map(URI::create).map(URI::getHost).map(host -> host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IdentityException refused(String variable, String reason, List<String> domains) {
        return new IdentityException(
                variable + " is not used: " + reason + ", and a secret of the job would be sent there",
                "leave " + variable + " as the CI system sets it: https, at " + String.join(" or ", domains)
                        + " or below; if the CI system has another host, get the identity token in the script and"
                        + " name its file: -Decr.identityTokenFile=...");
    }
}
