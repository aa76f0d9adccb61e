package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalEcrTest {
    @Test
    void listensOnTheLoopbackAddressAlone() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            assertThat(ecr.endpoint()).hasHost("127.0.0.1").hasScheme("http");
            assertThat(ecr.registryHost())
                    .isEqualTo("127.0.0.1:" + ecr.endpoint().getPort());
        }
    }

    @Test
    void takesTheChosenPort() throws Exception {
        int port;
        try (LocalEcr first = LocalEcr.builder().start()) {
            port = first.endpoint().getPort();
        }
        try (LocalEcr second = LocalEcr.builder().port(port).start()) {
            assertThat(second.endpoint()).hasPort(port);
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (LocalEcr first = LocalEcr.builder().start()) {
            int port = first.endpoint().getPort();

            assertThatThrownBy(() -> LocalEcr.builder().port(port).start())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("port " + port + " of 127.0.0.1 cannot be used");
        }
    }

    @Test
    void exportsWhatClientsLookFor() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().region("eu-west-1").start()) {
            assertThat(ecr.environment())
                    .containsEntry("AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString())
                    .containsEntry("AWS_ENDPOINT_URL_STS", ecr.endpoint().toString())
                    .containsEntry("AWS_REGION", "eu-west-1")
                    .containsEntry("AWS_DEFAULT_REGION", "eu-west-1")
                    .containsKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ACTIONS_ID_TOKEN_REQUEST_TOKEN");
        }
    }

    @Test
    void tellsAtOnceThatThereIsNoTls() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            assertThat(raw(ecr, new byte[] {0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5})).startsWith("HTTP/1.0 400 ");
        }
    }

    @Test
    void refusesOtherHostNames() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            String request = "GET / HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n";

            assertThat(raw(ecr, request.getBytes(US_ASCII))).startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void doesNotApplyARequestThatEndsTooEarly() throws Exception {
        byte[] content = {1, 2, 3};
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("orders");
            Client client = new Client(ecr);
            String path = URI.create(Client.header(client.send("POST", "/v2/orders/blobs/uploads/"), "Location"))
                    .getPath();
            String head = "PUT " + path + "?digest=" + Digest.of(content) + " HTTP/1.1\r\nHost: " + ecr.registryHost()
                    + "\r\nAuthorization: " + Client.basic(ecr.password()) + "\r\nContent-Length: 10\r\n\r\n\1\2\3";

            assertThat(raw(ecr, head.getBytes(US_ASCII))).isEmpty();
            assertThat(ecr.hasBlob("orders", Digest.of(content))).isFalse();
        }
    }

    @Test
    void leavesNoThreadBehindThatKeepsTheVirtualMachineAlive() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            new Client(ecr).send("GET", "/v2/");

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("HTTP-Dispatcher")
                            || thread.getName().startsWith("local-ecr"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void endsItsThreadsWhenItIsClosed() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Set<Thread> own;
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            new Client(ecr).send("GET", "/v2/");
            own = new HashSet<>(Thread.getAllStackTraces().keySet());
            own.removeAll(before);
            own.removeIf(thread -> !thread.getName().startsWith("local-ecr"));
        }

        for (Thread thread : own) {
            thread.join(10_000);
        }
        assertThat(own).isNotEmpty().noneMatch(Thread::isAlive);
    }

    @Test
    void complainsAboutARepositoryThatIsNotThere() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            assertThatThrownBy(() -> ecr.tags("carts")).hasMessage("there is no repository carts");
            assertThatThrownBy(() -> ecr.createRepository("Carts")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void canBeSeededTwice() throws Exception {
        SampleImage image = SampleImage.of("a");
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("base");

            ecr.seed("base", "1", image.manifest(), image.blobs());
            ecr.seed("base", "1", image.manifest(), image.blobs());

            assertThat(ecr.tags("base")).containsOnly(Map.entry("1", image.digest()));
        }
    }

    /** Sends the bytes, ends its own side, and reads what comes back. */
    private static String raw(LocalEcr ecr, byte[] bytes) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), ecr.endpoint().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
