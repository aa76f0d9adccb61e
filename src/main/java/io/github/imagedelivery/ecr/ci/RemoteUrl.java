package io.github.imagedelivery.ecr.ci;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which Git writes where a repository comes from (git-clone, "Git URLs"). */
public final class RemoteUrl {
    private static final String HOST = "(?<host>[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:]+])";

    /** No {@code @}, {@code ?} or {@code :}: a path with one may be the rest of a password, or carry a token. */
    private static final String PATH = "(?<path>[A-Za-z0-9._~%+/-]+)";

    private static final Pattern HTTPS = Pattern.compile("https://(?:[^/]*@)?" + HOST + "(?<port>:[0-9]+)?/" + PATH);
    private static final Pattern SSH = Pattern.compile("(?:git\\+)?ssh://(?:[^/]*@)?" + HOST + "(?::[0-9]+)?/" + PATH);

    /** {@code user@host:path}; a single letter without a user is a drive of Windows, a single word an alias. */
    private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@|(?=[A-Za-z0-9-]+\\.))" + HOST + ":" + PATH);

    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s]*@");

    private RemoteUrl() {}

    /**
     * Returns the https URL of the same repository: without user, password, port of ssh and {@code .git}.
     *
     * @return empty for a local path, another scheme, or what is no URL
     */
    public static Optional<String> https(String url) {
        Matcher https = HTTPS.matcher(url);
        if (https.matches()) {
            String port = https.group("port");
            return https(https.group("host") + (port == null ? "" : port), https.group("path"));
        }
        for (Pattern form : new Pattern[] {SSH, SCP}) {
            Matcher matcher = form.matcher(url);
            if (matcher.matches()) {
                return https(matcher.group("host"), matcher.group("path"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> https(String authority, String path) {
        String name = path.replaceAll("^/+|/+$", "").replaceFirst("\\.git$", "");
        return name.isEmpty() ? Optional.empty() : Optional.of("https://" + authority + "/" + name);
    }

    /** Returns the text with the credentials of every URL in it taken out. */
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("");
    }
}
