package io.github.imagedelivery.ecr.local;

import java.util.HashMap;
import java.util.Map;

/** Makes what was written invisible to the next reads, as an eventually consistent service may. */
final class Lag {
    private final Map<String, Integer> hidden = new HashMap<>();
    private int reads;

    /** Hides each following write from its next reads; 0 ends that. */
    synchronized void set(int count) {
        reads = count;
        if (count == 0) {
            hidden.clear();
        }
    }

    synchronized void written(String repository, String reference) {
        if (reads > 0) {
            hidden.put(key(repository, reference), reads);
        }
    }

    /** Tells whether this read comes too early; counts it. */
    synchronized boolean hides(String repository, String reference) {
        Integer left = hidden.remove(key(repository, reference));
        if (left == null) {
            return false;
        }
        if (left > 1) {
            hidden.put(key(repository, reference), left - 1);
        }
        return true;
    }

    private static String key(String repository, String reference) {
        return repository + " " + reference;
    }
}
