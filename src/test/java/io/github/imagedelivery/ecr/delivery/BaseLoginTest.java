package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bases in a registry that wants a login: the embedded ECR, taken for a registry of somebody else's. */
class BaseLoginTest {
    @TempDir
    Path directory;

    private final List<String> looks = new ArrayList<>();
    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** An ECR that does not know the embedded one. */
    private static class Elsewhere extends PassingSource {
        private Elsewhere(EcrSource source) {
            super(source);
        }

        @Override
        public boolean isEmulatedAt(String host) {
            return false;
        }
    }

    private BaseImages session(RegistryLogins logins) {
        return new BaseImages(
                Registries.create(DeliveryFixture.TWO_TRIES),
                new Elsewhere(fixture.source()),
                host -> {
                    looks.add(host);
                    return logins.find(host);
                },
                fixture.cache());
    }

    /** An ECR that gives logins to the registry, as AWS does to ECR Public. */
    private final class Giving extends Elsewhere {
        private final Optional<AwsException> refusal;

        private Giving(Optional<AwsException> refusal) {
            super(fixture.source());
            this.refusal = refusal;
        }

        @Override
        public Optional<RegistryLogin> publicLogin(String host, Exchange.Listener listener) throws AwsException {
            looks.add("AWS for " + host);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return Optional.of(RegistryLogin.of("AWS", fixture.ecr.password()));
        }
    }

    private BaseImages giving(RegistryLogins logins, Optional<AwsException> refusal) {
        return new BaseImages(
                Registries.create(DeliveryFixture.TWO_TRIES), new Giving(refusal), logins, fixture.cache());
    }

    private static RegistryLogins user(String name, String password) {
        return host -> new RegistryLogins.Found(Optional.of(RegistryLogin.of(name, password)), "the test's file");
    }

    private String host() {
        return fixture.ecr.registryHost();
    }

    private BaseSource find(BaseImages bases) throws DeliveryException {
        return bases.find(host() + "/base/jre:17", Platform.LINUX_AMD64, Exchange.Listener.NONE);
    }

    private DeliveryException refusal(RegistryLogins logins) {
        return catchThrowableOfType(DeliveryException.class, () -> find(session(logins)));
    }

    @Test
    void logsInAtARegistryThatAsksForIt() throws Exception {
        BaseSource found = find(session(user("AWS", fixture.ecr.password())));

        assertThat(found.image().digest()).hasValue(fixture.base);
    }

    @Test
    void looksForTheLoginOnceInASession() throws Exception {
        BaseImages session = session(user("AWS", fixture.ecr.password()));
        TinyBase.seed(fixture.ecr, "base/other", "17");
        find(session);
        session.find(host() + "/base/other:17", Platform.LINUX_AMD64, Exchange.Listener.NONE);

        assertThat(looks).containsExactly(host());
    }

    @Test
    void looksForNoLoginWhereNothingMustBeAsked() throws Exception {
        find(session(user("AWS", fixture.ecr.password())));
        looks.clear();

        session(user("AWS", fixture.ecr.password()))
                .find(fixture.pinnedBase(), Platform.LINUX_AMD64, Exchange.Listener.NONE);

        assertThat(looks).isEmpty();
    }

    @Test
    void tellsWhoseLoginWasRefused() {
        assertThat(refusal(user("AWS", "wrong-canary")))
                .hasMessageContaining("may not be read; nothing was built or sent")
                .hasMessageContaining("; the login is that of the test's file")
                .hasMessageContaining("to fix: correct that login, or let its user read the repository")
                .hasMessageNotContaining("canary");
    }

    @Test
    void tellsWhereNoLoginWasFound() {
        assertThat(refusal(host -> new RegistryLogins.Found(Optional.empty(), "nothing in the test's file")))
                .hasMessageContaining("; no login: nothing in the test's file")
                .hasMessageContaining(
                        "<server> with the id " + host() + " in settings.xml or by docker login " + host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"})
    void explainsWhyAnAwsKeyIsNoLogin(String key) {
        DeliveryException refusal = refusal(user(key, "wrong-canary"));

        assertThat(refusal.isUserError()).isTrue();
        assertThat(refusal)
                .hasMessageContaining("The login to " + host() + " is an AWS access key; nothing was built or sent")
                .hasMessageContaining("ECR wants the user AWS and a password of twelve hours")
                .hasMessageContaining("to fix: take the entry for " + host() + " away")
                .hasMessageNotContaining("IOSFODNN7")
                .hasMessageNotContaining("canary");
        assertThat(fixture.ecr.requests())
                .noneMatch(request -> request.toString().contains("IOSFODNN7"));
    }

    @Test
    void advisesALoginWhereNobodyMayReadSoOften() {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("GET /v2/base/jre/manifests/17"),
                        Behaviour.answer(429, "TOOMANYREQUESTS", "Rate exceeded"));

        DeliveryException refusal = refusal(RegistryLogins.NONE);

        assertThat(refusal.isUserError()).isFalse();
        assertThat(refusal)
                .hasMessageContaining("429 TOOMANYREQUESTS")
                .hasMessageContaining("to fix: log in to " + host() + " by a <server> in settings.xml");
    }

    @Test
    void tellsInThreeLinesWhyALoginCannotBeRead() {
        DeliveryException refusal = refusal(host -> {
            throw new ImageException("The file is damaged", "a cause", "a remedy");
        });

        assertThat(refusal).hasMessage("The file is damaged\n  cause: a cause\n  to fix: a remedy");
        assertThat(refusal.isUserError()).isTrue();
    }

    @Test
    void logsInByAwsWhereNobodyIsRefused() throws Exception {
        BaseImages session = giving(RegistryLogins.NONE, Optional.empty());
        BaseSource found = find(session);
        TinyBase.seed(fixture.ecr, "base/other", "17");
        session.find(host() + "/base/other:17", Platform.LINUX_AMD64, Exchange.Listener.NONE);

        assertThat(found.image().digest()).hasValue(fixture.base);
        assertThat(looks).containsExactly("AWS for " + host());
    }

    @Test
    void logsInByAwsWhereNobodyMayReadSoOften() throws Exception {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("GET /v2/base/jre/manifests/17").first(2),
                        Behaviour.answer(429, "TOOMANYREQUESTS", "Rate exceeded"));

        assertThat(find(giving(RegistryLogins.NONE, Optional.empty())).image().digest())
                .hasValue(fixture.base);
        assertThat(looks).containsExactly("AWS for " + host());
    }

    @Test
    void asksAwsForNoLoginWhereOneIsThere() {
        BaseImages session = giving(user("AWS", "wrong-canary"), Optional.empty());

        assertThat(catchThrowableOfType(DeliveryException.class, () -> find(session)))
                .hasMessageContaining("; the login is that of the test's file");
        assertThat(looks).isEmpty();
    }

    @Test
    void tellsWhyAwsGaveNoLogin() {
        AwsException denied = new AwsException("AccessDeniedException: not so", "AccessDeniedException", 400, null);
        BaseImages session = giving(RegistryLogins.NONE, Optional.of(denied));

        assertThat(catchThrowableOfType(DeliveryException.class, () -> find(session)))
                .hasMessageContaining("may not be read; nothing was built or sent")
                .hasMessageContaining("; AWS gave no login: AccessDeniedException: not so");
    }
}
