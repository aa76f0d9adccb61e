package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.delivery.Result;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.nio.file.Path;
import java.util.List;

/** Delivers a load in a process of its own, which a test gives little memory, and tells how much of it was needed. */
final class SmallHeap {
    private SmallHeap() {}

    /** Takes a directory, the base image, the load and its amount; the environment names the embedded ECR. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        List<JavaApplication> modules = Load.valueOf(arguments[2]).write(directory, Long.parseLong(arguments[3]));
        try (Client client = Client.of(System.getenv(), directory);
                LiveHeap heap = LiveHeap.watch()) {
            for (Result result : client.deliverTogether(modules, arguments[1])) {
                System.out.println(result);
            }
            System.out.println(heap.most());
        }
        // The SDK's and the HTTP client's idle threads would hold the process for a while.
        System.exit(0);
    }
}
