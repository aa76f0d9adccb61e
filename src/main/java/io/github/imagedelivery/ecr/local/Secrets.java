package io.github.imagedelivery.ecr.local;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Random words, and proofs that a text was issued here. Nothing of it outlives the process. */
final class Secrets {
    /** Random characters between one mark and the next. */
    private static final int GAP = 6;

    private final Optional<String> mark;
    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key = new SecretKeySpec(bytes(32), "HmacSHA256");

    /**
     * Starts anew.
     *
     * @param mark what every word is to hold over and over
     */
    Secrets(Optional<String> mark) {
        this.mark = mark;
    }

    /** Returns random letters, digits, {@code -} and {@code _}; with marks among them if that is wanted. */
    String word(int length) {
        StringBuilder word = new StringBuilder(encoded(bytes(length)).substring(0, length));
        mark.ifPresent(text -> {
            for (int at = 0; at + text.length() <= length; at += text.length() + GAP) {
                word.replace(at, at + text.length(), text);
            }
        });
        return word.toString();
    }

    /** Returns the proof for the text. */
    String proof(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return encoded(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    boolean proves(String proof, String text) {
        return proof.equals(proof(text));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
