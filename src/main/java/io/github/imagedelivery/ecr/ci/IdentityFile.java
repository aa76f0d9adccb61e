package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token in a file, which is read each time: who writes it may replace it while the build runs.
 *
 * @param setting parameter or variable that names the file
 */
record IdentityFile(String setting, Path file) implements IdentitySource {
    @Override
    public String name() {
        return "file " + Texts.shown(file.toString()) + " (" + setting + ")";
    }

    @Override
    public boolean isRenewable() {
        return true;
    }

    @Override
    public IdentityToken fetch() throws IdentityException {
        try {
            return IdentityToken.of(new String(beginning(), StandardCharsets.US_ASCII));
        } catch (IdentityException e) {
            throw new IdentityException(name() + ": " + e.getMessage(), e.remedy());
        } catch (IOException e) {
            throw new IdentityException(
                    name() + " cannot be read: " + Texts.shown(e.getClass().getSimpleName() + ": " + e.getMessage()),
                    "let " + setting + " name a file that this user can read and that holds the identity token");
        }
    }

    /** Reads a little more than a token may have, so that white space around one does no harm. */
    private byte[] beginning() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(2 * IdentityToken.LONGEST);
        }
    }
}
