package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Takes the authorization that was sent out of the words of a server that echoes it, whole or cut. */
public final class Echo {
    /** So much of a secret may stand by chance or by its form: {@code QVdT} is how all logins of ECR begin. */
    private static final int SHORTEST = 8;

    private Echo() {}

    /**
     * Returns the text without the secret, its percent-encoded form and, where it is base64, the password in it.
     *
     * @param secret the parameter of the {@code Authorization} header; empty for none
     */
    public static String without(String secret, String text) {
        List<String> spellings = spellings(secret);
        StringBuilder safe = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int echoed = echoed(spellings, text, at);
            if (echoed >= SHORTEST) {
                safe.append("***");
                at += echoed;
            } else {
                safe.append(text.charAt(at++));
            }
        }
        return safe.toString();
    }

    private static List<String> spellings(String secret) {
        List<String> spellings = new ArrayList<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
        try {
            String login = new String(Base64.getDecoder().decode(secret), UTF_8);
            spellings.add(login.substring(login.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            // A bearer token has no password in it.
        }
        return spellings;
    }

    /** Returns how much of a secret stands there; of the one of which the most does. */
    private static int echoed(List<String> spellings, String text, int at) {
        int longest = 0;
        for (String secret : spellings) {
            int length = 0;
            while (length < secret.length()
                    && at + length < text.length()
                    && text.charAt(at + length) == secret.charAt(length)) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
