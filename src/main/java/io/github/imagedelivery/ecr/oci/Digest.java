package io.github.imagedelivery.ecr.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A content hash, {@code algorithm:encoded} (image-spec, descriptor.md, "Digests").
 *
 * <p>ECR stores SHA-256 only, so that is the only algorithm that is accepted.
 *
 * @param algorithm always {@code sha256}
 * @param encoded 64 lower-case hexadecimal digits
 */
public record Digest(String algorithm, String encoded) {
    private static final String SHA256 = "sha256";
    private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-f]{64}");

    /** Checks the form; a wrong one is a mistake of the caller. */
    public Digest {
        if (!algorithm.equals(SHA256) || !SHA256_HEX.matcher(encoded).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: " + algorithm + ":" + encoded);
        }
    }

    /** Reads {@code sha256:<64 hex digits>}. */
    public static Digest parse(String text) throws FormatException {
        if (!text.startsWith(SHA256 + ":")
                || !SHA256_HEX.matcher(text.substring(SHA256.length() + 1)).matches()) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not a digest: sha256:<64 hex digits> expected");
        }
        return new Digest(SHA256, text.substring(SHA256.length() + 1));
    }

    /** Returns the digest of the bytes. */
    public static Digest of(byte[] content) {
        return of(sha256().digest(content), SHA256);
    }

    /** Returns the digest that a finished {@link #sha256()} computation gave; resets the computation. */
    public static Digest of(MessageDigest computation) {
        return of(computation.digest(), SHA256);
    }

    /** Returns a new SHA-256 computation. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Digest of(byte[] hash, String algorithm) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** Returns {@code algorithm:encoded}. */
    @Override
    public String toString() {
        return algorithm + ":" + encoded;
    }
}
