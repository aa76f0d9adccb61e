package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The extended header of a file in a tar (POSIX.1-2001, "pax interchange format"): what ustar's fields cannot hold. */
final class PaxRecords {
    /** Far more than a path and a size need. */
    static final int MAX_BYTES = 64 * 1024;

    private PaxRecords() {}

    /** Reads {@code <length> <key>=<value>\n} records, the length counting the whole record. */
    static Map<String, String> read(byte[] records) throws FormatException {
        Map<String, String> read = new HashMap<>();
        int at = 0;
        while (at < records.length) {
            int length = length(records, at);
            int space = at + Integer.toString(length).length();
            int end = at + length;
            if (end > records.length || end <= space + 1 || records[end - 1] != '\n') {
                throw wrong();
            }
            String record = new String(records, space + 1, end - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 1) {
                throw wrong();
            }
            read.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return read;
    }

    private static int length(byte[] records, int at) throws FormatException {
        ByteArrayOutputStream digits = new ByteArrayOutputStream();
        for (int i = at; i < records.length && records[i] != ' '; i++) {
            digits.write(records[i]);
        }
        String text = digits.toString(StandardCharsets.US_ASCII);
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw wrong();
        }
        return Integer.parseInt(text);
    }

    private static FormatException wrong() {
        return new FormatException("not a tar: an extended header cannot be read");
    }
}
