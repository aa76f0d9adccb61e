package io.github.imagedelivery.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that is signed by nobody else, in a file that both who serves with it and who trusts it read. */
public record Certificate(Path store) {
    private static final String PASSWORD = "password";

    /** Makes a certificate for the hosts. */
    public static Certificate make(Path directory, String... hosts) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Certificate certificate = in(directory);
        Files.deleteIfExists(certificate.store());
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=DNS:" + String.join(",DNS:", hosts),
                        "-keystore",
                        certificate.store().toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool has made no certificate");
        }
        return certificate;
    }

    /** Returns the certificate that was made in the directory. */
    public static Certificate in(Path directory) {
        return new Certificate(directory.resolve("certificate.p12"));
    }

    /** Returns what a server has it in, and a client that trusts it alone. */
    public SSLContext context() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate cannot be read", e);
        }
    }

    /** Returns the flags of a JVM that trusts it. */
    public List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
}
