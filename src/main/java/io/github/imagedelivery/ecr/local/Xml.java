package io.github.imagedelivery.ecr.local;

/** Writes the little XML and HTML that is needed. */
final class Xml {
    private static final String STS = "https://sts.amazonaws.com/doc/2011-06-15/";

    private Xml() {}

    /** Returns the text as content of an element or of a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String element(String name, String text) {
        return "<" + name + ">" + escaped(text) + "</" + name + ">";
    }

    /** Returns the answer of an STS operation around its result. */
    static String response(String operation, String result) {
        return "<" + operation + "Response xmlns=\"" + STS + "\"><" + operation + "Result>" + result + "</" + operation
                + "Result><ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId>"
                + "</ResponseMetadata></" + operation + "Response>";
    }

    static String error(String code, String message) {
        return "<ErrorResponse xmlns=\"" + STS + "\"><Error><Type>Sender</Type>" + element("Code", code)
                + element("Message", message) + "</Error></ErrorResponse>";
    }

    static Reply reply(int status, String document) {
        return Reply.text(status, "text/xml; charset=utf-8", document);
    }
}
