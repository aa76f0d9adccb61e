package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.maven.execution.AbstractExecutionListener;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReactorBarrierTest {
    private static final Path TOP = Path.of("top").toAbsolutePath();
    private static final String ORDERS = TOP.resolve("orders").toString();
    private static final String BILLING = TOP.resolve("billing").toString();

    private final List<String> events = new ArrayList<>();
    private final MavenProject orders = TestSession.module(TOP, "orders");
    private final MavenProject billing = TestSession.module(TOP, "billing");
    private final MavenProject library = TestSession.module(TOP, "library");
    private final MavenSession session = TestSession.of(TOP, orders, billing, library);

    private final ReactorBarrier.Ending ending = new ReactorBarrier.Ending() {
        @Override
        public void publish(List<Path> staged) {
            events.add("publish " + staged);
        }

        @Override
        public void abandon(List<Path> staged) {
            events.add("abandon " + staged);
        }
    };

    @BeforeEach
    void listen() {
        session.getRequest().setExecutionListener(new RecordingListener(events));
    }

    @Test
    void publishesOnceBeforeTheSummary() throws Exception {
        arrive(orders, "1");
        arrive(billing, "1");
        assertThat(events).isEmpty();

        RecordingListener.end(session);

        assertThat(events).containsExactly("publish [" + ORDERS + ", " + BILLING + "]", "summary");
    }

    @Test
    void abandonsWhenSomethingHasFailed() throws Exception {
        arrive(orders, "1");
        session.getResult().addException(new MojoExecutionException("a later goal"));

        RecordingListener.end(session);

        assertThat(events).containsExactly("abandon [" + ORDERS + "]", "summary of a failure");
    }

    @Test
    void countsAModuleThatArrivesTwiceOnce() throws Exception {
        arrive(orders, "1");
        arrive(orders, "1");

        RecordingListener.end(session);

        assertThat(events).containsExactly("publish [" + ORDERS + "]", "summary");
    }

    @Test
    void refusesASecondVersionOfThePlugin() throws Exception {
        arrive(orders, "1");

        assertThatThrownBy(() -> arrive(billing, "2"))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("Modules of one build use versions 1 and 2 of ecr-maven-plugin");
    }

    @Test
    void losesNothingWhereSeveralModulesAskForTheEndAtOnce() throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Callable<Void>> asking = Collections.nCopies(400, () -> {
            SessionEnd.before(session, ended -> done.incrementAndGet());
            return null;
        });
        ExecutorService modules = Executors.newFixedThreadPool(8);
        try {
            modules.invokeAll(asking);
        } finally {
            modules.shutdown();
        }

        RecordingListener.end(session);

        assertThat(done).hasValue(400);
    }

    @Test
    void worksWithoutAnotherListener() throws Exception {
        session.getRequest().setExecutionListener(null);
        arrive(orders, "1");

        session.getRequest().getExecutionListener().projectStarted(RecordingListener.event(session));
        RecordingListener.end(session);

        assertThat(events).containsExactly("publish [" + ORDERS + "]");
    }

    @Test
    void passesOnWhatTheOtherListenerIsToldAndThrows() throws Exception {
        arrive(orders, "1");
        session.getRequest().getExecutionListener().projectStarted(RecordingListener.event(session));
        assertThat(events).containsExactly("project started");

        session.getRequest().setExecutionListener(new AbstractExecutionListener() {
            @Override
            public void sessionEnded(ExecutionEvent event) {
                throw new IllegalStateException("of the other listener");
            }
        });
        SessionEnd.before(session, ended -> {});

        assertThatThrownBy(() -> RecordingListener.end(session))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of the other listener");
    }

    @Test
    void failsTheBuildWithWhateverPublishingThrows() throws Exception {
        Error error = new NoClassDefFoundError("gone");
        ReactorBarrier.arrive(session, arrival(orders, "1"), throwing(error));
        ReactorBarrier.arrive(session, arrival(billing, "1"), ending);

        RecordingListener.end(session);

        assertThat(session.getResult().getExceptions()).containsExactly(error);
        assertThat(events).containsExactly("summary of a failure");
        assertThat(session.getResult().getBuildSummary(billing)).isInstanceOf(BuildFailure.class);
        assertThat(session.getResult().getBuildSummary(library)).isNull();
    }

    @Test
    void knowsWhichModulesWait() throws Exception {
        assertThat(ReactorBarrier.isWaiting(session, ReactorBarrier.key(orders)))
                .isFalse();

        arrive(orders, "1");

        assertThat(ReactorBarrier.isWaiting(session, ReactorBarrier.key(orders)))
                .isTrue();
        assertThat(ReactorBarrier.isWaiting(session, ReactorBarrier.key(billing)))
                .isFalse();
    }

    @Test
    void closesResourcesAfterPublishing() throws Exception {
        SessionEnd.close(session, () -> events.add("closed"));
        arrive(orders, "1");
        SessionEnd.close(session, () -> {
            events.add("closed in vain");
            throw new IllegalStateException("cannot be closed");
        });

        RecordingListener.end(session);

        assertThat(events).containsExactly("publish [" + ORDERS + "]", "closed", "closed in vain", "summary");
    }

    @Test
    void closesResourcesWhenNothingWasStaged() {
        SessionEnd.close(session, () -> events.add("closed"));

        RecordingListener.end(session);

        assertThat(events).containsExactly("closed", "summary");
    }

    @Test
    void refusesASecondImageOfOneModule() throws Exception {
        arrive(orders, "1");

        ReactorBarrier.Arrival other = new ReactorBarrier.Arrival(
                ReactorBarrier.key(orders),
                new ReactorBarrier.Image("other", List.of()),
                orders.getBasedir().toPath(),
                "1");

        assertThatThrownBy(() -> ReactorBarrier.arrive(session, other, ending))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("Two images of " + ReactorBarrier.key(orders) + " were staged in one build");
    }

    @Test
    void refusesASecondImageOfOneName() throws Exception {
        arrive(orders, "1");

        ReactorBarrier.Arrival other = new ReactorBarrier.Arrival(
                ReactorBarrier.key(billing),
                new ReactorBarrier.Image("other", List.of("orders:1.4.0")),
                billing.getBasedir().toPath(),
                "1");

        assertThatThrownBy(() -> ReactorBarrier.arrive(session, other, ending))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("""
                Two images of orders:1.4.0 were staged in one build; nothing was tagged
                  cause: orders of com.example:orders, and other of com.example:billing
                  to fix: give each module a repository of its own: ecr.name, in a parent POM \
                with ${project.artifactId} in it""");
    }

    private void arrive(MavenProject module, String version) throws MojoExecutionException {
        ReactorBarrier.arrive(session, arrival(module, version), ending);
    }

    private static ReactorBarrier.Arrival arrival(MavenProject module, String version) {
        return new ReactorBarrier.Arrival(
                ReactorBarrier.key(module),
                new ReactorBarrier.Image(module.getArtifactId(), List.of(module.getArtifactId() + ":1.4.0")),
                module.getBasedir().toPath(),
                version);
    }

    private static ReactorBarrier.Ending throwing(Error error) {
        return new ReactorBarrier.Ending() {
            @Override
            public void publish(List<Path> staged) {
                throw error;
            }

            @Override
            public void abandon(List<Path> staged) {}
        };
    }
}
