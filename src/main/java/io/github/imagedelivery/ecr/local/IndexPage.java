package io.github.imagedelivery.ecr.local;

/** The page for a browser. */
final class IndexPage implements Handler {
    private final Repositories repositories;

    IndexPage(Settings settings, Repositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public Reply answer(Call call) {
        return Reply.text(200, "text/html; charset=utf-8", repositories.all().size() + " repositories");
    }
}
