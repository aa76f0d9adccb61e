package io.github.imagedelivery.ecr.mojo;

import java.util.Optional;

/** What the user sees while a build runs, if it is a terminal. */
interface Terminal {
    /** Returns how large it is now; empty if there is none, or nothing can be moved on it. */
    Optional<Size> size();

    /** Writes text and control sequences, in one piece. */
    void write(String text);

    /** Rows and columns. */
    record Size(int rows, int columns) {}
}
