package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pushes four blobs of 80 MB at a time; run in a process of its own, whose heap would hold not one of them. */
final class LargePush {
    private static final long LENGTH = 80_000_000;
    private static final int BLOBS = 4;

    private LargePush() {}

    public static void main(String[] args) throws Exception {
        Repository repository = Registries.create(Registries.Settings.DEFAULTS)
                .open(
                        URI.create(args[0]),
                        new RepositoryName("orders"),
                        Authorization.ANONYMOUS,
                        Exchange.Listener.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(BLOBS);
        List<Future<Repository.Arrival>> arrivals = new ArrayList<>();
        for (int i = 0; i < BLOBS; i++) {
            Blob blob = new Generated((byte) i);
            arrivals.add(threads.submit(() -> repository.push(blob, Optional.empty())));
        }
        for (Future<Repository.Arrival> arrival : arrivals) {
            arrival.get();
        }
        threads.shutdown();
    }

    private static final class Generated implements Blob {
        private final byte value;
        private final Descriptor descriptor;

        Generated(byte value) throws IOException {
            this.value = value;
            MessageDigest hash = Digest.sha256();
            byte[] buffer = new byte[64 * 1024];
            try (InputStream in = open()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    hash.update(buffer, 0, read);
                }
            }
            this.descriptor = new Descriptor(MediaTypes.OCI_LAYER, Digest.of(hash), LENGTH);
        }

        @Override
        public Descriptor descriptor() {
            return descriptor;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private long left = LENGTH;

                @Override
                public int read() {
                    return left-- > 0 ? value : -1;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    if (left <= 0) {
                        return -1;
                    }
                    int read = (int) Math.min(length, left);
                    Arrays.fill(bytes, offset, offset + read, value);
                    left -= read;
                    return read;
                }
            };
        }
    }
}
