package io.github.imagedelivery.ecr.delivery;

import static java.util.stream.Collectors.toMap;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.delivery.Pusher.Job;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule of the protocol, taken out by what stands between the publisher and the repository: each must break an
 * invariant, or the rule would not be needed, or not be looked at.
 */
enum Mutation {
    NONE("nothing is taken out"),

    VERSION_FIRST("the version tag is written last") {
        @Override
        TagPlan of(TagPlan plan) {
            return new TagPlan(plan.version(), plan.additional(), plan.sha());
        }
    },

    UNDO_ON_UNKNOWN("nothing is undone while the outcome of a write is not known") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public Put tag(Tag tag, Manifest manifest) throws AwsException {
                    try {
                        return super.tag(tag, manifest);
                    } catch (AwsException e) {
                        throw e.isDefinite() ? e : new AwsException("Believed", "Believed", 400, null);
                    }
                }
            };
        }
    },

    HIDDEN_RETRY("nothing is undone after a repeated write that once timed out") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public Put tag(Tag tag, Manifest manifest) throws AwsException {
                    try {
                        return super.tag(tag, manifest);
                    } catch (AwsException e) {
                        if (e.isDefinite()) {
                            throw e;
                        }
                        return super.tag(tag, manifest);
                    }
                }
            };
        }
    },

    UNDO_BY_DIGEST("the undo names tag and digest, never the digest alone") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public boolean untag(Tag tag, Digest digest) throws AwsException {
                    return store.delete(digest);
                }
            };
        }
    },

    UNDO_BY_TAG("the undo names tag and digest, never the tag alone") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public boolean untag(Tag tag, Digest digest) throws AwsException {
                    return store.untagWhatever(tag, digest);
                }
            };
        }
    },

    UNDO_OF_OTHERS("only a tag that this run has created is undone") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public Put tag(Tag tag, Manifest manifest) throws AwsException {
                    super.tag(tag, manifest);
                    return Put.WRITTEN;
                }
            };
        }
    },

    UNDO_UNDER_OTHERS("nothing is undone where the image has got a new tag meanwhile") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                private final Set<Tag> before = new HashSet<>();
                private boolean written;
                private boolean deleted;

                @Override
                public Put tag(Tag tag, Manifest manifest) throws AwsException {
                    written = true;
                    return super.tag(tag, manifest);
                }

                @Override
                public boolean untag(Tag tag, Digest digest) throws AwsException {
                    deleted = true;
                    return super.untag(tag, digest);
                }

                @Override
                public Set<Tag> tagsOf(Digest digest) throws AwsException {
                    Set<Tag> tags = super.tagsOf(digest);
                    if (written && !deleted) {
                        return before;
                    }
                    before.addAll(written ? Set.of() : tags);
                    return tags;
                }
            };
        }
    },

    UNDO_OF_THE_NAMED("a SHA tag stays where the image had other tags before") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                private final Set<Tag> before = new HashSet<>();
                private boolean written;

                @Override
                public Put tag(Tag tag, Manifest manifest) throws AwsException {
                    written = true;
                    return super.tag(tag, manifest);
                }

                @Override
                public Set<Tag> tagsOf(Digest digest) throws AwsException {
                    Set<Tag> tags = super.tagsOf(digest);
                    before.addAll(written ? Set.of() : tags);
                    tags.removeAll(before);
                    return tags;
                }
            };
        }
    },

    NO_SECOND_LOOK("after an undo the tags of the image are read again") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                private boolean deleted;

                @Override
                public boolean untag(Tag tag, Digest digest) throws AwsException {
                    deleted = true;
                    return super.untag(tag, digest);
                }

                @Override
                public Set<Tag> tagsOf(Digest digest) throws AwsException {
                    return deleted ? Set.of() : super.tagsOf(digest);
                }
            };
        }
    },

    SHA_READ_FIRST("the version is read back first, the SHA tag last") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                private Map<Tag, Manifest> sha = Map.of();

                @Override
                public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
                    if (List.copyOf(tags).equals(List.of(job.version().tag()))) {
                        sha = super.read(List.of(job.sha().tag()));
                    }
                    return List.copyOf(tags).equals(List.of(job.sha().tag())) ? sha : super.read(tags);
                }
            };
        }
    },

    NOT_VERIFIED("what was written is read back, and a missing SHA tag is put again") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                private boolean first = true;

                @Override
                public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
                    if (first || isAskedWhy()) {
                        first = false;
                        return super.read(tags);
                    }
                    return tags.stream()
                            .collect(toMap(tag -> tag, tag -> job.content().manifest()));
                }
            };
        }
    },

    SHA_OVERWRITTEN("a SHA tag of another digest is never overwritten") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
                    Map<Tag, Manifest> read = super.read(tags);
                    read.remove(job.sha().tag(), Content.O.manifest());
                    return read;
                }
            };
        }
    },

    IMMUTABLE_IS_FINAL("where an immutable tag exists it is read, and the same digest is success") {
        @Override
        TagStore of(ScriptedStore store, Job job) {
            return new Decorated(store) {
                @Override
                public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
                    return isAskedWhy() ? Map.of() : super.read(tags);
                }
            };
        }
    };

    private final String rule;

    Mutation(String rule) {
        this.rule = rule;
    }

    /** Returns the rule that is taken out, in words. */
    String rule() {
        return rule;
    }

    /** Returns what the publisher sees of the repository's tags. */
    TagStore of(ScriptedStore store, Job job) {
        return store;
    }

    /** Returns what the publisher takes for its plan. */
    TagPlan of(TagPlan plan) {
        return plan;
    }

    /** A store that does what another does. */
    private static class Decorated implements TagStore {
        private final TagStore store;
        private boolean refused;

        Decorated(TagStore store) {
            this.store = store;
        }

        /** Tells, once, whether the last write was refused, so that the next read asks why. */
        boolean isAskedWhy() {
            boolean asked = refused;
            refused = false;
            return asked;
        }

        @Override
        public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
            return store.read(tags);
        }

        @Override
        public Put tag(Tag tag, Manifest manifest) throws AwsException {
            refused = true;
            Put put = store.tag(tag, manifest);
            refused = false;
            return put;
        }

        @Override
        public Set<Tag> tagsOf(Digest digest) throws AwsException {
            return store.tagsOf(digest);
        }

        @Override
        public boolean untag(Tag tag, Digest digest) throws AwsException {
            return store.untag(tag, digest);
        }
    }
}
