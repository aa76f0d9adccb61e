package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.setup.Setups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecr.EcrClient;

/** A push with no other permission than those that {@code ecr:setup} writes: they are enough, and none is too much. */
class SmallestRoleTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private void allowOnly(List<String> allowed) {
        Arrays.stream(EcrClient.class.getMethods())
                .map(method -> method.getName())
                .map(name -> "ecr:" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .distinct()
                .filter(action -> !allowed.contains(action))
                .forEach(action -> fixture.ecr.faults().deny(action));
    }

    private static List<String> allowed(String... policies) throws FormatException {
        List<String> actions = new ArrayList<>();
        for (String policy : policies) {
            actions.addAll(Setups.actions(Setups.policy(Setups.gitHub("orders"), policy)));
        }
        return actions;
    }

    static Stream<String> push() throws FormatException {
        return allowed("permissions").stream();
    }

    @Test
    void pushesWithWhatEveryPushNeeds() throws Exception {
        allowOnly(allowed("permissions"));

        assertThat(fixture.deliver(fixture.module("orders")).result()).isEqualTo(Result.PUBLISHED);
    }

    @ParameterizedTest
    @MethodSource("push")
    void cannotPushASnapshotThatMovesWithoutAnyOfIt(String action) throws Exception {
        TestModule orders = fixture.module("orders").version("2-SNAPSHOT");
        fixture.deliver(orders);
        fixture.newSession();
        fixture.ecr.faults().deny(action);

        assertThatThrownBy(
                        () -> fixture.deliver(orders.sha(TestModule.OTHER_SHA).worthAsking()))
                .isInstanceOf(DeliveryException.class);
    }
}
