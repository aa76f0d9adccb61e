package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A repository spoken to by {@code java.net.http}. */
final class HttpRepository implements Repository {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Endpoint endpoint;
    private final String path;
    private final Conversation conversation;
    private final RetryPolicy retries;
    private final Supplier<Operation> operations;

    /** The parts that a repository needs beside its name. */
    record Parts(Endpoint endpoint, Conversation conversation, RetryPolicy retries, Supplier<Operation> operations) {}

    HttpRepository(RepositoryName name, Parts parts) {
        this.endpoint = parts.endpoint();
        this.path = "/v2/" + name;
        this.conversation = parts.conversation();
        this.retries = parts.retries();
        this.operations = parts.operations();
    }

    @Override
    public Manifest manifest(String reference) throws RegistryException {
        Optional<Digest> digest = digestOf(reference);
        Call call = Call.of("GET", endpoint, path + "/manifests/" + reference, "")
                .with("Accept", String.join(", ", MediaTypes.MANIFESTS));
        Operation operation = operations.get();
        return retries.run(operation, earlier -> {
            try (Answer answer = conversation.ask(call, operation)) {
                if (answer.status() != OK) {
                    throw conversation.refused(call, answer);
                }
                return read(call, answer, digest);
            }
        });
    }

    private static Optional<Digest> digestOf(String reference) throws RegistryException {
        try {
            if (reference.contains(":")) {
                return Optional.of(Digest.parse(reference));
            }
            Tag.parse(reference);
            return Optional.empty();
        } catch (FormatException e) {
            throw new RegistryException(e.getMessage(), e);
        }
    }

    private Manifest read(Call call, Answer answer, Optional<Digest> wanted) throws AttemptException {
        try {
            Optional<byte[]> bytes = answer.bytes(Manifest.MAX_BYTES);
            if (bytes.isEmpty()) {
                throw Exchanges.unfit(call, answer, "with a manifest of more than " + Manifest.MAX_BYTES + " bytes");
            }
            Digest actual = Digest.of(bytes.get());
            if (wanted.isPresent() && !actual.equals(wanted.get())) {
                throw Exchanges.unfit(call, answer, "with other content, which hashes to " + actual);
            }
            String type = answer.header("Content-Type").replaceFirst(";.*", "").strip();
            return Manifest.parse(bytes.get(), type);
        } catch (FormatException e) {
            throw conversation.unfit(call, answer, "with an unreadable manifest: " + e.getMessage());
        } catch (IOException e) {
            throw Exchanges.broken(call, e);
        }
    }

    @Override
    public InputStream open(Descriptor blob) throws RegistryException {
        Call call = Call.of("GET", endpoint, path + "/blobs/" + blob.digest(), "");
        Operation operation = operations.get();
        return retries.run(operation, earlier -> {
            Answer answer = conversation.ask(call, operation);
            if (answer.status() != OK) {
                try (answer) {
                    throw conversation.refused(call, answer);
                }
            }
            OptionalLong length = answer.length();
            if (length.isPresent() && length.getAsLong() != blob.size()) {
                answer.abandon();
                throw Exchanges.unfit(call, answer, "with " + length.getAsLong() + " bytes instead of " + blob.size());
            }
            return new VerifyingInputStream(answer.body(), blob);
        });
    }

    @Override
    public boolean has(Digest blob) throws RegistryException {
        Operation operation = operations.get();
        return retries.run(operation, earlier -> has(blob, operation));
    }

    private boolean has(Digest blob, Operation operation) throws AttemptException {
        Call call = Call.of("HEAD", endpoint, path + "/blobs/" + blob, "");
        try (Answer answer = conversation.ask(call, operation)) {
            if (answer.status() != OK && answer.status() != NOT_FOUND) {
                throw conversation.refused(call, answer);
            }
            return answer.status() == OK;
        }
    }

    @Override
    public Arrival push(Blob blob, Optional<RepositoryName> mountFrom) throws RegistryException {
        Operation operation = operations.get();
        Call post = Call.of("POST", endpoint, path + "/blobs/uploads/", "");
        BlobUpload upload = new BlobUpload(blob, post, conversation, operation);
        return retries.run(operation, earlier -> {
            if (earlier > 0 && isThere(blob.descriptor().digest(), operation)) {
                return Arrival.PRESENT;
            }
            return upload.run(mountFrom);
        });
    }

    /** Looks after a doubt. Where looking is forbidden the blob is pushed again, which never harms. */
    private boolean isThere(Digest blob, Operation operation) throws AttemptException {
        try {
            return has(blob, operation);
        } catch (AttemptException e) {
            if (e.isPassing()) {
                throw e;
            }
            return false;
        }
    }
}
