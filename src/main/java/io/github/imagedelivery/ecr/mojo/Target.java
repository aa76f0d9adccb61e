package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.project.MavenProject;

/**
 * An image that a module of the session is to make.
 *
 * @param project the module
 * @param execution id of the execution of {@code ecr:push} or {@code ecr:stage}
 * @param isReached whether this build comes by the goal, and not only by phases before it
 * @param parameters what the goal will be given; a goal that must not be executed
 * @param unsettled names of the parameters whose value another plugin has yet to set: they are unset in
 *     {@code parameters}
 */
record Target(MavenProject project, String execution, boolean isReached, PushMojo parameters, List<String> unsettled) {
    Target {
        unsettled = List.copyOf(unsettled);
    }

    /** Tells whether the module makes no image, whatever is in it. */
    boolean isSkipped() {
        PrebuiltReader prebuilt = new PrebuiltReader(parameters);
        boolean isNone =
                project.getPackaging().equals("pom") || ModuleGoal.FOR_A_SERVER.contains(project.getPackaging());
        return parameters.skip || (prebuilt.isAsked() ? prebuilt.isForModules() : isNone);
    }
}
