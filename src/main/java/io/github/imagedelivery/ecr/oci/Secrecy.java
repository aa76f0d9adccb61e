package io.github.imagedelivery.ecr.oci;

import java.util.regex.Pattern;

/** Takes out of foreign text what has the shape of a secret, whoever put it there. */
final class Secrecy {
    private static final String HIDDEN = "***";

    /** Web tokens (RFC 7519), and any other base64 of a JSON object. */
    private static final Pattern WEB_TOKEN = Pattern.compile("eyJ[A-Za-z0-9_=-]{10,}(?:\\.[A-Za-z0-9_=-]*){0,2}");

    /** Ids of AWS access keys, lasting and temporary ones. */
    private static final Pattern KEY_ID = Pattern.compile("A[KS]IA[A-Z0-9]{12,}");

    /** Values of an {@code Authorization} header. */
    private static final Pattern AUTHORIZATION =
            Pattern.compile("\\b((?:basic|bearer)[ :=]+)[A-Za-z0-9+/=._~-]{8,}", Pattern.CASE_INSENSITIVE);

    /** Headers and parameters of a signed request (AWS Signature Version 4), and the query of any address. */
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:[?&][^=&\\s]{1,64}=|\\b(?:x-amz-security-token|credential|signature)[:=] ?))[^&\\s\"'<>,]+",
            Pattern.CASE_INSENSITIVE);

    private Secrecy() {}

    static String hidden(String text) {
        String hidden = WEB_TOKEN.matcher(text).replaceAll(HIDDEN);
        hidden = KEY_ID.matcher(hidden).replaceAll(HIDDEN);
        hidden = AUTHORIZATION.matcher(hidden).replaceAll("$1" + HIDDEN);
        return PARAMETER.matcher(hidden).replaceAll("$1" + HIDDEN);
    }
}
