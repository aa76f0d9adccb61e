package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Takes the authorization that was sent out of the words of a registry that echoes it, whole or cut. */
final class Echo {
    /** So much of a secret may stand by chance or by its form: {@code QVdT} is how all logins of ECR begin. */
    private static final int SHORTEST = 8;

    private Echo() {}

    /**
     * Returns the text without the secret, its percent-encoded form and, where it is base64, the password in it.
     *
     * @param secret the parameter of the {@code Authorization} header; empty for none
     */
    static String without(String secret, String text) {
        String safe = text;
        for (String spelling : spellings(secret)) {
            safe = hide(spelling, safe);
        }
        return safe;
    }

    private static List<String> spellings(String secret) {
        List<String> spellings = new ArrayList<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
        try {
            String login = new String(Base64.getDecoder().decode(secret), ISO_8859_1);
            spellings.add(login.substring(login.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            // A bearer token has no password in it.
        }
        return spellings;
    }

    private static String hide(String secret, String text) {
        if (secret.length() < SHORTEST) {
            return text;
        }
        String beginning = secret.substring(0, SHORTEST);
        StringBuilder safe = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, from)) {
            safe.append(text, from, at).append("***");
            from = at;
            for (int i = 0; i < secret.length() && from < text.length() && text.charAt(from) == secret.charAt(i); i++) {
                from++;
            }
        }
        return safe.append(text, from, text.length()).toString();
    }
}
