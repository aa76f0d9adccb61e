package io.github.imagedelivery.ecr.mojo;

import java.io.Closeable;
import java.util.Optional;

/** What the user sees while a build runs, if it is a terminal. */
interface Terminal {
    /** Returns how large it is now; empty if there is none, or nothing can be moved on it. */
    Optional<Size> size();

    /** Writes text and control sequences, in one piece. */
    void write(String text);

    /**
     * Has text written if this process ends, however it ends, before what is returned is closed.
     *
     * @return to be closed when the text is needed no longer
     */
    Closeable atTheEnd(String text);

    /** Rows and columns. */
    record Size(int rows, int columns) {}
}
