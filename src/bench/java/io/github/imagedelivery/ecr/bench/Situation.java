package io.github.imagedelivery.ecr.bench;

import static io.github.imagedelivery.ecr.bench.Situation.Before.EMPTY;
import static io.github.imagedelivery.ecr.bench.Situation.Before.PUSHED;
import static io.github.imagedelivery.ecr.bench.Situation.Change.CLASS;
import static io.github.imagedelivery.ecr.bench.Situation.Change.NONE;
import static io.github.imagedelivery.ecr.bench.Situation.Change.TAGS;
import static io.github.imagedelivery.ecr.bench.Situation.Machine.FRESH;
import static io.github.imagedelivery.ecr.bench.Situation.Machine.KNOWS_BASE;
import static io.github.imagedelivery.ecr.bench.Situation.Machine.WARM;

/** What was there before a build that is measured. */
enum Situation {
    FIRST_BASE_CACHED("first push, base cached", EMPTY, KNOWS_BASE, NONE),
    FIRST_COLD("first push, cold", EMPTY, FRESH, NONE),
    FIRST_MOUNTABLE("first push, base mountable", EMPTY, FRESH, NONE) {
        @Override
        String base() {
            return RegistryProcess.MOUNTABLE;
        }
    },
    FRESH_RUNNER("fresh runner, one class changed", PUSHED, FRESH, CLASS),
    WARM_CHANGE("warm, one class changed", PUSHED, WARM, CLASS),
    NO_CHANGE("no change", PUSHED, WARM, NONE),
    NEW_TAGS("two new tags, same image", PUSHED, WARM, TAGS),
    TWO_PLATFORMS("first push of two platforms, base cached", EMPTY, KNOWS_BASE, NONE) {
        @Override
        String base() {
            return RegistryProcess.STREAMED_INDEX;
        }

        @Override
        String platforms() {
            return "linux/amd64,linux/arm64";
        }
    };

    private final String title;
    private final Before before;
    private final Machine machine;
    private final Change change;

    Situation(String title, Before before, Machine machine, Change change) {
        this.title = title;
        this.before = before;
        this.machine = machine;
        this.change = change;
    }

    /** What the repository has. */
    enum Before {
        /** Nothing. */
        EMPTY,
        /** The image of the build before. */
        PUSHED
    }

    /** What the machine has. */
    enum Machine {
        /** No cache of the tool; Maven's local repository is full. */
        FRESH,
        /** The tool's cache of bases. */
        KNOWS_BASE,
        /** All caches. */
        WARM
    }

    /** What is another than in the build before. */
    enum Change {
        NONE,
        CLASS,
        TAGS
    }

    String title() {
        return title;
    }

    Before before() {
        return before;
    }

    Machine machine() {
        return machine;
    }

    Change change() {
        return change;
    }

    /** Returns the platforms of the image. */
    String platforms() {
        return "linux/amd64";
    }

    /** Returns what {@link RegistryHandle#variable} knows the base image by. */
    String base() {
        return RegistryProcess.STREAMED;
    }
}
