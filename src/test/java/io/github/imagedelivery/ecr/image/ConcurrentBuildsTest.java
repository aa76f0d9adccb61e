package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentBuildsTest {
    private static final int BUILDS = 6;

    @TempDir
    private Path directory;

    @Test
    void giveOneDigestFromOneBuilder() throws Exception {
        ImageBuilder builder = TestImages.builder(directory.resolve("cache"));
        ImagePlan plan = TestApplication.in(directory.resolve("app")).plan();

        assertThat(together(Collections.nCopies(BUILDS, () -> digest(builder, plan))))
                .hasSize(BUILDS)
                .containsOnly(digest(builder, plan));
    }

    @Test
    void giveOneDigestFromSeparateCaches() throws Exception {
        ImagePlan plan = TestApplication.in(directory.resolve("app")).plan();
        List<Callable<Digest>> builds = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            ImageBuilder builder = TestImages.builder(directory.resolve("cache-" + i));
            builds.add(() -> digest(builder, plan));
        }

        assertThat(together(builds).stream().distinct()).hasSize(1);
    }

    @Test
    void doNotDisturbEachOtherAcrossClassLoaders() throws Exception {
        URL[] classPath = classPath();
        String cache = directory.resolve("cache").toString();
        List<Callable<String>> builds = new ArrayList<>();
        try (URLClassLoader first = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
                URLClassLoader second = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            for (int i = 0; i < 4; i++) {
                String application = directory.resolve("app-" + i).toString();
                Class<?> build = (i % 2 == 0 ? first : second).loadClass(RealmBuild.class.getName());
                assertThat(build).isNotEqualTo(RealmBuild.class);
                builds.add(() -> (String)
                        build.getMethod("run", String.class, String.class).invoke(null, cache, application));
            }
            String expected = RealmBuild.run(cache, directory.resolve("app").toString());

            assertThat(together(builds)).hasSize(4).containsOnly(expected);
        }
    }

    @Test
    void haveZstdInEachClassLoader() throws Exception {
        try (URLClassLoader first = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
                URLClassLoader second = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            for (URLClassLoader loader : List.of(first, second)) {
                Class<?> format = loader.loadClass(Compression.Format.class.getName());
                Object zstd = format.getField("ZSTD").get(null);

                assertThat(format.getMethod("problem").invoke(zstd)).isEqualTo(Optional.empty());
            }
        }
    }

    @Test
    void doNotDisturbEachOtherAcrossProcesses() throws Exception {
        String cache = directory.resolve("cache").toString();
        List<Process> builds = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            builds.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            RealmBuild.class.getName(),
                            cache,
                            directory.resolve("app-" + i).toString())
                    .redirectErrorStream(true)
                    .start());
        }

        String expected = RealmBuild.run(cache, directory.resolve("app").toString());
        for (Process build : builds) {
            assertThat(build.getInputStream().readAllBytes()).asString().isEqualTo(expected);
        }
    }

    private static Digest digest(ImageBuilder builder, ImagePlan plan) throws ImageException {
        try (BuiltImage image = builder.build(plan, BaseImage.scratch(Platform.LINUX_AMD64))) {
            return image.manifest().digest();
        }
    }

    private static <T> List<T> together(List<Callable<T>> builds) throws Exception {
        CyclicBarrier start = new CyclicBarrier(builds.size());
        ExecutorService threads = Executors.newFixedThreadPool(builds.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> build : builds) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return build.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(element).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
