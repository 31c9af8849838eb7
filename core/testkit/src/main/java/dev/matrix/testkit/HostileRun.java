package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One hostile reply, what comes of it, and a request after it, which has to get its own reply. */
final class HostileRun {

    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final HttpTransportContract contract;
    private final HostileReply reply;
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private final CountDownLatch followed = new CountDownLatch(1);

    HostileRun(HttpTransportContract contract, HostileReply reply) {
        this.contract = contract;
        this.reply = reply;
    }

    void check() throws IOException, InterruptedException {
        try (KeptServer server = KeptServer.on(Loopback.ONE, reply.greeting(), this::answer);
                HttpTransport transport = contract.open(Loopback.NAMES)) {
            HttpCall first = Loopback.call(
                    "POST", Loopback.uri(server.port()), "1", Loopback.ANY, reply.isSilent() ? SHORT : AMPLE);
            long before = System.nanoTime();
            if (reply.status() == 0) {
                TransportException failure = Loopback.failure(transport, first);
                assertThat(failure.kind()).isIn(reply.kinds());
            } else {
                HttpReply came = transport.call(first);
                assertThat(came.status()).isEqualTo(reply.status());
                assertThat(came.end()).isEqualTo(reply.end());
                assertThat(new String(came.body(), ISO_8859_1)).isEqualTo(reply.body());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AMPLE);
            handedOver.countDown();
            if (reply.ending().name().startsWith("LATE")) {
                followed.await();
            }
            next(server, transport);
        }
    }

    private void next(KeptServer server, HttpTransport transport) {
        if (!reply.greeting().isEmpty()) {
            return;
        }
        HttpReply second = transport.call(Loopback.call("POST", server.port(), "2", Loopback.ANY));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("X-For")).isEqualTo("2");
        assertThat(server.read()).containsExactly("1", "2");
    }

    private boolean answer(String id, Socket peer) throws IOException {
        if ("2".equals(id)) {
            KeptServer.write(peer, Loopback.reply("2", "201 Created"));
            return true;
        }
        KeptServer.write(peer, reply.bytes());
        switch (reply.ending()) {
            case KEEP -> {
                return true;
            }
            case AGAIN -> again(peer);
            case RESET -> peer.setSoLinger(true, 0);
            case LATE_BYTES -> late(() -> KeptServer.write(peer, "x"));
            case LATE_REPLY -> late(() -> KeptServer.write(peer, HostileReply.STALE));
            case LATE_CLOSE -> late(peer::close);
            case LATE_RESET ->
                late(() -> {
                    peer.setSoLinger(true, 0);
                    peer.close();
                });
            case CLOSE -> {}
        }
        return reply.ending() == HostileReply.Ending.LATE_BYTES || reply.ending() == HostileReply.Ending.LATE_REPLY;
    }

    private void again(Socket peer) throws IOException {
        int lastLine = reply.bytes().lastIndexOf('\n', reply.bytes().length() - 2) + 1;
        String line = reply.bytes().substring(reply.name().startsWith("interim") ? 0 : lastLine);
        while (true) {
            KeptServer.write(peer, line);
        }
    }

    /** Something that a peer does. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    private void late(Deed deed) throws IOException {
        try {
            handedOver.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        deed.run();
        followed.countDown();
    }
}
