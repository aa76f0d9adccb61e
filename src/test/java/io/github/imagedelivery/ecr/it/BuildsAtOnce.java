package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Processes of Maven that publish to one repository at once. They meet at the request that matters: it is held until
 * all of them have made it, and then all go on together.
 */
public final class BuildsAtOnce {
    private static final int ON_THE_PAGE = 8;
    private static final String REPOSITORY = Aftermath.REPOSITORY;

    private final File project;
    private final File localRepository;
    private final int builds;

    private BuildsAtOnce(File project, File localRepository, int builds) {
        this.project = project;
        this.localRepository = localRepository;
        this.builds = builds;
    }

    /** Where the builds wait for each other. */
    private record Meeting(Occasion occasion, Supplier<Hold> hold) {}

    /** One build's working copy, the version that it publishes, and what became of it. */
    private record Entrant(Checkout checkout, String sha, String version) {
        String result() throws Exception {
            return checkout.result();
        }

        Digest digest() throws Exception {
            return Digest.parse(checkout.report().get("digest").text().orElseThrow());
        }
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(File project, File localRepository, String target, String builds) throws Exception {
        Git.init(project);
        BuildsAtOnce test = new BuildsAtOnce(project, localRepository, Integer.parseInt(builds));
        ResultPage page = ResultPage.of("builds", "met at", "results");
        page.row(List.of("of one commit", "the write of the SHA tag", test.ofOneCommit()));
        page.row(List.of("of one release, from different commits", "the write of the version", test.ofOneRelease()));
        page.row(List.of(
                "of one moving version, from different commits",
                "the answer to the write of the version",
                test.ofOneMovingVersion()));
        page.row(List.of(
                "of different versions with one new layer of dependencies",
                "the answer to the login",
                test.withOneNewLayer()));
        page.write(target, "processes.md", builds + " builds at once");
        if (test.builds == ON_THE_PAGE) {
            page.check("builds-at-once");
        }
    }

    private String ofOneCommit() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            List<Entrant> entrants = new ArrayList<>();
            for (int i = 1; i <= builds; i++) {
                Checkout checkout = Checkout.of(project, localRepository, "commit-" + i);
                entrants.add(new Entrant(checkout, checkout.git().head(), "1.4.0"));
            }
            String sha = entrants.get(0).sha();
            race(ecr, entrants, new Meeting(put(sha), Hold::before));
            assertThat(results(entrants)).isSubsetOf("PUBLISHED", "ALREADY_PUBLISHED");
            assertThat(ecr.tags(REPOSITORY))
                    .containsOnly(
                            Map.entry(sha, entrants.get(0).digest()),
                            Map.entry("1.4.0", entrants.get(0).digest()));
            return end(ecr, entrants);
        }
    }

    private String ofOneRelease() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            List<Entrant> entrants = different("release", i -> "1.4.0");
            race(ecr, entrants, new Meeting(put("1.4.0"), Hold::before));
            assertThat(results(entrants)).containsOnlyOnce("PUBLISHED").isSubsetOf("PUBLISHED", "FAILED_CLEAN");
            Entrant winner = winner(entrants);
            assertThat(ecr.tags(REPOSITORY))
                    .containsOnly(Map.entry(winner.sha(), winner.digest()), Map.entry("1.4.0", winner.digest()));
            return end(ecr, entrants);
        }
    }

    private String ofOneMovingVersion() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            List<Entrant> entrants = different("moving", i -> "1.5.0-SNAPSHOT");
            race(ecr, entrants, new Meeting(put("1.5.0-SNAPSHOT"), Hold::after));
            // All have written when the first of them reads back.
            assertThat(results(entrants)).containsOnlyOnce("PUBLISHED").isSubsetOf("PUBLISHED", "SUPERSEDED");
            Map<String, Digest> expected = new HashMap<>();
            expected.put("1.5.0-SNAPSHOT", winner(entrants).digest());
            for (Entrant entrant : entrants) {
                expected.put(entrant.sha(), entrant.digest());
            }
            assertThat(ecr.tags(REPOSITORY)).isEqualTo(expected);
            return end(ecr, entrants);
        }
    }

    private String withOneNewLayer() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            List<Entrant> entrants = different("layer", i -> "1.4." + i);
            // So small a layer is sent without a question: all of them send it.
            race(ecr, entrants, new Meeting(Occasion.of("ecr:GetAuthorizationToken"), Hold::after));
            assertThat(results(entrants)).containsOnly("PUBLISHED");
            Map<String, Digest> expected = new HashMap<>();
            for (Entrant entrant : entrants) {
                assertThat(fateOfDependencies(entrant)).isEqualTo("uploaded");
                expected.put(entrant.sha(), entrant.digest());
                expected.put(entrant.version(), entrant.digest());
            }
            assertThat(ecr.tags(REPOSITORY)).isEqualTo(expected);
            return end(ecr, entrants);
        }
    }

    private static String fateOfDependencies(Entrant entrant) throws Exception {
        return entrant.checkout().report().get("layers").items().stream()
                .filter(layer -> layer.get("name").text().equals(Optional.of("dependencies")))
                .map(layer -> layer.get("fate").text().orElse(""))
                .findFirst()
                .orElse("");
    }

    /** Makes builds of different commits of different applications. */
    private List<Entrant> different(String name, IntFunction<String> version) throws Exception {
        List<Entrant> entrants = new ArrayList<>();
        for (int i = 1; i <= builds; i++) {
            Checkout checkout = Checkout.of(project, localRepository, name + "-" + i);
            checkout.change("Application " + i);
            entrants.add(new Entrant(checkout, checkout.git().head(), version.apply(i)));
        }
        return entrants;
    }

    private static Occasion put(String tag) {
        return Occasion.of("ecr:PutImage").about(REPOSITORY + ":" + tag);
    }

    /** Starts all builds, lets them meet, and waits for their ends; those alone succeed that say so. */
    private static void race(LocalEcr ecr, List<Entrant> entrants, Meeting meeting) throws Exception {
        List<Hold> holds = new ArrayList<>();
        for (int i = 1; i <= entrants.size(); i++) {
            Hold hold = meeting.hold().get();
            ecr.faults().inject(meeting.occasion().nth(i), hold);
            holds.add(hold);
        }
        List<MavenBuild> started = new ArrayList<>();
        try {
            for (Entrant entrant : entrants) {
                started.add(entrant.checkout().deploy(ecr, "-Decr.version=" + entrant.version()));
            }
            meet(holds, started);
            for (int i = 0; i < started.size(); i++) {
                boolean isGreen = started.get(i).await() == 0;
                String result = entrants.get(i).result();
                assertThat(isGreen)
                        .as("%s in\n%s", result, started.get(i).log())
                        .isEqualTo(result.endsWith("PUBLISHED"));
            }
        } finally {
            started.forEach(MavenBuild::close);
        }
    }

    private static void meet(List<Hold> holds, List<MavenBuild> started) throws Exception {
        for (int i = 0; i < holds.size(); i++) {
            started.get(i).awaitHeld(holds.get(i));
        }
        List<Callable<Boolean>> releases = new ArrayList<>();
        for (Hold hold : holds) {
            releases.add(() -> {
                hold.release();
                return true;
            });
        }
        SideBySide.run(holds.size(), releases);
    }

    private static List<String> results(List<Entrant> entrants) throws Exception {
        List<String> results = new ArrayList<>();
        for (Entrant entrant : entrants) {
            results.add(entrant.result());
        }
        return results;
    }

    private static Entrant winner(List<Entrant> entrants) throws Exception {
        return entrants.get(results(entrants).indexOf("PUBLISHED"));
    }

    /** Looks through and removes the copies, and says how often there was which result. */
    private static String end(LocalEcr ecr, List<Entrant> entrants) throws Exception {
        List<String> results = results(entrants);
        for (Entrant entrant : entrants) {
            entrant.checkout().isClean(ecr);
            entrant.checkout().delete();
        }
        return String.join(
                ", ",
                results.stream()
                        .distinct()
                        .sorted(Collections.reverseOrder())
                        .map(result -> Collections.frequency(results, result) + " " + result)
                        .toList());
    }
}
