package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.imagedelivery.ecr.image.PlacedFile.Bytes;
import io.github.imagedelivery.ecr.image.PlacedFile.Generated;
import io.github.imagedelivery.ecr.image.SecretFinding.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells files that hold secrets by their names and by what is in them. */
final class SecretFiles {
    /** Keys are short; what is longer is not a key, and hides none where anybody would put one. */
    private static final int LOOKED_AT = 1024 * 1024;

    private static final Set<String> EXAMPLES = Set.of(".env.example", ".env.sample", ".env.template", ".env.dist");

    private static final Pattern LOGINS = Pattern.compile("(?:\\.env(?:\\..+)?|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?"
            + "|[._]netrc|\\.git-credentials|\\.pgpass|\\.pypirc|\\.dockercfg|\\.htpasswd|settings-security\\.xml"
            + "|.+\\.kdbx)");

    private static final Pattern LOGINS_IN_DIRECTORIES = Pattern.compile(
            "(?:.+/)?\\.(?:aws/credentials|docker/config\\.json|kube/config|m2/settings\\.xml|ssh/(?!known_hosts|.+\\.pub).+"
                    + "|gnupg/.+)");

    private static final Pattern STORES = Pattern.compile(".+\\.(?:p12|pfx|jks|jceks|bcfks|keystore)");
    private static final Pattern KEYS = Pattern.compile(".+\\.(?:pem|key|ppk)");
    private static final Pattern PUBLIC = Pattern.compile("-----BEGIN (?:[A-Z0-9]+ ){0,2}"
            + "(?:CERTIFICATE|CERTIFICATE REQUEST|PUBLIC KEY|X509 CRL|PKCS7|(?:DH|EC) PARAMETERS)-----");

    private SecretFiles() {}

    /** Looks at a file. Of what the plugin writes itself, and of jars, the name says enough. */
    static Optional<SecretFinding> look(PlacedFile file, OpenArchives archives) throws IOException {
        boolean isPlain = !(file.source() instanceof Generated) && !file.path().endsWith(".jar");
        return look(file.path(), isPlain && file.source() instanceof Bytes source ? content(source, archives) : "");
    }

    private static Optional<SecretFinding> look(String name, String content) {
        String lower = name.toLowerCase(Locale.ROOT);
        String last = lower.substring(lower.lastIndexOf('/') + 1);
        if (isLogin(lower, last)) {
            return found(name, "a file of that name holds logins or keys", Weight.CERTAIN);
        }
        Optional<SecretShape> shape = SecretShape.in(content);
        if (shape.isPresent()) {
            return found(name, "it holds " + shape.get().words(), Weight.CERTAIN);
        }
        if (last.equals("settings.xml") && content.contains("<settings") && content.contains("<server>")) {
            return found(name, "it is Maven's, with logins of servers", Weight.CERTAIN);
        }
        if (STORES.matcher(last).matches()) {
            return found(name, "a store that may hold keys", Weight.POSSIBLE);
        }
        return KEYS.matcher(last).matches() && !PUBLIC.matcher(content).find()
                ? found(name, "a file of that name may hold a key", Weight.POSSIBLE)
                : Optional.empty();
    }

    private static boolean isLogin(String path, String last) {
        return (LOGINS.matcher(last).matches() && !EXAMPLES.contains(last))
                || LOGINS_IN_DIRECTORIES.matcher(path).matches();
    }

    private static Optional<SecretFinding> found(String name, String why, Weight weight) {
        return Optional.of(new SecretFinding("the file", name, why, weight));
    }

    /** Every byte is a character, so that any file can be looked at. */
    private static String content(Bytes source, OpenArchives archives) throws IOException {
        try (InputStream in = archives.open(source)) {
            return new String(in.readNBytes(LOOKED_AT), ISO_8859_1);
        }
    }
}
