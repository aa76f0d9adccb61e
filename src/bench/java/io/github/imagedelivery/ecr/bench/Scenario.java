package io.github.imagedelivery.ecr.bench;

import java.util.ArrayList;
import java.util.List;

/** A situation in which a build delivers its image. */
enum Scenario {
    /** Nothing is in the repository; the base image is in the same registry. */
    FIRST_PUSH_MOUNTED("first push, base mounted", RegistryProcess.MOUNTABLE, true),
    /** Nothing is in the repository; the base image is in another registry. */
    FIRST_PUSH_STREAMED("first push, base streamed", RegistryProcess.STREAMED, true),
    /** The last commit's image is there; one class is another in this one. */
    ONE_CLASS_CHANGED("one class changed", RegistryProcess.STREAMED, false) {
        @Override
        int revision(int run) {
            return run;
        }
    },
    /** The image is there under both tags. */
    NO_CHANGE("redeploy without change", RegistryProcess.STREAMED, false);

    private final String title;
    private final String base;
    private final boolean intoEmptyRepository;

    Scenario(String title, String base, boolean intoEmptyRepository) {
        this.title = title;
        this.base = base;
        this.intoEmptyRepository = intoEmptyRepository;
    }

    String title() {
        return title;
    }

    /** Returns the number of the commit that a run delivers; 0 is what is there before the first run. */
    int revision(int run) {
        return 0;
    }

    /** Measures so many runs, each by a client with empty caches; the first of them warms up. */
    List<Sample> measure(Workspace workspace, int runs) throws Exception {
        if (!intoEmptyRepository) {
            workspace.registry().createRepository("orders");
            deliver(workspace, "orders", 0);
        }
        List<Sample> samples = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            String repository = intoEmptyRepository ? "orders-" + run : "orders";
            if (intoEmptyRepository) {
                workspace.registry().createRepository(repository);
            }
            int revision = revision(run);
            workspace.application().change(revision);
            samples.add(Sample.of(workspace.registry(), () -> deliver(workspace, repository, revision)));
        }
        return samples;
    }

    private void deliver(Workspace workspace, String repository, int revision) throws Exception {
        try (Client client = Client.of(workspace.registry().variables(), workspace.emptyDirectory())) {
            client.deliver(
                    workspace.application().application(),
                    repository,
                    workspace.registry().variable(base),
                    revision);
        }
    }
}
