package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Candidate;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Finding;
import io.github.imagedelivery.ecr.delivery.Inspection;
import io.github.imagedelivery.ecr.delivery.InspectionReport;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Looks, before anything is compiled, at all that {@code ecr:push} would be refused for at the end: who the build is,
 * the repositories, both tags of each, the rights to push and to undo, the base images, the working copy. The first
 * execution in a build checks all of its modules at once, with the parameters that {@code ecr:push} or
 * {@code ecr:stage} has in each; the others wait for it, and fail if it fails. In a build that does not come by the phase in which images
 * are made, such as {@code mvn test}, nothing is checked.
 *
 * @since 0.1.0
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class CheckMojo extends SessionGoal {
    private static final String DONE = "ecr-maven-plugin.checked";

    /**
     * Whether the rights to push and to undo are tried out by requests that cannot succeed: an upload that nothing
     * follows, an image whose layer is not there, the removal of a tag that nothing has. They leave no trace but in
     * CloudTrail.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.check.probes", defaultValue = "true")
    boolean probes;

    /**
     * Whether layers of the base image are brought into the repository while the build compiles and tests, so that the push
     * finds them there: once the check has passed, in a build that comes by {@code ecr:push} or {@code ecr:stage}, and into
     * a repository that is there. Nothing of it can be seen, since no tag and no image is written; what fails is left to
     * the push. {@code -Decr.prefetch=false} leaves all to the push.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.prefetch", defaultValue = "true")
    boolean prefetch;

    /** Directory that the report is written to. */
    @Parameter(defaultValue = "${project.build.directory}/ecr", readonly = true)
    File reportDirectory;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (!OncePerBuild.run(session, DONE, this::announced)) {
            throw Failures.of(DeliveryException.ofUser(
                    "The check of this build has failed; nothing was built or sent",
                    "the check of all modules ran in another one, and said there what is wrong",
                    "put that right"));
        }
    }

    private void announced() throws MojoExecutionException, MojoFailureException {
        Announcements.begin(session, new GoalLog(getLog()));
        Announcements.run(session, this::check);
    }

    private void check() throws DeliveryException {
        List<Target> targets = SessionTargets.of(session, execution).stream()
                .filter(target -> !target.isSkipped())
                .toList();
        if (targets.stream().noneMatch(Target::isReached)) {
            new GoalLog(getLog()).nothingToCheck();
            return;
        }
        JibProperties.refuse(session, targets.stream().anyMatch(target -> target.parameters().to != null));
        EarlyWork early = new EarlyWork();
        InspectionReport report = inspect(targets, early);
        new FindingTable(getLog()).print(report);
        report.write(reportDirectory.toPath());
        Optional<DeliveryException> refusal = report.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        early.begin(session, new MavenDeliveryLog(getLog())::completed);
    }

    /** Modules that go to one registry as one identity share a wiring, and what is asked through it. */
    @SuppressWarnings("UnnecessaryAssignment") // Maven injects into the goals alone that it makes itself
    private InspectionReport inspect(List<Target> targets, EarlyWork early) throws DeliveryException {
        Map<Wiring, List<Candidate>> wirings = new LinkedHashMap<>();
        Set<Candidate> pushed = new HashSet<>();
        List<InspectionReport> reports = new ArrayList<>();
        for (Target target : targets) {
            target.parameters().setLog(getLog());
            target.parameters().decrypter = decrypter;
            try {
                Candidate candidate = Candidates.of(target);
                wirings.computeIfAbsent(wiring(target), wiring -> new ArrayList<>())
                        .add(candidate);
                if (isPrefetched(target)) {
                    pushed.add(candidate);
                }
            } catch (DeliveryException e) {
                Finding finding = Finding.failed(target.project().getArtifactId(), "configuration", e);
                reports.add(new InspectionReport(List.of(finding), 0, 0));
            }
        }
        MavenDeliveryLog log = new MavenDeliveryLog(getLog());
        wirings.forEach((wiring, modules) -> {
            Inspection inspection = wiring.inspection(log);
            reports.add(inspection.inspect(modules, probes, log::completed));
            early.add(inspection, modules.stream().filter(pushed::contains).toList());
        });
        return InspectionReport.ofAll(reports);
    }

    private boolean isPrefetched(Target target) {
        return prefetch
                && !session.isOffline()
                && !target.parameters().dryRun
                && SessionTargets.isPushed(session, execution, target);
    }

    private static Wiring wiring(Target target) throws DeliveryException {
        PushMojo goal = target.parameters();
        return Wiring.of(goal, new BaseParameters(goal).bases(Environment.of(goal.session)));
    }
}
