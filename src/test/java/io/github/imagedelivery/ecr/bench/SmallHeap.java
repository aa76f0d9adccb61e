package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.delivery.Result;
import java.nio.file.Path;

/** Delivers an application in a process of its own, which {@link HeapTest} gives little memory. */
final class SmallHeap {
    private SmallHeap() {}

    /** Takes a directory, the number of jars and their bytes; the embedded ECR is named by the environment. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        SampleApplication application =
                SampleApplication.write(directory, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        try (Client client = Client.of(System.getenv(), directory)) {
            Result result = client.deliver(application.application(), "orders", "scratch", 1);
            System.out.println(result);
        }
        // The SDK's and the HTTP client's idle threads would hold the process for a while.
        System.exit(0);
    }
}
