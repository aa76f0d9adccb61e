package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * A Java application whose classes and resources go into the image as the jar of the module.
 *
 * @param application the same application with a file for each of them
 * @param jar the jar that holds them
 */
public record PackagedApplication(JavaApplication application, OwnJar jar) implements Application {
    @Override
    public Contents contents() throws ImageException, IOException {
        ClassPathLayers layers = ClassPathLayers.of(this);
        return new Contents(layers.layers(), layers.launch());
    }

    @Override
    public List<String> problems() {
        return application.problems();
    }

    @Override
    public OptionalInt requiredJava() {
        return application.requiredJava();
    }
}
