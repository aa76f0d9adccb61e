package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Builds with {@code -X -e} that log in as each CI system lets them, some of which fail on the way. No piece of an
 * identity token, a session's keys, a login, the job's own token or the access keys is left in the log, in
 * {@code target}, among the temporary files, in the home directory, in what is handed to the CI system, or in an image.
 */
public final class SecretsStayHidden {
    private static final int THREADS = 2;
    private static final String ROLE = role(Scenario.ACCOUNT);

    private final File project;
    private final File localRepository;

    private SecretsStayHidden(File project, File localRepository) {
        this.project = project;
        this.localRepository = localRepository;
    }

    /** Called by {@code verify.groovy}. */
    public static void verify(File project, File localRepository) throws Exception {
        Git.init(project);
        SecretsStayHidden test = new SecretsStayHidden(project, localRepository);
        List<Callable<Void>> cases = new ArrayList<>();
        for (CiJob job : CiJob.values()) {
            cases.add(() -> test.run(job.name().toLowerCase(Locale.ROOT), job, ROLE, Case.PLAIN));
        }
        cases.add(() -> test.run("role-denied", CiJob.GITHUB, role("210987654321"), Case.FAILS));
        cases.add(() -> test.run("sts-fails-once", CiJob.GITLAB, ROLE, Case.STS_FAILS_ONCE));
        cases.add(() -> test.run("upload-denied", CiJob.GITHUB, ROLE, Case.UPLOAD_DENIED));
        cases.add(() -> test.run("version-refused", CiJob.BUILDKITE, ROLE, Case.VERSION_REFUSED));
        cases.add(() -> test.run("login-ends", CiJob.GITHUB, ROLE, Case.LOGIN_ENDS));
        cases.add(test::withAccessKeys);
        SideBySide.run(THREADS, cases);
    }

    private static String role(String account) {
        return "-Decr.roleArn=arn:aws:iam::" + account + ":role/delivery";
    }

    /** What happens on the way. */
    private enum Case {
        PLAIN(0),
        FAILS(1),
        STS_FAILS_ONCE(0),
        UPLOAD_DENIED(1),
        VERSION_REFUSED(1),
        LOGIN_ENDS(0);

        final int status;

        Case(int status) {
            this.status = status;
        }

        void prepare(LocalEcr ecr, Hold hold) {
            switch (this) {
                case STS_FAILS_ONCE ->
                    ecr.faults()
                            .inject(
                                    Occasion.of("sts:AssumeRoleWithWebIdentity").nth(1),
                                    Behaviour.answer(503, "ServiceUnavailable", "try again"));
                case UPLOAD_DENIED -> ecr.faults().deny("ecr:InitiateLayerUpload");
                case VERSION_REFUSED ->
                    ecr.faults()
                            .inject(
                                    Occasion.of("ecr:PutImage").nth(3),
                                    Behaviour.answer(400, "LimitExceededException", "too many tags"));
                case LOGIN_ENDS ->
                    ecr.faults()
                            .inject(
                                    Occasion.matching(kind -> kind.startsWith("POST /v2/"))
                                            .nth(1),
                                    hold);
                default -> {
                    // Nothing is in the way.
                }
            }
        }
    }

    private Void run(String name, CiJob job, String role, Case what) throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Hold hold = Hold.before();
            what.prepare(ecr, hold);
            Checkout checkout = Checkout.of(project, localRepository, name);
            Map<String, String> variables = new HashMap<>(ecr.environment(job));
            variables.put("GITHUB_OUTPUT", checkout.handedOver("output"));
            variables.put("GITHUB_STEP_SUMMARY", checkout.handedOver("summary"));
            try (MavenBuild build = checkout.deploy(ecr, variables, role, "-X", "-e")) {
                if (what == Case.LOGIN_ENDS) {
                    build.awaitHeld(hold);
                    ecr.faults().expireLogins();
                    hold.release();
                }
                assertThat(build.await())
                        .as("exit code of %s:\n%s", name, build.log())
                        .isEqualTo(what.status);
                assertThat(build.log()).contains("[DEBUG]").contains("AssumeRoleWithWebIdentity");
                assertThat(build.log().contains("::add-mask::"))
                        .as("masks for GitHub")
                        .isEqualTo(job == CiJob.GITHUB);
            }
            checkout.isClean(ecr);
            checkout.delete();
            return null;
        }
    }

    private Void withAccessKeys() throws Exception {
        try (LocalEcr ecr = Scenario.registry()) {
            Checkout checkout = Checkout.of(project, localRepository, "access-keys");
            try (MavenBuild build = checkout.deploy(ecr, "-X", "-e")) {
                assertThat(build.await()).as(build.log()).isZero();
            }
            checkout.isClean(ecr);
            checkout.delete();
            return null;
        }
    }
}
