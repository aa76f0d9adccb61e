package io.github.imagedelivery.ecr.page;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text and values of attributes get in through here alone and are escaped, so a piece can be put into any
 * other as it is. Immutable.
 */
public final class Html {
    /** Is nothing, where a piece may be left out. */
    public static final Html NONE = new Html("", "", "");

    private static final Set<String> WITHOUT_END = Set.of("meta");

    /** A line break behind these, so that a page can be read as a text and compared line by line. */
    private static final Set<String> ON_LINES = Set.of(
            "article", "body", "caption", "defs", "div", "dl", "footer", "h1", "h2", "h3", "h4", "head", "header",
            "html", "li", "main", "meta", "nav", "ol", "p", "pattern", "pre", "script", "section", "style", "svg",
            "table", "tbody", "thead", "title", "tr", "ul");

    private final String element;
    private final String attributes;
    private final String content;

    private Html(String element, String attributes, String content) {
        this.element = element;
        this.attributes = attributes;
        this.content = content;
    }

    /** Returns a text. */
    public static Html text(String text) {
        return new Html("", "", escaped(text));
    }

    /** Returns an element with a text in it. */
    public static Html of(String element, String text) {
        return of(element, text(text));
    }

    /** Returns an element with other pieces in it. */
    public static Html of(String element, Html... pieces) {
        return of(element, List.of(pieces));
    }

    /** Returns an element with other pieces in it. */
    public static Html of(String element, Collection<Html> pieces) {
        return new Html(element, "", joined(pieces));
    }

    /** Returns pieces side by side, in no element of their own. */
    public static Html all(Html... pieces) {
        return all(List.of(pieces));
    }

    /** Returns pieces side by side, in no element of their own. */
    public static Html all(Collection<Html> pieces) {
        return new Html("", "", joined(pieces));
    }

    /** Returns an element with a text of this plugin in it that is not escaped: a style sheet or a script. */
    static Html own(String element, String text) {
        return new Html(element, "", text);
    }

    private static String joined(Collection<Html> pieces) {
        return pieces.stream().map(Html::toString).collect(Collectors.joining());
    }

    /** Returns this element with one attribute more. */
    public Html with(String attribute, String value) {
        if (element.isEmpty()) {
            throw new IllegalStateException("no element to put " + attribute + " on");
        }
        if (attributes.contains(" " + attribute + "=")) {
            throw new IllegalStateException(attribute + " is there already");
        }
        return new Html(element, attributes + " " + attribute + "=\"" + escaped(value) + "\"", content);
    }

    /** Returns this element in a class of the style sheet. */
    public Html in(String styleClass) {
        return with("class", styleClass);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Returns the markup. */
    @Override
    public String toString() {
        if (element.isEmpty()) {
            return content;
        }
        String end = WITHOUT_END.contains(element) ? "" : "</" + element + ">";
        return "<" + element + attributes + ">" + content + end + (ON_LINES.contains(element) ? "\n" : "");
    }
}
