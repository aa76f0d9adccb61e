package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.LockSettings.Use;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Mirrors;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Base images that are held to a lock file: built on what it says, or refused. */
class BaseLockTest {
    private static final Platform AMD64 = Platform.LINUX_AMD64;
    private static final Platform ARM64 = new Platform("linux", "arm64", "");

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        file = directory.resolve("ecr-lock.json");
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private BaseImages session(Use use) {
        return session(use, fixture.cache());
    }

    private BaseImages session(Use use, Path cache) {
        return new BaseImages(
                Registries.create(DeliveryFixture.TWO_TRIES),
                fixture.source(),
                RegistryLogins.NONE,
                new BaseSettings(cache, new LockSettings(file, use), Mirrors.NONE, true));
    }

    private static BaseSource find(BaseImages bases, String name) throws DeliveryException {
        return bases.find(name, AMD64, Exchange.Listener.NONE);
    }

    private String tagged() {
        return fixture.ecr.registryHost() + "/base/jre:17";
    }

    private LockFile locked(String name) throws DeliveryException {
        LockedBase base = session(Use.IGNORE, directory.resolve("cache of ecr:lock"))
                .resolve(name, Exchange.Listener.NONE)
                .orElseThrow();
        return new LockFile(Map.of(name, base));
    }

    private void lock(String name) throws DeliveryException {
        locked(name).write(file);
        fixture.ecr.clearRequests();
    }

    /** Returns a digest as the requests are shown. */
    private static String shown(Digest digest) {
        return digest.toString().substring(0, "sha256:".length() + 6);
    }

    private List<String> manifestRequests() {
        return fixture.requests().stream()
                .filter(request -> request.contains("/manifests/"))
                .toList();
    }

    /** Makes the tag of the base stand for another image. */
    private Digest move(String tag) throws Exception {
        FakeImage image = FakeImage.of("moved");
        fixture.ecr.seed(
                "base/jre",
                tag,
                image.manifest(),
                List.of(image.config(), image.layers().get(0).blob()));
        fixture.ecr.clearRequests();
        return image.manifest().digest();
    }

    @Test
    void buildsOnTheLockedDigestAlthoughTheTagHasMoved() throws Exception {
        lock(tagged());
        Digest moved = move("17");

        BaseSource found = find(session(Use.USE), tagged());

        assertThat(moved).isNotEqualTo(fixture.base);
        assertThat(found.image().digest()).hasValue(fixture.base);
        assertThat(found.pinned()).isEqualTo(tagged() + "@" + fixture.base);
        assertThat(found.image().layers()).hasSize(2);
    }

    @Test
    void asksForOneManifestWhereTheTagWouldTakeTwo() throws Exception {
        String name = fixture.seedIndex("linux/amd64", "linux/arm64");
        lock(name);

        find(session(Use.USE), name);

        assertThat(manifestRequests()).containsExactly("GET /v2/base/jre/manifests/" + shown(fixture.base));

        fixture.ecr.clearRequests();
        find(session(Use.IGNORE, directory.resolve("another cache")), name);

        assertThat(manifestRequests())
                .containsExactly(
                        "GET /v2/base/jre/manifests/index", "GET /v2/base/jre/manifests/" + shown(fixture.base));
    }

    @Test
    void asksNothingForALockedBaseThatIsInTheCache() throws Exception {
        lock(tagged());
        find(session(Use.USE), tagged());
        fixture.ecr.clearRequests();

        find(session(Use.USE), tagged());

        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void namesTheIndexThatTheImageIsOf() throws Exception {
        String name = fixture.seedIndex("linux/amd64", "linux/arm64");
        lock(name);

        BaseSource found = find(session(Use.REQUIRE), name);

        assertThat(found.image().digest()).hasValue(fixture.ecr.tags("base/jre").get("index"));
        assertThat(found.platforms()).containsExactly(AMD64, ARM64);
    }

    @Test
    void locksEveryPlatformAndNoAttestation() throws Exception {
        LockedBase base = locked(fixture.seedIndex("linux/amd64", "linux/arm64", "unknown/unknown"))
                .bases()
                .values()
                .iterator()
                .next();

        assertThat(base.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
    }

    @Test
    void refusesABaseThatIsNotLocked() throws Exception {
        lock(tagged());
        String other = fixture.seedIndex("linux/amd64");

        assertThatThrownBy(() -> find(session(Use.USE), other)).hasMessage("""
                        The base image %s is not locked; nothing was built or sent
                          cause: %s names other base images, 1 in all
                          to fix: run mvn ecr:lock and commit the file, or name a base image that is in it""".formatted(other, file));
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void refusesAPlatformThatIsNotLocked() throws Exception {
        String name = fixture.seedIndex("linux/amd64", "linux/arm64");
        Digest index = locked(name).bases().values().iterator().next().digest();
        new LockFile(Map.of(name, new LockedBase(index, Map.of("linux/amd64", fixture.base)))).write(file);

        assertThatThrownBy(() -> session(Use.USE).find(name, ARM64, Exchange.Listener.NONE))
                .hasMessage("""
                        The base image %s is not locked for linux/arm64; nothing was built or sent
                          cause: %s names linux/amd64
                          to fix: set ecr.platform, or ecr.platforms for several, to what is there; or, if the base image has it by now, run mvn ecr:lock and commit the file""".formatted(name, file));
    }

    @Test
    void refusesALockedDigestThatTheRegistryDoesNotHave() throws Exception {
        Digest gone = Digest.of(new byte[] {1});
        new LockFile(Map.of(tagged(), new LockedBase(gone, Map.of("linux/amd64", gone)))).write(file);

        assertThatThrownBy(() -> find(session(Use.USE), tagged()))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isUserError()).isTrue())
                .message()
                .startsWith("The base image " + tagged() + " is locked to a digest that its registry does not have;"
                        + " nothing was built or sent\n  cause: " + file + " names " + gone + ": ")
                .endsWith("\n  to fix: run mvn ecr:lock and commit the file, for what the tag stands for now");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"schema\": 2, \"bases\": {}}",
                "{\"schema\": 1}",
                "{\"schema\": 1, \"bases\": []}",
                "{\"schema\": 1, \"bases\": {\"temurin\": {}}}",
                "{\"schema\": 1, \"bases\": {\"a.example/jre:17\": {}}}",
                "{\"schema\": 1, \"bases\": {\"a.example/jre:17\": {\"digest\": \"sha256:1\", \"platforms\": {}}}}",
                "{\"schema\": 1, \"bases\": {\"a.example/jre:17\": {\"platforms\": {\"linux\": \"sha256:1\"}}}}",
                "<<<<<<< HEAD\n{\"schema\": 1, \"bases\": {}}\n"
            })
    void refusesADamagedLockFile(String text) throws Exception {
        Files.writeString(file, text);

        assertThatThrownBy(() -> find(session(Use.USE), tagged()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("The lock file of base images " + file + " cannot be read; nothing was built or"
                        + " sent\n  cause: ")
                .hasMessageContaining("\n  to fix: take it from the last commit in which it was whole");
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void refusesToBuildWithoutALockFileWhereOneIsRequired() {
        assertThatThrownBy(() -> find(session(Use.REQUIRE), tagged())).hasMessage("""
                        There is no lock file of base images; nothing was built or sent
                          cause: ecr.lock is require, and there is no %s
                          to fix: run mvn ecr:lock and commit the file; or set ecr.lock to use""".formatted(file));
    }

    @Test
    void takesWhatTheTagStandsForWhereThereIsNoLockFile() throws Exception {
        assertThat(find(session(Use.USE), tagged()).image().digest()).hasValue(fixture.base);
    }

    @Test
    void takesWhatTheTagStandsForWhereTheLockIsIgnored() throws Exception {
        Files.writeString(file, "damaged");

        assertThat(find(session(Use.IGNORE), tagged()).image().digest()).hasValue(fixture.base);
    }

    @Test
    void needsNoLockForABaseThatIsPinnedOrEmpty() throws Exception {
        BaseImages session = session(Use.REQUIRE);

        assertThat(find(session, fixture.pinnedBase()).image().digest()).hasValue(fixture.base);
        assertThat(find(session, "scratch").image().layers()).isEmpty();
        assertThat(session.resolve(fixture.pinnedBase(), Exchange.Listener.NONE))
                .isEmpty();
        assertThat(session.resolve("scratch", Exchange.Listener.NONE)).isEmpty();
        assertThat(session.resolve(directory.resolve("base.tar").toString(), Exchange.Listener.NONE))
                .isEmpty();
    }

    @Test
    void writesTheSameBytesForTheSameBases() throws Exception {
        LockFile lock = locked(tagged());
        lock.write(file);

        assertThat(file).hasContent("""
                {
                  "schema": 1,
                  "bases": {
                    "%s": {
                      "digest": "%s",
                      "platforms": {
                        "linux/amd64": "%s"
                      }
                    }
                  }
                }
                """.formatted(tagged(), fixture.base, fixture.base));
        assertThat(LockFile.read(file)).hasValue(lock);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void mayBeReadByWhoeverReadsTheProject() throws Exception {
        Path other = Files.writeString(directory.resolve("pom.xml"), "<project/>");
        locked(tagged()).write(file);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void tellsWhatAnUpdateChanges() throws Exception {
        Digest one = Digest.of(new byte[] {1});
        Digest two = Digest.of(new byte[] {2});
        Digest three = Digest.of(new byte[] {3});
        LockFile before = new LockFile(Map.of(
                "a.example/jre:17", new LockedBase(one, Map.of("linux/amd64", two, "linux/arm64", two)),
                "b.example/old:1", new LockedBase(one, Map.of("linux/amd64", one)),
                "c.example/same:1", new LockedBase(one, Map.of("linux/amd64", one))));
        LockFile after = new LockFile(Map.of(
                "a.example/jre:17", new LockedBase(three, Map.of("linux/amd64", three, "linux/s390x", two)),
                "c.example/same:1", new LockedBase(one, Map.of("linux/amd64", one)),
                "d.example/new:1", new LockedBase(two, Map.of("linux/amd64", two))));

        assertThat(before.changesTo(after))
                .containsExactly(
                        "a.example/jre:17: " + one + " -> " + three,
                        "a.example/jre:17:   linux/amd64: " + two + " -> " + three,
                        "a.example/jre:17:   linux/arm64: " + two + " -> none",
                        "a.example/jre:17:   linux/s390x: none -> " + two,
                        "b.example/old:1: removed, since no module is built on it",
                        "d.example/new:1: new, " + two);
        assertThat(after.changesTo(after)).isEmpty();
    }

    @Test
    void takesAnImageWithoutAVariantForEveryVariantAsTheConfigSays() {
        Digest digest = Digest.of(new byte[] {1});
        LockedBase image = new LockedBase(digest, Map.of("linux/arm", digest));

        assertThat(image.image(new Platform("linux", "arm", "v7"))).hasValue(digest);
    }

    @Test
    void tellsTheVariantsOfAnIndexApart() {
        Digest index = Digest.of(new byte[] {1});
        Digest v6 = Digest.of(new byte[] {6});
        Digest v8 = Digest.of(new byte[] {8});
        LockedBase base = new LockedBase(index, Map.of("linux/arm/v6", v6, "linux/arm64/v8", v8));

        assertThat(base.image(new Platform("linux", "arm", "v6"))).hasValue(v6);
        assertThat(base.image(new Platform("linux", "arm", "v7"))).isEqualTo(Optional.empty());
        assertThat(base.image(ARM64)).hasValue(v8);
    }
}
