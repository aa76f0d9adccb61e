package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.it.Aftermath.Left;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A build killed at every request of a first push, each time followed by one that is left alone; of requests that differ
 * in the blob alone at the first, a middle one and the last, unless every one is asked for. A request is held before it
 * is applied and, where it writes, once more after it was applied and before its answer. What is held goes on only when
 * the next build has ended, as a request does that was on its way for long.
 */
public final class KilledBuild {
    private static final int PROMISED = 25;
    private static final int THREADS = 2;
    private static final int LONGEST_MILLIS = 60;
    private static final long SEED = 20_261_123;

    private final File project;
    private final File localRepository;
    private final String sha;

    private KilledBuild(File project, File localRepository, String sha) {
        this.project = project;
        this.localRepository = localRepository;
        this.sha = sha;
    }

    /**
     * How many builds are killed.
     *
     * @param isWhole whether at every request
     * @param random how many are killed at random besides
     */
    public record Loop(boolean isWhole, int random) {}

    /** Where in a push a build is killed. */
    private record Boundary(String request, boolean isApplied, Occasion occasion) {
        Hold hold() {
            return isApplied ? Hold.after() : Hold.before();
        }
    }

    /** How a case ended. */
    private record Row(String request, String moment, Left left, String phase, String next) {
        List<String> cells() {
            return List.of(request, moment, left.title, phase.isEmpty() ? "none" : phase, next);
        }

        Row ofItsKind() {
            String kind = request.replaceAll(", no\\. .*", "").replaceAll("sha256:[0-9a-f]+", "DIGEST");
            return new Row(kind, moment, left, phase, next);
        }
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(File project, File localRepository, String target, Loop loop) throws Exception {
        KilledBuild test =
                new KilledBuild(project, localRepository, Git.init(project).head());
        List<RecordedRequest> requests = test.undisturbed();
        List<Boundary> boundaries = test.boundaries(requests, loop.isWhole());
        assertThat(boundaries).hasSizeGreaterThanOrEqualTo(PROMISED);
        List<Callable<Row>> cases = new ArrayList<>();
        for (Boundary boundary : boundaries) {
            String name = "boundary-" + (cases.size() + 1);
            cases.add(() -> test.killedAt(boundary, name));
        }
        cases.addAll(test.atRandom(loop.random(), requests.size()));
        List<Row> rows = SideBySide.run(THREADS, cases);
        ResultPage page = ResultPage.of("request", "killed", "left", "phase in push.json", "next build");
        rows.forEach(row -> page.row(row.cells()));
        page.write(target, "kill-loop.md", rows.size() + " builds ended by SIGKILL");
        if (!loop.isWhole()) {
            figures(rows.subList(0, boundaries.size())).check("killed-builds");
        }
    }

    /** Takes requests of one kind that ended alike together. */
    private static ResultPage figures(List<Row> rows) {
        Map<List<String>, Integer> alike = new LinkedHashMap<>();
        rows.forEach(row -> alike.merge(row.ofItsKind().cells(), 1, Integer::sum));
        ResultPage page = ResultPage.of("request", "killed", "left", "phase in push.json", "next build", "cases");
        alike.forEach((cells, count) -> page.row(
                Stream.concat(cells.stream(), Stream.of(count.toString())).toList()));
        return page;
    }

    /** Makes an undisturbed first push, and returns its requests. */
    private List<RecordedRequest> undisturbed() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, "undisturbed");
            assertThat(new Aftermath(ecr, sha).heal(checkout)).isEqualTo("PUBLISHED");
            checkout.isClean(ecr);
            checkout.delete();
            return ecr.requests();
        }
    }

    private List<Boundary> boundaries(List<RecordedRequest> requests, boolean every) {
        Map<String, Integer> counts = new HashMap<>();
        requests.forEach(request -> counts.merge(request.kind() + request.about(), 1, Integer::sum));
        Map<String, Integer> turns = new HashMap<>();
        List<Boundary> boundaries = new ArrayList<>();
        for (RecordedRequest request : requests) {
            int turn = turns.merge(request.kind() + request.about(), 1, Integer::sum);
            int count = counts.getOrDefault(request.kind() + request.about(), 0);
            if (!every && turn != 1 && turn != (count + 1) / 2 && turn != count) {
                continue;
            }
            String title = request.shortKind().replace("<session>", "SESSION")
                    + (request.kind().startsWith("ecr:") ? (" " + about(request)).stripTrailing() : "")
                    + (turn > 1 ? ", no. " + turn : "");
            Occasion occasion =
                    Occasion.of(request.kind()).about(request.about()).nth(turn);
            boundaries.add(new Boundary(title, false, occasion));
            if (isWrite(request)) {
                boundaries.add(new Boundary(title, true, occasion));
            }
        }
        return boundaries;
    }

    private String about(RecordedRequest request) {
        return request.about().replace(sha, "SHA").replaceAll("(sha256:[0-9a-f]{6})[0-9a-f]+", "$1");
    }

    private static boolean isWrite(RecordedRequest request) {
        return request.kind().matches("(POST|PUT|PATCH) /v2/.*|ecr:PutImage");
    }

    private Row killedAt(Boundary boundary, String name) throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, name);
            Hold hold = boundary.hold();
            ecr.faults().inject(boundary.occasion(), hold);
            try (MavenBuild build = checkout.deploy(ecr)) {
                build.awaitHeld(hold);
                build.kill();
            }
            String moment = boundary.isApplied() ? "before its answer" : "before it";
            return row(boundary.request(), moment, new Aftermath(ecr, sha), new Killed(checkout, hold));
        }
    }

    /** A build that was killed, and its request that is still held. */
    private record Killed(Checkout checkout, Hold hold) {}

    private static Row row(String request, String moment, Aftermath aftermath, Killed killed) throws Exception {
        Checkout checkout = killed.checkout();
        Left left = aftermath.left(checkout);
        String phase = checkout.phase();
        return new Row(request, moment, left, phase, aftermath.heal(checkout, killed.hold()));
    }

    /** Builds killed a short time after a request, both drawn by lot. */
    private List<Callable<Row>> atRandom(int count, int requests) {
        Random random = new Random(SEED);
        List<Callable<Row>> cases = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int request = 1 + random.nextInt(requests);
            int millis = random.nextInt(LONGEST_MILLIS);
            String name = "random-" + i;
            cases.add(() -> killedAfter(request, millis, name));
        }
        return cases;
    }

    private Row killedAfter(int request, int millis, String name) throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, name);
            Hold hold = Hold.before();
            ecr.faults().inject(Occasion.matching(kind -> true).nth(request), hold);
            try (MavenBuild build = checkout.deploy(ecr)) {
                build.awaitHeld(hold);
                hold.release();
                build.killAfter(millis);
            }
            String moment = millis + " ms after it";
            return row("request " + request, moment, new Aftermath(ecr, sha), new Killed(checkout, hold));
        }
    }
}
