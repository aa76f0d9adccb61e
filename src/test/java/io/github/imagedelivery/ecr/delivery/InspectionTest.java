package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.aws.NewRepository.Encryption;
import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionTest extends WithFixture {
    private static final NewRepository AS_USUAL =
            new NewRepository(List.of(), true, new Encryption("AES256", Optional.empty()), Map.of());

    private InspectionReport inspect(TestModule... modules) {
        return inspect(true, Arrays.stream(modules).map(TestModule::candidate).toList());
    }

    private InspectionReport inspect(boolean probes, List<Candidate> candidates) {
        return fixture.inspection(fixture.source()).inspect(candidates, probes, Exchange.Listener.NONE);
    }

    private static Candidate like(Candidate candidate, boolean isApplication, List<String> unsettled) {
        return new Candidate(
                candidate.name(),
                candidate.coordinates(),
                candidate.creation(),
                candidate.policy(),
                candidate.base(),
                candidate.platforms(),
                candidate.javaRelease(),
                isApplication,
                false,
                candidate.takesLayers(),
                unsettled);
    }

    private List<String> requests() {
        return fixture.ecr.requests().stream().map(request -> request.kind()).toList();
    }

    @Test
    void findsNothingWrongWithAModuleThatCanBePushed() {
        InspectionReport report = inspect(fixture.orders());

        assertThat(report.findings()).extracting(Finding::outcome).containsOnly(Outcome.OK);
        assertThat(report.findings())
                .extracting(Finding::check)
                .containsExactly(
                        "name and tags",
                        "working copy",
                        "pull request",
                        "identity",
                        "login",
                        "repository",
                        "SHA tag",
                        "version tag",
                        "push rights",
                        "undo rights",
                        "base image");
        assertThat(report.refusal()).isEmpty();
    }

    @Test
    void leavesNothingBehind() {
        inspect(fixture.orders());

        assertThat(fixture.ecr.images("orders")).isEmpty();
        assertThat(fixture.ecr.tags("orders")).isEmpty();
    }

    @Test
    void describesTheRepositoriesOfAllModulesInOneRequest() {
        inspect(
                false,
                List.of(fixture.orders().candidate(), fixture.module("billing").candidate()));

        assertThat(requests())
                .filteredOn(kind -> kind.startsWith("ecr:") || kind.startsWith("sts:"))
                .containsExactly(
                        "sts:GetCallerIdentity",
                        "ecr:GetAuthorizationToken",
                        "ecr:DescribeRepositories",
                        "ecr:BatchGetImage",
                        "ecr:BatchGetImage");
    }

    @Test
    void resolvesABaseThatModulesShareOnce() {
        inspect(
                false,
                List.of(
                        fixture.orders().candidate(),
                        fixture.module("billing").base(fixture.pinnedBase()).candidate()));

        assertThat(requests()).filteredOn(kind -> kind.contains("/manifests/")).hasSize(1);
    }

    @Test
    void asksOneByOneWhereOneRepositoryIsMissing() {
        InspectionReport report = inspect(fixture.module("missing"), fixture.orders());

        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("repository"))
                .extracting(Finding::module, Finding::outcome)
                .containsExactly(tuple("missing", Outcome.FAILED), tuple("orders", Outcome.OK));
        assertThat(report.refusal().orElseThrow()).hasMessageContaining("aws ecr create-repository");
    }

    @Test
    void isContentWithAMissingRepositoryThatThePushWillCreate() {
        InspectionReport report = inspect(fixture.module("missing").creating(AS_USUAL));

        assertThat(finding(report, "repository").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(fixture.ecr.repositories()).doesNotContain("missing");
    }

    @Test
    void recognisesARepositoryThatIsCreatedOnPush() throws Exception {
        restart(LocalEcr.builder().createOnPush(true));

        Finding finding = finding(inspect(fixture.module("missing")), "repository");

        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.text()).contains("a template of the registry creates it on push");
    }

    @Test
    void takesARepositoryForMissingWhereTemplatesMayNotBeRead() throws Exception {
        restart(LocalEcr.builder().createOnPush(true));
        fixture.ecr.faults().deny("ecr:DescribeRepositoryCreationTemplates");

        assertThat(finding(inspect(fixture.module("missing")), "repository").outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void failsWhereThePushWouldBeDenied() {
        fixture.ecr.faults().deny("ecr:PutImage");

        Finding finding = finding(inspect(fixture.orders()), "push rights");

        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.remedy()).isEqualTo("allow ecr:PutImage on the repository orders");
    }

    @Test
    void failsWhereUploadsWouldBeDenied() {
        fixture.ecr.faults().deny("ecr:InitiateLayerUpload");

        assertThat(finding(inspect(fixture.orders()), "push rights").remedy())
                .isEqualTo("allow ecr:InitiateLayerUpload on the repository orders");
    }

    @Test
    void warnsThatThereIsNoWayBackWhereTagsMayNotBeRemoved() {
        fixture.ecr.faults().deny("ecr:BatchDeleteImage");

        InspectionReport report = inspect(fixture.orders());

        assertThat(finding(report, "undo rights").outcome()).isEqualTo(Outcome.WARNING);
        assertThat(finding(report, "undo rights").text()).contains("forward only");
        assertThat(report.refusal()).isEmpty();
    }

    @Test
    void warnsThatThereIsNoWayBackWhereTheTagsOfAnImageMayNotBeRead() throws Exception {
        fixture.ecr.faults().deny("ecr:DescribeImages");

        assertThat(finding(inspect(fixture.orders()), "undo rights").outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void doesNotTryToRemoveATagWhereNoneIsEverRemoved() {
        fixture.ecr.faults().deny("ecr:BatchDeleteImage");

        assertThat(finding(inspect(fixture.orders().neverUndoing()), "undo rights")
                        .outcome())
                .isEqualTo(Outcome.OK);
        assertThat(requests()).doesNotContain("ecr:BatchDeleteImage");
    }

    @Test
    void triesNoRightsWhereItIsToldNotTo() {
        InspectionReport report = inspect(false, List.of(fixture.orders().candidate()));

        assertThat(report.findings()).extracting(Finding::check).doesNotContain("push rights", "undo rights");
        assertThat(requests()).doesNotContain("ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:BatchDeleteImage");
    }

    @Test
    void saysThatATagThatIsThereWantsTheSameImage() throws Exception {
        fixture.delivery.publish(List.of(fixture.delivery.stage(fixture.orders().module(), Exchange.Listener.NONE)));

        InspectionReport report = inspect(fixture.orders());

        assertThat(finding(report, "SHA tag").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding(report, "version tag").text()).endsWith("; the build must give the same image");
    }

    @Test
    void failsWhereTheCommitAndItsVersionAreDifferentImages() throws Exception {
        fixture.delivery.publish(List.of(fixture.delivery.stage(fixture.orders().module(), Exchange.Listener.NONE)));
        String other = "1".repeat(40);
        fixture.delivery.publish(List.of(fixture.delivery.stage(
                fixture.orders().sha(other).version("1.5.0").module(), Exchange.Listener.NONE)));

        InspectionReport report = inspect(fixture.orders().version("1.5.0"));

        assertThat(finding(report, "version tag").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.refusal().orElseThrow())
                .hasMessageContaining("the image of this commit is")
                .hasMessageContaining("to fix: release a new version");
    }

    @Test
    void warnsThatAReleaseMostLikelyIsAnotherCommits() throws Exception {
        fixture.delivery.publish(List.of(fixture.delivery.stage(fixture.orders().module(), Exchange.Listener.NONE)));

        assertThat(finding(inspect(fixture.orders().sha("1".repeat(40))), "version tag")
                        .outcome())
                .isEqualTo(Outcome.WARNING);
    }

    @Test
    void warnsThatAMovingVersionCannotMoveInAnImmutableRepository() {
        Finding finding = finding(inspect(fixture.module("strict").version("1.4.0-SNAPSHOT")), "version tag");

        assertThat(finding.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(finding.remedy()).contains("exclude it from the repository's immutability");
    }

    @Test
    void namesTheRulesOfTheRepository() throws Exception {
        fixture.ecr.createRepository("mixed", TagMutability.IMMUTABLE_WITH_EXCLUSION, "*-SNAPSHOT");

        assertThat(finding(inspect(fixture.module("mixed")), "repository").text())
                .endsWith("/mixed, IMMUTABLE_WITH_EXCLUSION of *-SNAPSHOT");
    }

    @Test
    void failsWhereTheBaseImageIsNotThere() {
        InspectionReport report =
                inspect(fixture.module("orders").base(fixture.ecr.registryHost() + "/base/jre:nothing"));

        assertThat(finding(report, "base image").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void failsWhereTheBaseImageIsNotThereForThePlatform() {
        InspectionReport report = inspect(fixture.orders().platform("windows", "arm64"));

        assertThat(finding(report, "base image").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void asksNothingAboutALibrary() {
        InspectionReport report =
                inspect(true, List.of(like(fixture.module("missing").candidate(), false, List.of())));

        assertThat(report.findings()).extracting(Finding::outcome).containsExactly(Outcome.UNKNOWN);
        assertThat(requests()).isEmpty();
    }

    @Test
    void asksNothingWhereTheNameIsNotKnownYet() {
        InspectionReport report = inspect(true, List.of(like(fixture.orders().candidate(), true, List.of("name"))));

        assertThat(report.findings())
                .extracting(Finding::text)
                .containsExactly("not checked: name is set by another plugin, later in the build");
        assertThat(requests()).isEmpty();
    }

    @Test
    void asksNothingWhereTheNameIsWrong() {
        InspectionReport report = inspect(fixture.module("orders").sha("abc"));

        assertThat(report.findings()).extracting(Finding::outcome).containsExactly(Outcome.FAILED);
        assertThat(requests()).isEmpty();
    }

    @Test
    void endsAtTheLoginWhereThatIsDenied() {
        fixture.ecr.faults().deny("ecr:GetAuthorizationToken");

        assertThat(finding(inspect(fixture.orders()), "login").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(requests()).doesNotContain("ecr:DescribeRepositories");
    }

    @Test
    void writesWhatItHasFound() throws Exception {
        fixture.ecr.faults().deny("ecr:BatchDeleteImage");

        inspect(fixture.orders()).write(directory.resolve("report"));

        Json report = Json.parse(
                Files.readString(directory.resolve("report/check.json")).getBytes(UTF_8));
        assertThat(report.get("schema").number()).hasValue(1L);
        assertThat(report.get("outcome").text()).hasValue("warning");
        assertThat(report.get("checks").items().get(9).get("check").text()).hasValue("undo rights");
        assertThat(report.get("checks").items().get(9).get("toDo").text().orElse(""))
                .startsWith("allow ");
    }

    @Test
    void triesTheRightsOfTenRepositoriesAtMost() throws Exception {
        Candidate[] many = new Candidate[12];
        for (int i = 0; i < many.length; i++) {
            fixture.ecr.createRepository("service-" + i);
            many[i] = fixture.module("service-" + i).candidate();
        }

        InspectionReport report = inspect(true, List.of(many));

        assertThat(requests()).filteredOn("ecr:PutImage"::equals).hasSize(10);
        assertThat(report.findings())
                .filteredOn(finding -> finding.text().startsWith("not tried"))
                .extracting(Finding::module)
                .containsExactly("service-10", "service-10", "service-11", "service-11");
    }

    @Test
    void warnsOfTwoModulesThatWantTheSameTags() {
        InspectionReport report =
                inspect(fixture.orders(), fixture.module("billing").repository("orders"));

        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("name and tags"))
                .extracting(Finding::module, Finding::outcome)
                .containsExactly(tuple("orders", Outcome.OK), tuple("billing", Outcome.WARNING));
        assertThat(report.findings())
                .extracting(Finding::text)
                .contains("orders:" + TestModule.SHA
                        + " is to be the image of orders, too: unless they are one image, neither is published");
    }

    @Test
    void namesThePlatformsOfTheBase() throws Exception {
        String base = fixture.seedIndex("linux/amd64", "linux/arm64");

        assertThat(finding(inspect(fixture.orders().base(base)), "base image").text())
                .endsWith(" for linux/amd64; its index names linux/amd64, linux/arm64");
    }

    @Test
    void doesNotPromiseThatATagIsFreeWhichAnArchivedImageMayHave() {
        InspectionReport report = inspect(fixture.module("strict"));

        assertThat(finding(report, "version tag").text()).isEqualTo("1.4.0 is free, unless an archived image has it");
    }
}
