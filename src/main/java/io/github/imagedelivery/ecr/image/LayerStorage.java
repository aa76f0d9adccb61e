package io.github.imagedelivery.ecr.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tarballs in which the layers of an application lie: made when one is needed, freed together. Safe for use by several threads. */
final class LayerStorage implements AutoCloseable {
    private final HeapBudget budget;
    private final Path spillDirectory;
    private final List<Tarball> tarballs = new ArrayList<>();
    private boolean closed;

    /**
     * Creates a storage without tarballs.
     *
     * @param budget pays for their memory
     * @param spillDirectory where they lie when it does not
     */
    LayerStorage(HeapBudget budget, Path spillDirectory) {
        this.budget = budget;
        this.spillDirectory = spillDirectory;
    }

    /** Returns an empty tarball, which may be closed before the others; a closed one when all are. */
    synchronized Tarball tarball() {
        Tarball tarball = new Tarball(budget, spillDirectory);
        if (closed) {
            tarball.close();
        }
        tarballs.add(tarball);
        return tarball;
    }

    @Override
    public synchronized void close() {
        closed = true;
        tarballs.forEach(Tarball::close);
    }
}
