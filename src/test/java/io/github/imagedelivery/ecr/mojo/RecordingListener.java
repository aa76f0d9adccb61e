package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.execution.AbstractExecutionListener;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** Notes what it is told, among what others note in the same list. */
final class RecordingListener extends AbstractExecutionListener {
    private final List<String> events;

    RecordingListener(List<String> events) {
        this.events = events;
    }

    @Override
    public void projectStarted(ExecutionEvent event) {
        events.add("project started");
    }

    @Override
    public void sessionEnded(ExecutionEvent event) {
        events.add("summary" + (event.getSession().getResult().hasExceptions() ? " of a failure" : ""));
    }

    /** Tells the session's listener that the session ends. */
    static void end(MavenSession session) {
        session.getRequest().getExecutionListener().sessionEnded(event(session));
    }

    static ExecutionEvent event(MavenSession session) {
        return new ExecutionEvent() {
            @Override
            public Type getType() {
                return Type.SessionEnded;
            }

            @Override
            public MavenSession getSession() {
                return session;
            }

            @Override
            public MavenProject getProject() {
                return session.getCurrentProject();
            }

            @Override
            public MojoExecution getMojoExecution() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Exception getException() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
