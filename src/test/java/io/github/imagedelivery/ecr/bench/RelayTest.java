package io.github.imagedelivery.ecr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the relay does to times and rates is printed and not asserted, since the machine may be busy. */
@Timeout(60)
class RelayTest {
    private static final int MEBI = 1 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Network.class)
    void carriesEveryByteBothWays(Network network) throws Exception {
        byte[] content = new byte[3 * MEBI];
        new Random(1).nextBytes(content);
        Future<Void> echo = threads.submit(this::echo);
        try (Relay relay = relay(network);
                Socket client = connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, content), threads);

            byte[] answer = client.getInputStream().readAllBytes();

            sent.get();
            assertThat(answer).isEqualTo(content);
            assertThat(relay.takeMost()).isOne();
        }
        echo.get();
    }

    @Test
    void takesNoMoreThanTheServerDoes() throws Exception {
        try (Relay relay = relay(Network.WAN);
                SocketChannel client = SocketChannel.open(new InetSocketAddress(Relay.ADDRESS, server.getLocalPort()));
                Socket deaf = server.accept()) {
            client.configureBlocking(false);

            long taken = takenUntilNothingMoves(client);

            assertThat(deaf.isConnected()).isTrue();
            assertThat(relay.takeMost()).isOne();
            // The buffers of four sockets, and what is on the line.
            assertThat(taken).isBetween(1L, 32L * MEBI);
        }
    }

    @Test
    void countsConnectionsThatAreOpenAtOnce() throws Exception {
        try (Relay relay = relay(Network.LOOPBACK)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket client = connect();
                sockets.add(client);
                sockets.add(server.accept());
                client.close();
                assertThat(sockets.get(sockets.size() - 1).getInputStream().read())
                        .isNegative();
            }
            assertThat(relay.takeMost()).isLessThan(3);

            for (int i = 0; i < 3; i++) {
                sockets.add(connect());
                sockets.add(server.accept());
            }

            assertThat(relay.takeMost()).isBetween(3, 4);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void passesOnThatTheServerHasHungUp() throws Exception {
        try (Relay relay = relay(Network.WAN);
                Socket client = connect()) {
            Socket accepted = server.accept();
            accepted.close();

            assertThat(client.getInputStream().read()).isNegative();
            assertThat(relay.takeMost()).isOne();
        }
    }

    @Test
    void printsWhatTheNetworkIsLike() throws Exception {
        Future<Void> echo = threads.submit(this::echo);
        try (Relay relay = relay(Network.WAN);
                Socket client = connect()) {
            client.setTcpNoDelay(true);
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            List<Long> trips = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                out.write(i);
                assertThat(in.read()).isEqualTo(i);
                trips.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            }
            client.shutdownOutput();
            assertThat(in.read()).isNegative();
            System.out.println("microseconds of round trips: " + trips);
            System.out.println("Mbit/s of 4 connections: " + rate(4) + ", most at once " + relay.takeMost());
        }
        echo.get();
    }

    private Relay relay(Network network) throws IOException {
        return Relay.open(new Line(network), new Line(network), server.getLocalPort());
    }

    private Socket connect() throws IOException {
        return new Socket(Relay.ADDRESS, server.getLocalPort());
    }

    private Void echo() throws IOException {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            socket.getInputStream().transferTo(socket.getOutputStream());
        }
        return null;
    }

    private static void send(Socket socket, byte[] content) {
        try {
            socket.getOutputStream().write(content);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long takenUntilNothingMoves(SocketChannel client) throws IOException, InterruptedException {
        ByteBuffer chunk = ByteBuffer.allocate(MEBI);
        long taken = 0;
        int still = 0;
        while (still < 50 && taken < 128L * MEBI) {
            int written = client.write(chunk.clear());
            taken += written;
            still = written == 0 ? still + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(written == 0 ? 10 : 0);
        }
        return taken;
    }

    /** Returns how many Mbit/s so many connections carry together. */
    private long rate(int connections) throws Exception {
        byte[] content = new byte[4 * MEBI];
        long start = System.nanoTime();
        List<Future<Long>> received = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket client = connect();
            received.add(threads.submit(() -> {
                send(client, content);
                return 0L;
            }));
            received.add(threads.submit(this::swallow));
        }
        long bytes = 0;
        for (Future<Long> some : received) {
            bytes += some.get();
        }
        return 8 * bytes * 1_000 / (System.nanoTime() - start);
    }

    private long swallow() throws IOException {
        try (Socket socket = server.accept()) {
            return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
