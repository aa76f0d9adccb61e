package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps everything on the heap and forgets it at the end. */
final class MemoryStorage implements Storage {
    private final Map<String, Map<Digest, Content>> repositories = new ConcurrentHashMap<>();

    @Override
    public Pending begin() {
        return new Growing();
    }

    @Override
    public void keep(Pending content, String repository, Digest digest) {
        of(repository).put(digest, ((Growing) content).finished());
    }

    @Override
    public void link(Digest digest, String from, String to) throws IOException {
        of(to).put(digest, content(from, digest));
    }

    @Override
    public boolean has(String repository, Digest digest) {
        return of(repository).containsKey(digest);
    }

    @Override
    public long size(String repository, Digest digest) throws IOException {
        return content(repository, digest).length;
    }

    @Override
    public InputStream open(String repository, Digest digest) throws IOException {
        return content(repository, digest).open();
    }

    @Override
    public void drop(String repository, Digest digest) {
        of(repository).remove(digest);
    }

    @Override
    public List<Digest> contents(String repository) {
        return List.copyOf(of(repository).keySet());
    }

    @Override
    public void save(Snapshot snapshot) {}

    @Override
    public List<Snapshot> load() {
        return List.of();
    }

    @Override
    public void close() {}

    private Map<Digest, Content> of(String repository) {
        return repositories.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
    }

    private Content content(String repository, Digest digest) throws IOException {
        Content content = of(repository).get(digest);
        if (content == null) {
            throw new FileNotFoundException(digest + " in " + repository);
        }
        return content;
    }

    /** Finished content in pieces, so that a large one needs no large array. */
    private record Content(List<byte[]> pieces, long length) {
        InputStream open() {
            return new SequenceInputStream(Collections.enumeration(
                    pieces.stream().map(ByteArrayInputStream::new).toList()));
        }
    }

    private static final class Growing extends Pending {
        private final List<byte[]> pieces = new ArrayList<>();

        @Override
        OutputStream appending() {
            return new OutputStream() {
                @Override
                public void write(int one) {
                    pieces.add(new byte[] {(byte) one});
                }

                @Override
                public void write(byte[] buffer, int offset, int length) {
                    pieces.add(Arrays.copyOfRange(buffer, offset, offset + length));
                }
            };
        }

        @Override
        void discard() {
            pieces.clear();
        }

        Content finished() {
            return new Content(List.copyOf(pieces), length());
        }
    }
}
