package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEcrTest {
    @TempDir
    Path top;

    @Test
    void keepsItsContentBelowTheTopDirectoryWhicheverModuleIsSelected() {
        MavenSession session = TestSession.of(top, TestSession.module(top, "orders"));

        assertThat(SharedEcr.storage(session)).isEqualTo(top.resolve("target/ecr/registry"));
    }

    @Test
    void isTheSameForAllModulesAndClosedAtTheEndOfTheSession() throws Exception {
        MavenSession session = TestSession.of(top, TestSession.module(top, "orders"));
        SharedEcr first = SharedEcr.of(session);
        assertThat(SharedEcr.of(session).endpoint()).isEqualTo(first.endpoint());

        RecordingListener.end(session);

        // Its directory is free again.
        LocalEcr.builder().storage(SharedEcr.storage(session)).start().close();
    }

    @Test
    void saysWhatToDoWhenAnotherOneIsUsingTheDirectory() throws Exception {
        MavenSession session = TestSession.of(top, TestSession.module(top, "orders"));
        Path storage = SharedEcr.storage(session);
        try (LocalEcr other = LocalEcr.builder().storage(storage).start()) {
            assertThat(other.repositories()).isEmpty();
            assertThatThrownBy(() -> SharedEcr.of(session))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessage("""
                            The embedded ECR cannot be started; nothing was sent
                              cause: another embedded ECR is using the directory %s
                              to fix: stop it, or push to it with the variables that it prints""".formatted(storage));
        }
    }
}
