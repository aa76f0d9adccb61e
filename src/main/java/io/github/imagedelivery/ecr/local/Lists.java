package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;

/**
 * {@code tags/list} and {@code _catalog}: pages by an opaque token, and not by {@code last} as the specification has
 * it.
 */
final class Lists {
    private static final int DEFAULT = 100;

    private Lists() {}

    static Reply tags(Call call, RepositoryState repository) throws Refusal {
        Json start = Json.object().with("name", Json.of(repository.name()));
        return list(call, start, "tags", List.copyOf(repository.tags().keySet()));
    }

    static Reply repositories(Call call, Repositories repositories) throws Refusal {
        List<String> names =
                repositories.all().stream().map(RepositoryState::name).toList();
        return list(call, Json.object(), "repositories", names);
    }

    private static Reply list(Call call, Json start, String member, List<String> all) throws Refusal {
        if (call.query("last").isPresent()) {
            throw Refusal.invalidParameter("last", "must not be given; follow the Link header");
        }
        String size = call.query("n").orElse(Integer.toString(DEFAULT));
        Json request = Json.object().with("maxResults", new Json.Literal(size));
        Json asked = call.query("next_token")
                .map(token -> request.with("nextToken", Json.of(token)))
                .orElse(request);
        Json page = new Parameters(asked).page(member, all, Json::of);
        Reply reply = Reply.json(200, "application/json; charset=utf-8", start.with(member, page.get(member)));
        return page.get("nextToken")
                .text()
                .map(token -> reply.with(
                        "Link", "<" + call.path() + "?n=" + size + "&next_token=" + token + ">; rel=\"next\""))
                .orElse(reply);
    }
}
