package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.local.PairDeletion;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a modelled repository holds: a value of a few bits, since millions of them are compared.
 *
 * @param tags two bits for each {@link Name}: 0 for free, otherwise the code of the {@link Content}
 * @param contents one bit for each {@link Content} that is there
 */
record RegistryModel(int tags, int contents) {
    static final RegistryModel EMPTY = new RegistryModel(0, 0);

    /**
     * The rules of the repository.
     *
     * @param immutable tags that cannot be pointed elsewhere; ECR refuses even the same digest again
     * @param deletion what becomes of the other tags of an image when one is deleted by tag and digest
     * @param layersGo whether the layers go with an image, or an image that went is made anew from its manifest
     */
    record Rules(Set<Name> immutable, PairDeletion deletion, boolean layersGo) {}

    /** What an operation leaves behind, and what it answers. */
    record Applied(RegistryModel after, Answer answer) {}

    Optional<Content> at(Name name) {
        return Content.of(code(name));
    }

    boolean pointsAt(Name name, Content content) {
        return code(name) == content.code();
    }

    private int code(Name name) {
        return (tags >> name.shift()) & 3;
    }

    boolean has(Content content) {
        return (contents & (1 << content.code())) != 0;
    }

    /** Points a tag at an image that is there from then on. */
    RegistryModel with(Name name, Content content) {
        return new RegistryModel(without(name).tags | (content.code() << name.shift()), contents).with(content);
    }

    private RegistryModel with(Content content) {
        return new RegistryModel(tags, contents | (1 << content.code()));
    }

    private RegistryModel without(Name name) {
        return new RegistryModel(tags & ~(3 << name.shift()), contents);
    }

    RegistryModel without(Content content) {
        return new RegistryModel(tags, contents & ~(1 << content.code()));
    }

    EnumSet<Name> tagsOf(Content content) {
        EnumSet<Name> names = EnumSet.noneOf(Name.class);
        for (Name name : Name.values()) {
            if (pointsAt(name, content)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Applies one operation. */
    Applied apply(Operation operation, Rules rules) {
        return switch (operation.kind()) {
            case READ -> new Applied(this, new Answer.Read(at(operation.name())));
            case TAGS_OF ->
                new Applied(this, new Answer.Tags(tagsOf(operation.content().orElseThrow())));
            case FETCH ->
                new Applied(this, new Answer.Truth(has(operation.content().orElseThrow())));
            case STAGE -> staged(operation.content().orElseThrow());
            case PUT -> put(operation.name(), operation.content().orElseThrow(), rules);
            case UNTAG -> untagged(operation.name(), operation.content().orElseThrow(), rules);
            case UNTAG_ANY ->
                at(operation.name())
                        .map(content -> untagged(operation.name(), content, rules))
                        .orElseGet(() -> new Applied(this, new Answer.Truth(false)));
            case DELETE -> new Applied(deleted(operation.content().orElseThrow()), new Answer.Truth(true));
        };
    }

    private Applied staged(Content content) {
        return new Applied(with(content), new Answer.Truth(!has(content)));
    }

    private Applied put(Name name, Content content, Rules rules) {
        if (at(name).isPresent() && rules.immutable.contains(name)) {
            return new Applied(this, Answer.TAG_EXISTS);
        }
        if (pointsAt(name, content)) {
            return new Applied(this, new Answer.Written(Put.ALREADY_THERE));
        }
        if (!has(content) && rules.layersGo) {
            return new Applied(this, Answer.LAYERS_MISSING);
        }
        return new Applied(with(name, content), new Answer.Written(Put.WRITTEN));
    }

    private Applied untagged(Name name, Content content, Rules rules) {
        if (!pointsAt(name, content)) {
            return new Applied(this, new Answer.Truth(false));
        }
        if (rules.deletion == PairDeletion.DELETES_IMAGE) {
            return new Applied(deleted(content), new Answer.Truth(true));
        }
        RegistryModel after = without(name);
        return new Applied(after.tagsOf(content).isEmpty() ? after.without(content) : after, new Answer.Truth(true));
    }

    private RegistryModel deleted(Content content) {
        RegistryModel after = without(content);
        for (Name name : tagsOf(content)) {
            after = after.without(name);
        }
        return after;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Name name : Name.values()) {
            at(name).ifPresent(content -> text.append(text.length() == 0 ? "" : ", ")
                    .append(name)
                    .append("=")
                    .append(content));
        }
        return "{" + text + "}";
    }
}
