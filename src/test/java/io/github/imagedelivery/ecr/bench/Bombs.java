package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries to deliver on hostile base images, and to hostile control planes, in a process that has little memory. */
final class Bombs {
    private Bombs() {}

    /**
     * Takes a directory, then base images, and endpoints of control planes, which begin with {@code http}. Prints a
     * line for each: its last step, and why it was refused.
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        JavaApplication application = Load.FILES.write(directory, 1).get(0);
        List<String> bombs = Arrays.asList(arguments).subList(1, arguments.length);
        for (String bomb : bombs) {
            Map<String, String> variables = new HashMap<>(System.getenv());
            if (bomb.startsWith("http")) {
                variables.put("AWS_ENDPOINT_URL_ECR", bomb);
            }
            String base = bomb.startsWith("http") ? "scratch" : bomb;
            try (Client client = Client.of(variables, directory)) {
                client.deliver(application, "module-0", base, 1);
                System.out.println(bomb + " was taken");
            } catch (DeliveryException e) {
                System.out.println(bomb + " " + e.getMessage().replaceAll("\\n *", " | "));
            }
        }
        System.exit(0);
    }
}
