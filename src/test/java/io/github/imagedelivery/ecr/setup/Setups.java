package io.github.imagedelivery.ecr.setup;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What files are written for in tests, and how they are read. */
public final class Setups {
    static final EcrRegistry REGISTRY =
            new EcrRegistry("123456789012.dkr.ecr.eu-west-2.amazonaws.com", "123456789012", "eu-west-2", "aws");

    static final List<TagPattern> SNAPSHOTS = List.of(new TagPattern("*-SNAPSHOT"));

    private Setups() {}

    /** Returns the usual setup: one repository, pushed by GitHub Actions, everything in one account. */
    public static Setup gitHub(String... repositories) throws FormatException {
        return of(source("github.com/OWNER/REPOSITORY"), repositories);
    }

    static Setup gitLab() throws FormatException {
        return of(source("gitlab.com/GROUP/PROJECT"), "shop/orders");
    }

    static Setup crossAccount() throws FormatException {
        Setup setup = gitHub("shop/orders", "shop/billing");
        Role role = Role.parse("arn:aws:iam::999999999999:role/ci/image-delivery");
        return new Setup(setup.target(), setup.job(), role, setup.bases());
    }

    /** Returns the usual setup with a role of another account. */
    static Setup otherAccount() throws FormatException {
        Setup setup = gitHub("shop/orders");
        Role other = Role.parse("arn:aws:iam::999999999999:role/image-delivery");
        return new Setup(setup.target(), setup.job(), other, setup.bases());
    }

    static Setup withBase() throws FormatException {
        Setup setup = gitHub("shop/orders");
        BaseRepository base = new BaseRepository(REGISTRY, new RepositoryName("base/jre"));
        return new Setup(setup.target(), setup.job(), setup.role(), List.of(base));
    }

    static Setup inChina() throws FormatException {
        EcrRegistry registry = new EcrRegistry(
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "123456789012", "cn-north-1", "aws-cn");
        Setup setup = gitLab();
        return new Setup(
                new Destination(registry, setup.target().repositories(), Optional.empty(), SNAPSHOTS),
                setup.job(),
                new Role("aws-cn", "123456789012", "/", "image-delivery"),
                List.of());
    }

    static Setup inEnvironment() throws FormatException {
        Setup setup = gitHub("shop/orders");
        return with(setup, setup.job().in("production").on("release/1.x").with("-f backend"));
    }

    static Setup withPattern() throws FormatException {
        Setup setup = gitHub("shop/orders", "shop/billing");
        return new Setup(setup.target().within("shop/*"), setup.job(), setup.role(), List.of());
    }

    /** Returns setups of all kinds, by a name for the report. */
    static Map<String, Setup> all() throws FormatException {
        return Map.of(
                "GitHub", gitHub("shop/orders", "shop/billing"),
                "immutable subjects", of(source("github.com/OWNER@12/REPOSITORY@345"), "shop/orders"),
                "environment", inEnvironment(),
                "GitLab", gitLab(),
                "cross-account", crossAccount(),
                "base in ECR", withBase(),
                "China", inChina(),
                "pattern", withPattern());
    }

    static Setup with(Setup setup, Job job) {
        return new Setup(setup.target(), job, setup.role(), setup.bases());
    }

    static Source source(String text) throws FormatException {
        return Source.parse(text, Optional.empty());
    }

    private static Setup of(Source source, String... repositories) {
        Destination target = new Destination(
                REGISTRY, Stream.of(repositories).map(RepositoryName::new).toList(), Optional.empty(), SNAPSHOTS);
        return new Setup(target, Job.of(source, 17), new Role("aws", "123456789012", "/", "image-delivery"), List.of());
    }

    /** Returns the files' content by path. */
    static Map<String, String> files(Setup setup) throws FormatException {
        return SetupFiles.of(setup).stream().collect(Collectors.toMap(SetupFile::path, SetupFile::content));
    }

    /** Returns the content of all files of all setups. */
    public static List<String> texts() throws FormatException {
        List<Setup> setups = new ArrayList<>(all().values());
        setups.add(gitHub("shop/orders"));
        setups.add(otherAccount());
        List<String> texts = new ArrayList<>();
        for (Setup setup : setups) {
            texts.addAll(files(setup).values());
        }
        return texts;
    }

    static String file(Setup setup, String path) throws FormatException {
        return Optional.ofNullable(files(setup).get(path)).orElseThrow();
    }

    /** Returns one of the policies that {@code ecr:setup} writes. */
    public static Json policy(Setup setup, String name) throws FormatException {
        return Json.parse(file(setup, "ecr-setup/" + name + ".json"));
    }

    /** Returns the actions that a policy allows. */
    public static List<String> actions(Json policy) {
        return policy.get("Statement").items().stream()
                .flatMap(statement -> texts(statement.get("Action")).stream())
                .toList();
    }

    static List<String> texts(Json oneOrMany) {
        return oneOrMany
                .text()
                .map(List::of)
                .orElseGet(() -> oneOrMany.items().stream()
                        .map(item -> item.text().orElseThrow())
                        .toList());
    }
}
