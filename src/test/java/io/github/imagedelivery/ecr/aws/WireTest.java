package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.EcrClients.Patience;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

@Timeout(60)
class WireTest {
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private final Wire wire = new Wire(Proxies.OF_THE_JVM, new Patience(Duration.ofSeconds(50), millis -> {}));

    /** A server that says this at once, and then the rest byte by byte without an end. */
    private record Slow(ServerSocket socket, String beginning) implements AutoCloseable {
        static Slow start(String beginning) throws IOException {
            Slow slow = new Slow(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), beginning);
            Thread thread = new Thread(slow::serve, "slow-server");
            thread.setDaemon(true);
            thread.start();
            return slow;
        }

        private void serve() {
            try (Socket client = socket.accept();
                    OutputStream out = client.getOutputStream()) {
                out.write(beginning.getBytes(UTF_8));
                while (true) {
                    out.write('a');
                    out.flush();
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                return; // whoever has asked has hung up
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Reply post(URI uri, Duration left) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(uri)
                .putHeader("Content-Length", "2")
                .build();
        return wire.post(request, BODY, left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Long: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"})
    void hangsUpWhereAnAnswerDoesNotEnd(String beginning) throws Exception {
        try (Slow server = Slow.start(beginning)) {
            assertThatThrownBy(() -> post(server.uri(), Duration.ofMillis(300)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no whole answer in the time of a call");
        }
    }

    @Test
    void refusesWhatIsNotHttp() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(
                    () -> {
                        try (Socket client = socket.accept()) {
                            client.getOutputStream().write("SSH-2.0-x\r\n\r\n".getBytes(UTF_8));
                        } catch (IOException e) {
                            return; // the test has failed already
                        }
                    },
                    "no-http-server");
            thread.setDaemon(true);
            thread.start();
            URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");

            assertThatThrownBy(() -> post(uri, Duration.ofSeconds(30))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void takesAStatusThatWantsALoginForAnAnswer() throws Exception {
        String refusal = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 1\r\n\r\n";
        try (Slow server = Slow.start(refusal)) {
            assertThat(post(server.uri(), Duration.ofSeconds(30)).status()).isEqualTo(401);
        }
    }
}
