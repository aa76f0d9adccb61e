package io.github.imagedelivery.ecr.oci;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Writes JSON. The compact form is, byte for byte, what Jackson writes by default: only quote, backslash, control
 * characters and those beyond the basic plane are escaped. The config of an image is composed here from one that
 * Jackson wrote, and its digest must not depend on who wrote it.
 */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonWriter(boolean pretty) {
        this.pretty = pretty;
    }

    static String compact(Json json) {
        JsonWriter writer = new JsonWriter(false);
        writer.value(json, 0);
        return writer.out.toString();
    }

    static String pretty(Json json) {
        JsonWriter writer = new JsonWriter(true);
        writer.value(json, 0);
        return writer.out.append('\n').toString();
    }

    private void value(Json json, int level) {
        if (json instanceof Json.Members object) {
            object(object, level);
        } else if (json instanceof Json.Items array) {
            array(array, level);
        } else if (json instanceof Json.Text text) {
            text(text.value());
        } else if (json instanceof Json.Literal literal) {
            out.append(literal.value());
        } else if (json instanceof Json.Null) {
            out.append("null");
        } else {
            throw new IllegalArgumentException("a look-up that found nothing cannot be written");
        }
    }

    private void object(Json.Members object, int level) {
        out.append('{');
        Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, Json> member = members.next();
            lineBreak(level + 1);
            text(member.getKey());
            out.append(pretty ? ": " : ":");
            value(member.getValue(), level + 1);
            out.append(members.hasNext() ? "," : "");
        }
        if (!object.members().isEmpty()) {
            lineBreak(level);
        }
        out.append('}');
    }

    private void array(Json.Items array, int level) {
        out.append('[');
        Iterator<Json> items = array.items().iterator();
        while (items.hasNext()) {
            lineBreak(level + 1);
            value(items.next(), level + 1);
            out.append(items.hasNext() ? "," : "");
        }
        if (!array.items().isEmpty()) {
            lineBreak(level);
        }
        out.append(']');
    }

    private void lineBreak(int level) {
        if (pretty) {
            out.append('\n').append("  ".repeat(level));
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int shortForm = "\"\\\b\f\n\r\t".indexOf(c);
            if (shortForm >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(shortForm));
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
