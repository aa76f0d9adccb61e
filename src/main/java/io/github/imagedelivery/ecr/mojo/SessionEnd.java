package io.github.imagedelivery.ecr.mojo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;

/**
 * The end of a session, before Maven prints its summary. It hangs on the session's execution listener: no extension is
 * needed.
 */
final class SessionEnd {
    private static final String RESOURCES = "ecr-maven-plugin.resources";

    private SessionEnd() {}

    /** Has something done at the end; what is asked for last is done first. Safe for use by several threads. */
    static void before(MavenSession session, Consumer<MavenSession> action) {
        // Else one of two modules would wrap what the other has not set yet, and the other's action would be lost.
        synchronized (session.getRequest().getData()) {
            wrap(session, action);
        }
    }

    private static void wrap(MavenSession session, Consumer<MavenSession> action) {
        ExecutionListener wrapped = session.getRequest().getExecutionListener();
        // A proxy, since later versions of Maven add methods to the interface.
        session.getRequest().setExecutionListener((ExecutionListener) Proxy.newProxyInstance(
                ExecutionListener.class.getClassLoader(),
                new Class<?>[] {ExecutionListener.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(action, arguments);
                    }
                    if (method.getName().equals("sessionEnded")) {
                        action.accept(((ExecutionEvent) arguments[0]).getSession());
                    }
                    try {
                        return wrapped == null ? null : method.invoke(wrapped, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    /**
     * Has something closed at the end, after all that is done then, since what is wrapped first is reached last.
     *
     * @param resource made by a module of any class loader; what it throws is dropped, for the build is over
     */
    @SuppressWarnings("unchecked")
    static void close(MavenSession session, AutoCloseable resource) {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            List<AutoCloseable> resources = (List<AutoCloseable>) shared.get(RESOURCES);
            if (resources == null) {
                List<AutoCloseable> all = new ArrayList<>();
                shared.put(RESOURCES, all);
                before(session, ended -> all.forEach(SessionEnd::close));
                resources = all;
            }
            resources.add(resource);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // The build is over; whatever it has published is so.
        }
    }
}
