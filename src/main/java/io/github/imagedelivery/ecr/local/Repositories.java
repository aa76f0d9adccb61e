package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The repositories of the registry. Safe for use by several threads. */
final class Repositories {
    private final Map<String, RepositoryState> byName = new ConcurrentSkipListMap<>();
    private final Settings settings;
    private final Storage storage;
    private final Lag lag;

    Repositories(Settings settings, Storage storage, Lag lag) throws IOException {
        this.settings = settings;
        this.storage = storage;
        this.lag = lag;
        for (Snapshot saved : storage.load()) {
            byName.put(saved.repository(), RepositoryState.restore(saved, settings, storage, lag));
        }
    }

    /** Returns all repositories by name. */
    List<RepositoryState> all() {
        return new ArrayList<>(byName.values());
    }

    Optional<RepositoryState> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    RepositoryState get(String name) throws Refusal {
        return named(name).orElseThrow(() -> Refusal.repositoryNotFound(name, settings.account()));
    }

    /** Returns the repository to push to, created if that is what the registry was started with. */
    RepositoryState forPush(String name) throws Refusal, IOException {
        if (!settings.createOnPush()) {
            return get(name);
        }
        synchronized (this) {
            return byName.containsKey(name)
                    ? get(name)
                    : create(name, new Snapshot.Rules(TagMutability.MUTABLE, List.of()));
        }
    }

    /** Creates a repository ({@code CreateRepository}). */
    synchronized RepositoryState create(String name, Snapshot.Rules rules) throws Refusal, IOException {
        checkName(name);
        if (byName.containsKey(name)) {
            throw new Refusal(
                    400,
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + name + "' already exists in the registry with id '"
                            + settings.account() + "'");
        }
        Snapshot empty = Snapshot.empty(name, rules, settings.clock().instant());
        RepositoryState created = RepositoryState.create(empty, settings, storage, lag);
        byName.put(name, created);
        return created;
    }

    private static void checkName(String name) throws Refusal {
        try {
            RepositoryName.parse(name);
        } catch (FormatException e) {
            throw Refusal.invalidParameter("repositoryName", RepositoryName.GRAMMAR);
        }
        if (Arrays.stream(name.split("/")).anyMatch(LayoutFiles::isReserved)) {
            throw Refusal.invalidParameter(
                    "repositoryName", "must not have a part that names a file of an image layout");
        }
    }

    Storage storage() {
        return storage;
    }

    void dropUnreferencedBlobs() throws IOException {
        for (RepositoryState repository : all()) {
            repository.dropUnreferenced();
        }
    }
}
