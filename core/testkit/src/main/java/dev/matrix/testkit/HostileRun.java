package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.testkit.HostileReply.Ending;
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
        try (KeptServer server = KeptServer.on(Loopback.ONE, this::answer);
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
            if (reply.ending() != Ending.KEEP && reply.ending() != Ending.AGAIN) {
                // Else the next request could be on its way before its connection's end is.
                followed.await();
            }
            next(server, transport);
        }
    }

    private void next(KeptServer server, HttpTransport transport) {
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
            case KEEP -> {}
            case AGAIN -> again(peer);
            case CLOSE -> then(peer::close);
            case RESET -> then(() -> reset(peer));
            case LATE_BYTES -> late(() -> KeptServer.write(peer, "x"));
            case LATE_REPLY -> late(() -> KeptServer.write(peer, HostileReply.STALE));
            case LATE_CLOSE -> late(peer::close);
            case LATE_RESET -> late(() -> reset(peer));
        }
        return !peer.isClosed();
    }

    private static void reset(Socket peer) throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
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
        then(deed);
    }

    private void then(Deed deed) throws IOException {
        deed.run();
        Loopback.settle();
        followed.countDown();
    }
}
