package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page beside the policies: what to do with them, once and in this order. */
final class Guide {
    private final Setup setup;
    private final List<String> optional;
    private final List<String> steps = new ArrayList<>();

    /**
     * Creates a guide.
     *
     * @param optional names of the policies that are written besides the one that every push needs
     */
    Guide(Setup setup, List<String> optional) {
        this.setup = setup;
        this.optional = List.copyOf(optional);
    }

    /** Returns the page, in Markdown. */
    String text() {
        step("The identity provider", provider());
        step("The role", role());
        step("What the role may do", permissions());
        step("The repositories", repositories());
        if (setup.isCrossAccount()) {
            step("The repositories let the role in", crossAccount());
        }
        step("The first run", firstRun());
        return introduction() + String.join("\n", steps) + "\n" + subjects();
    }

    private void step(String title, String text) {
        steps.add("## " + (steps.size() + 1) + ". " + title + "\n\n" + text);
    }

    private String introduction() {
        Job job = setup.job();
        return fill(
                """
                # How the images of this repository get into ECR

                Written by `ecr:setup`. For what is merged to `@branch@` of @source@ and for each release tag `v*`,
                the job in [`@pipeline@`](../@pipeline@) runs `@command@`
                as the role `@role@`,
                which may push to these repositories of `@registry@`:

                @repositories@

                Do the steps below once, in this order, with credentials that may administer IAM and ECR, in the root of this
                repository. Nothing here is secret.

                """,
                Map.of(
                        "branch", job.branch(),
                        "source", job.source().shown(),
                        "pipeline", job.source().pipeline(),
                        "command", job.command(),
                        "role", setup.role().arn(),
                        "registry", setup.target().registry().host(),
                        "repositories", names("- `", "\n", "`")));
    }

    private String provider() {
        return fill(
                """
                Once for each AWS account. Where the first command lists `@issuer@` already, see that
                `@audience@` is among its audiences, and leave the second one out.

                ```sh
                # in account @account@
                aws iam list-open-id-connect-providers
                aws iam create-open-id-connect-provider --url https://@issuer@ --client-id-list @audience@
                ```
                """,
                Map.of(
                        "issuer", setup.job().source().issuer(),
                        "audience", setup.job().audience(),
                        "account", setup.role().account()));
    }

    private String role() {
        return fill(
                """
                [`trust.json`](trust.json) says which jobs may assume it; see [below](#who-is-let-in).

                ```sh
                # in account @account@
                aws iam create-role --role-name @name@@path@ \\
                  --assume-role-policy-document file://ecr-setup/trust.json
                ```
                """,
                Map.of(
                        "account", setup.role().account(),
                        "name", setup.role().name(),
                        "path",
                                setup.role()
                                        .ownPath()
                                        .map(path -> " --path " + path)
                                        .orElse("")));
    }

    private String permissions() {
        StringBuilder text = new StringBuilder("Every push needs the first policy:\n\n" + put("push", "permissions"));
        text.append("\nThe others are optional, each for itself:\n");
        optional.forEach(name -> text.append(fill(
                        "\n[`permissions-@name@.json`](permissions-@name@.json) @purpose@:\n\n",
                        Map.of("name", name, "purpose", purpose(name))))
                .append(put(name, "permissions-" + name)));
        return text.toString();
    }

    private static String purpose(String policy) {
        return switch (policy) {
            case "undo" ->
                "takes a new tag back when the other one is refused. Leave it out with `ecr.undo=never` alone";
            case "compare" ->
                "names the files that differ when a SHA tag is refused because another image has it; `ecr:diff` needs it, too";
            case "create" ->
                "creates a repository that is not there. It is for `ecr.createRepository=true`"
                        + " alone. With a key of your own, the key must allow it, too";
            case "base" -> "reads the base image, which is in ECR. A repository of another account must allow it, too";
            default -> throw new IllegalArgumentException(policy);
        };
    }

    private String put(String policy, String file) {
        return fill("""
                ```sh
                aws iam put-role-policy --role-name @role@ \\
                  --policy-name ecr-@policy@ --policy-document file://ecr-setup/@file@.json
                ```
                """, Map.of("role", setup.role().name(), "policy", policy, "file", file));
    }

    private String repositories() {
        EcrRegistry registry = setup.target().registry();
        return fill(
                """
                Tags are written once, but those of versions that `ecr.movingVersions` names may move. Leave out what
                exists already.

                ```sh
                # in account @account@
                for name in @names@; do
                  aws ecr create-repository --region @region@ --repository-name "$name" \\
                    --image-tag-mutability IMMUTABLE_WITH_EXCLUSION \\
                    --image-tag-mutability-exclusion-filters @filters@
                done
                ```
                """,
                Map.of(
                        "account", registry.account(),
                        "region", registry.region(),
                        "filters", filters(),
                        "names", names("", " ", "")));
    }

    private String filters() {
        return setup.target().moving().stream()
                .map(pattern -> "filterType=WILDCARD,filter='" + pattern + "'")
                .collect(Collectors.joining(" "));
    }

    private String crossAccount() {
        EcrRegistry registry = setup.target().registry();
        return fill(
                """
                The role is in account @roleaccount@, the repositories are in @account@: both sides have to allow a push.
                A repository has one policy. Where it has one already, add the statements to it by hand.

                ```sh
                # in account @account@
                for name in @names@; do
                  aws ecr set-repository-policy --region @region@ --repository-name "$name" \\
                    --policy-text file://ecr-setup/repository-policy.json
                done
                ```
                """,
                Map.of(
                        "roleaccount", setup.role().account(),
                        "account", registry.account(),
                        "region", registry.region(),
                        "names", names("", " ", "")));
    }

    private String firstRun() {
        return fill(
                """
                Commit `@pipeline@` and this directory, and merge them to `@branch@`. A module is pushed when it binds
                `ecr:push`, which is done once, in the parent POM:

                ```xml
                <plugin>
                  <groupId>io.github.imagedelivery</groupId>
                  <artifactId>ecr-maven-plugin</artifactId>
                  <executions>
                    <execution>
                      <goals>
                        <goal>check</goal>
                        <goal>push</goal>
                      </goals>
                    </execution>
                  </executions>
                </plugin>
                ```

                The POM needs the plugin's `<version>`, and the property `ecr.registry` where no `-D` in the job says it.
                `mvn deploy` deploys jars too, and fails where the POM has no `<distributionManagement>`: set the property
                `maven.deploy.skip` where no jar is to go anywhere.
                """,
                Map.of(
                        "pipeline", setup.job().source().pipeline(),
                        "branch", setup.job().branch()));
    }

    private String subjects() {
        Source source = setup.job().source();
        String admitted = setup.job().subjects().stream()
                .map(subject -> "- `" + subject + "`")
                .collect(Collectors.joining("\n"));
        return fill(
                        """
                        ## Who is let in

                        Jobs whose identity token has the issuer `https://@issuer@`, the audience `@audience@`
                        and one of the subjects

                        @admitted@

                        That is whoever may change the branch or make such a tag: protect both. Pull and merge requests have
                        other subjects, and are not let in.

                        """,
                        Map.of(
                                "issuer",
                                source.issuer(),
                                "audience",
                                setup.job().audience(),
                                "admitted",
                                admitted))
                + Template.read(source.template().replace(".yml", ".md"))
                        .with(Map.of("source", source.shown().replaceFirst("[^/]*/", "")));
    }

    /** Returns the names of all repositories, with a text before, between and after them. */
    private String names(String before, String between, String after) {
        return setup.target().repositories().stream()
                .map(RepositoryName::value)
                .collect(Collectors.joining(after + between + before, before, after));
    }

    private static String fill(String text, Map<String, String> values) {
        return Template.of(text).with(values);
    }
}
