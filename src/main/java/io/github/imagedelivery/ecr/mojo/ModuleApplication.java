package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.util.Optional;

/**
 * The application of a module, and the base that it has where none is configured.
 *
 * @param application what goes into the image
 * @param javaRelease the Java release that it is compiled for
 * @param base the default base; empty for that of the Java release
 */
record ModuleApplication(Application application, int javaRelease, Optional<String> base) {
    /** Returns the application where the parameters put it: that of a Java application follows from them alone. */
    Application placed(ContainerParameters container) throws DeliveryException {
        return application instanceof JavaApplication java ? java.at(container.placement()) : application;
    }
}
