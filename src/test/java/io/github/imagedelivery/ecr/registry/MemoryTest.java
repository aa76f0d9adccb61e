package io.github.imagedelivery.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @Test
    void streamsBlobsThatNoHeapWouldHold(@TempDir Path dir) throws Exception {
        AtomicLong received = new AtomicLong();
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.setExecutor(threads);
        sink.createContext("/", exchange -> {
            received.addAndGet(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
            boolean opening = exchange.getRequestMethod().equals("POST");
            exchange.getResponseHeaders().set("Location", "/upload");
            exchange.sendResponseHeaders(opening ? 202 : 201, -1);
            exchange.close();
        });
        sink.start();
        try {
            Path log = dir.resolve("log");
            Process push = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            classes(HttpRegistries.class) + File.pathSeparator + classes(LargePush.class),
                            LargePush.class.getName(),
                            "http://127.0.0.1:" + sink.getAddress().getPort())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();

            assertThat(push.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(push.exitValue()).as(Files.readString(log)).isZero();
            assertThat(received).hasValue(320_000_000);
        } finally {
            sink.stop(0);
            threads.shutdownNow();
        }
    }

    private static Path classes(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
