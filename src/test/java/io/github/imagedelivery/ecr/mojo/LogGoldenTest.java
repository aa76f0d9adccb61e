package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the build log sees, word for word: {@code src/test/resources/golden/log-*.txt}. */
class LogGoldenTest {
    @TempDir
    Path top;

    private LogFixture builds;

    @BeforeEach
    void begin() throws Exception {
        builds = new LogFixture(top);
    }

    @AfterEach
    void end() throws IOException {
        builds.close();
    }

    @Test
    void tellsOfAFirstPush() throws Exception {
        builds.build("orders");

        builds.match("log-first-push");
    }

    @Test
    void tellsThatNothingHasChanged() throws Exception {
        builds.build("orders");

        builds.build("orders");

        builds.match("log-redeploy-unchanged");
    }

    @Test
    void tellsWhatAChangedClassCosts() throws Exception {
        builds.buildVersion("1.5.0-SNAPSHOT", "orders");
        builds.commit();
        builds.code("orders", "another class of orders");

        builds.buildVersion("1.5.0-SNAPSHOT", "orders");

        builds.match("log-one-class-changed");
    }

    @Test
    void tellsWhyAnImageIsRefused() throws Exception {
        builds.build("orders");
        builds.commit();
        builds.code("orders", "another class of orders");

        builds.build("orders");

        builds.match("log-refused");
    }

    @Test
    void tellsThatATagThatWasWrittenIsTakenBack() throws Exception {
        builds.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("orders:1.4.0"),
                        Behaviour.answer(400, "LimitExceededException", "The image has too many tags"));

        builds.build("orders");

        builds.match("log-failed-and-undone");
    }

    @Test
    void tellsOfAReactorInWhichOneModuleFails() throws Exception {
        builds.build("shipping");
        builds.commit();
        builds.code("shipping", "another class of shipping");

        builds.build("orders", "billing", "shipping", "mailing");

        builds.match("log-reactor-one-fails");
    }
}
