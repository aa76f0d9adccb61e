package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the registry of the base is asked: once for all modules, threads and platforms of a build. */
class BaseRequestsTest {
    private static final int MODULES = 8;

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private String index;
    private BaseImages session;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        index = fixture.seedIndex("linux/amd64", "linux/arm64");
        session = new BaseImages(
                Registries.create(DeliveryFixture.TWO_TRIES), fixture.source(), RegistryLogins.NONE, fixture.cache());
        fixture.ecr.clearRequests();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private long count(String request) {
        return fixture.requests().stream().filter(request::equals).count();
    }

    @Test
    void readsTheIndexOnceForAllPlatforms() throws Exception {
        // Both entries name one image, whose config is for the first platform: the second is refused after it was read.
        session.find(index, Platform.LINUX_AMD64, Exchange.Listener.NONE);
        DeliveryException refusal = assertThrows(
                DeliveryException.class,
                () -> session.find(index, new Platform("linux", "arm64", ""), Exchange.Listener.NONE));

        assertThat(refusal).hasMessageContaining("is not for linux/arm64");
        assertThat(count("GET /v2/base/jre/manifests/index")).isEqualTo(1);
        assertThat(fixture.requests())
                .filteredOn(request -> request.startsWith("GET /v2/base/jre/manifests/sha256:"))
                .hasSize(1);
    }

    @Test
    void readsTheIndexOnceForTheLockFileAndABuild() throws Exception {
        session.resolve(index, Exchange.Listener.NONE);
        session.find(index, Platform.LINUX_AMD64, Exchange.Listener.NONE);

        assertThat(count("GET /v2/base/jre/manifests/index")).isEqualTo(1);
    }

    @Test
    void resolvesATagOnceForModulesThatAreBuiltAtTheSameTime() throws Exception {
        Set<Digest> found = new HashSet<>();
        for (BaseSource source : atTheSameTime()) {
            found.add(source.image().digest().orElseThrow());
        }

        assertThat(found).containsExactly(fixture.ecr.tags("base/jre").get("index"));
        assertThat(count("GET /v2/base/jre/manifests/index")).isEqualTo(1);
        assertThat(fixture.requests())
                .filteredOn(request -> request.startsWith("GET /v2/base/jre/"))
                .as("index, manifest and config")
                .hasSizeLessThanOrEqualTo(3);
    }

    private List<BaseSource> atTheSameTime() throws Exception {
        CountDownLatch ready = new CountDownLatch(MODULES);
        Callable<BaseSource> module = () -> {
            ready.countDown();
            ready.await();
            return session.find(index, Platform.LINUX_AMD64, Exchange.Listener.NONE);
        };
        ExecutorService threads = Executors.newFixedThreadPool(MODULES);
        try {
            List<Future<BaseSource>> modules = new ArrayList<>();
            for (int i = 0; i < MODULES; i++) {
                modules.add(threads.submit(module));
            }
            List<BaseSource> found = new ArrayList<>();
            for (Future<BaseSource> built : modules) {
                found.add(built.get());
            }
            return found;
        } finally {
            threads.shutdown();
        }
    }
}
