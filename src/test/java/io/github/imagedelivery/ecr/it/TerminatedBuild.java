package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.it.Aftermath.Left;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A build that is asked to end (SIGTERM), as a CI server does when a job is cancelled: before the first tag it ends at
 * once, from then on it finishes, unless ECR lets it wait for too long. Each is followed by one that is left alone.
 */
public final class TerminatedBuild {
    private static final int THREADS = 2;
    /** 128 and the number of the signal: the JVM's own, whatever was finished meanwhile. */
    private static final int TERMINATED = 143;

    private static final String ENDING = "ecr-publish-ending";

    private final File project;
    private final File localRepository;
    private final String sha;

    private TerminatedBuild(File project, File localRepository, String sha) {
        this.project = project;
        this.localRepository = localRepository;
        this.sha = sha;
    }

    /** What the build does with the signal. */
    private enum Manner {
        AT_ONCE("ends at once"),
        FINISHES("finishes, then ends"),
        GIVES_UP("waits five seconds for an answer, then ends");

        final String title;

        Manner(String title) {
            this.title = title;
        }
    }

    /** A signal: the request at which it comes, what the build does, and which tags are there when it has ended. */
    private record Signal(String request, boolean isApplied, Occasion occasion, Manner manner, Left left) {
        String moment() {
            return isApplied ? "before its answer" : "before it";
        }
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(File project, File localRepository, String target) throws Exception {
        if (!MavenBuild.canShowThreads() && !Programs.areMandatory()) {
            return;
        }
        TerminatedBuild test =
                new TerminatedBuild(project, localRepository, Git.init(project).head());
        List<Callable<List<String>>> cases = new ArrayList<>();
        for (Signal signal : test.signals()) {
            String name = "signal-" + (cases.size() + 1);
            cases.add(() -> test.row(signal, name));
        }
        List<List<String>> rows = SideBySide.run(THREADS, cases);
        ResultPage page = ResultPage.of("request", "signal", "the build", "left", "next build");
        rows.forEach(page::row);
        page.write(target, "terminations.md", rows.size() + " builds told to end by SIGTERM");
        page.check("terminated-builds");
    }

    private List<Signal> signals() throws Exception {
        List<Signal> signals = new ArrayList<>();
        signals.addAll(beforeTheFirstTag());
        Occasion sha = first("ecr:PutImage").about("orders:" + this.sha);
        Occasion version = first("ecr:PutImage").about("orders:" + Aftermath.VERSION);
        // Preflight asks for the SHA tag first, reading back for the version.
        Occasion readBack = first("ecr:BatchGetImage").about("orders:" + Aftermath.VERSION);
        for (Manner manner : List.of(Manner.FINISHES, Manner.GIVES_UP)) {
            boolean finishes = manner == Manner.FINISHES;
            for (boolean isApplied : new boolean[] {false, true}) {
                Left early = isApplied ? Left.SHA : Left.NOTHING;
                Left late = isApplied ? Left.BOTH : Left.SHA;
                signals.add(new Signal("the SHA tag is written", isApplied, sha, manner, finishes ? Left.BOTH : early));
                signals.add(
                        new Signal("the version is written", isApplied, version, manner, finishes ? Left.BOTH : late));
            }
            signals.add(new Signal("the tags are read back", false, readBack, manner, Left.BOTH));
        }
        return signals;
    }

    private List<Signal> beforeTheFirstTag() {
        Occasion upload = first("PUT /v2/orders/blobs/uploads/<session>");
        Occasion manifest = first("ecr:PutImage");
        return List.of(
                atOnce("the repository is asked for", false, first("ecr:BatchGetImage")),
                atOnce("a login is asked for", false, first("ecr:GetAuthorizationToken")),
                atOnce("a blob is sent", false, upload),
                atOnce("a blob is sent", true, upload),
                atOnce("the image is staged", false, manifest),
                atOnce("the image is staged", true, manifest));
    }

    /** The next build is to meet nothing. */
    private static Occasion first(String kind) {
        return Occasion.of(kind).nth(1);
    }

    private static Signal atOnce(String request, boolean isApplied, Occasion occasion) {
        return new Signal(request, isApplied, occasion, Manner.AT_ONCE, Left.NOTHING);
    }

    private List<String> row(Signal signal, String name) throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, name);
            Hold hold = signal.isApplied() ? Hold.after() : Hold.before();
            ecr.faults().inject(signal.occasion(), hold);
            terminate(checkout.deploy(ecr), hold, signal.manner());
            Aftermath aftermath = new Aftermath(ecr, sha);
            assertThat(aftermath.left(checkout)).as(signal.toString()).isEqualTo(signal.left());
            boolean isFinished = signal.manner() == Manner.FINISHES;
            assertThat(checkout.result()).as(signal.toString()).isEqualTo(isFinished ? "PUBLISHED" : "");
            assertThat(checkout.promisesBothTags()).isEqualTo(isFinished);
            String next = aftermath.heal(checkout, hold);
            return List.of(signal.request(), signal.moment(), signal.manner().title, signal.left().title, next);
        }
    }

    /** Ends the build while a request is held, which goes on first only where the build is to finish. */
    private static void terminate(MavenBuild started, Hold hold, Manner manner) throws Exception {
        try (MavenBuild build = started) {
            build.awaitHeld(hold);
            build.terminate();
            if (manner == Manner.FINISHES) {
                build.awaitThread(ENDING);
                hold.release();
            }
            assertThat(build.await()).as("exit code of:\n%s", build.log()).isEqualTo(TERMINATED);
        }
    }
}
