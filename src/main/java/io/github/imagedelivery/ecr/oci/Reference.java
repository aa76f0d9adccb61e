package io.github.imagedelivery.ecr.oci;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A repository in a registry plus a tag, a digest or both: {@code host[:port]/repository[:tag][@digest]}. The host is
 * always written: there is no default registry and no implicit {@code latest}.
 *
 * @param registry host name with the port where one is given
 * @param repository the repository in it
 * @param tag the tag, if named
 * @param digest the digest, if pinned; it wins over the tag
 */
public record Reference(String registry, RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {
    /** The longest name that the DNS has (RFC 1035), and a port. */
    private static final int MAX_HOST = 253 + ":65535".length();

    private static final String HUB = "docker.io";
    private static final Set<String> HUB_HOSTS = Set.of(HUB, "index.docker.io", "registry-1.docker.io");

    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127\\.[0-9]+\\.[0-9]+\\.[0-9]+|\\[::1\\])(?::[0-9]+)?");

    private static final Pattern HOST = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
                    + "|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");

    /** Reads a reference; a tag or a digest must be there. */
    public static Reference parse(String text) throws FormatException {
        int slash = text.indexOf('/');
        String host = slash < 0 ? "" : text.substring(0, slash);
        if (host.length() > MAX_HOST
                || !HOST.matcher(host).matches()
                || !(host.contains(".") || host.contains(":") || host.equals("localhost"))) {
            throw new FormatException("\"" + Texts.shown(text) + "\" does not begin with a registry host");
        }
        String rest = text.substring(slash + 1);
        int at = rest.indexOf('@');
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(Digest.parse(rest.substring(at + 1)));
        String named = at < 0 ? rest : rest.substring(0, at);
        int colon = named.indexOf(':');
        Optional<Tag> tag = colon < 0 ? Optional.empty() : Optional.of(Tag.parse(named.substring(colon + 1)));
        if (tag.isEmpty() && digest.isEmpty()) {
            throw new FormatException("\"" + Texts.shown(text) + "\" names neither a tag nor a digest");
        }
        return new Reference(host, RepositoryName.parse(colon < 0 ? named : named.substring(0, colon)), tag, digest);
    }

    /**
     * Reads a reference as Docker's own commands do: one without a host is of Docker Hub, and one without a user there is
     * an official image. A tag or a digest must be there all the same.
     */
    public static Reference familiar(String text) throws FormatException {
        return parse(completed(text));
    }

    /** Completes a name as {@link #familiar} does, whether or not it then is a reference. */
    public static String completed(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (isHost && !HUB_HOSTS.contains(first)) {
            return text;
        }
        String path = isHost ? text.substring(slash + 1) : text;
        return HUB + "/" + (path.contains("/") ? path : "library/" + path);
    }

    /** Tells whether the registry, a host with or without a port, is on this machine. */
    public static boolean isLoopback(String registry) {
        return LOOPBACK.matcher(registry).matches();
    }

    /** Returns the same repository pinned to the digest; the tag stays for the reader. */
    public Reference at(Digest pinned) {
        return new Reference(registry, repository, tag, Optional.of(pinned));
    }

    /** Returns what another digest may be found by later: the tag alone, where there is one. */
    public Reference unpinned() {
        return tag.isPresent() ? new Reference(registry, repository, tag, Optional.empty()) : this;
    }

    /** Returns what a registry is asked for: the digest where there is one, else the tag. */
    public String manifestReference() {
        return digest.map(Digest::toString).or(() -> tag.map(Tag::value)).orElseThrow();
    }

    /** Returns the reference as it is written. */
    @Override
    public String toString() {
        return registry + "/" + repository + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
