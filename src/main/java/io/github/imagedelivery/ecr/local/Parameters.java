package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The request of an API operation, with its demands. */
record Parameters(Json json) {
    private static final int BATCH = 100;
    private static final int LONGEST_PAGE = 1000;

    String text(String name) throws Refusal {
        return optional(name).orElseThrow(() -> Refusal.invalidParameter(name, "must not be null"));
    }

    Optional<String> optional(String name) {
        return json.get(name).text();
    }

    boolean has(String name) {
        return !json.get(name).isMissing();
    }

    /** Returns a list that must have 1 to 100 items. */
    List<Json> batch(String name) throws Refusal {
        List<Json> items = json.get(name).items();
        if (items.isEmpty() || items.size() > BATCH) {
            throw Refusal.invalidParameter(name, "must have length between 1 and " + BATCH);
        }
        return items;
    }

    List<String> texts(String name) {
        return json.get(name).items().stream()
                .flatMap(item -> item.text().stream())
                .toList();
    }

    /**
     * Returns the page that is asked for by {@code maxResults} and {@code nextToken}, as the member of the answer.
     *
     * @param all what there is, in a stable order
     */
    <T> Json page(String member, List<T> all, Function<T, Json> writer) throws Refusal {
        long size = json.get("maxResults").number().orElse(BATCH);
        if (size < 1 || size > LONGEST_PAGE) {
            throw Refusal.invalidParameter(
                    "maxResults", "Member must have value less than or equal to " + LONGEST_PAGE);
        }
        int from = Math.min(offset(), all.size());
        int to = (int) Math.min(from + size, all.size());
        Json page = Json.object()
                .with(
                        member,
                        Json.array(all.subList(from, to).stream().map(writer).toList()));
        return to < all.size() ? page.with("nextToken", Json.of(token(to))) : page;
    }

    private static String token(int offset) {
        return Secrets.encoded(Integer.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    private int offset() throws Refusal {
        try {
            Optional<String> token = optional("nextToken");
            return token.isEmpty()
                    ? 0
                    : Integer.parseUnsignedInt(
                            new String(Base64.getUrlDecoder().decode(token.get()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidParameter("nextToken", "must be a token of this operation");
        }
    }
}
