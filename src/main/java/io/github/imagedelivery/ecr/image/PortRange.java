package io.github.imagedelivery.ecr.image;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Ports that the service listens on: {@code 8080}, {@code 8080/tcp}, {@code 53/udp}, {@code 9000-9003}.
 *
 * @param first the lowest, from 1
 * @param last the highest, up to 65535
 * @param protocol {@code tcp} or {@code udp}
 */
record PortRange(int first, int last, String protocol) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp))?");
    private static final int HIGHEST = 65_535;

    /** Reads a range; empty when it is none. */
    static Optional<PortRange> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(form.group(1));
        int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        String protocol = form.group(3) == null ? "tcp" : form.group(3);
        boolean valid = first >= 1 && first <= last && last <= HIGHEST;
        return valid ? Optional.of(new PortRange(first, last, protocol)) : Optional.empty();
    }

    /** Returns each port of the range, with its protocol: {@code 8080/tcp}. */
    List<String> ports() {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> number + "/" + protocol)
                .toList();
    }
}
