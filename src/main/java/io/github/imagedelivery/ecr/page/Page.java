package io.github.imagedelivery.ecr.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * One document for a browser that loads nothing: its style and its script are in it, and its policy, which names both by
 * their hashes, allows no other.
 */
public final class Page {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");

    /** Content-Security-Policy of every page. */
    public static final String POLICY = "default-src 'none'; style-src " + source(STYLE) + "; script-src "
            + source(SCRIPT) + "; base-uri 'none'; form-action 'none'";

    private Page() {}

    /** Returns a document. */
    public static String of(String title, Html... body) {
        Html head = Html.of(
                "head",
                Html.of("meta").with("charset", "utf-8"),
                Html.of("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY),
                meta("viewport", "width=device-width, initial-scale=1"),
                meta("color-scheme", "light dark"),
                meta("referrer", "no-referrer"),
                Html.of("title", title),
                Html.own("style", STYLE));
        Html skip = Html.of("a", "Skip to the content").with("href", "#content").in("skip");
        Html whole = Html.of("body", skip, Strip.LOOKS, Html.all(body), status(), Html.own("script", SCRIPT));
        return "<!DOCTYPE html>\n" + Html.of("html", head, whole).with("lang", "en");
    }

    private static Html meta(String name, String content) {
        return Html.of("meta").with("name", name).with("content", content);
    }

    /** Says what a script did, to whoever does not see it. */
    private static Html status() {
        return Html.of("p").with("id", "status").with("role", "status").in("unseen");
    }

    /** Returns what names a style or a script in a policy. */
    private static String source(String content) {
        byte[] hash = Digest.sha256().digest(content.getBytes(UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
