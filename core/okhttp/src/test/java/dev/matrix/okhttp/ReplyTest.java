package dev.matrix.okhttp;

import static dev.matrix.okhttp.Calls.address;
import static dev.matrix.okhttp.Calls.failure;
import static dev.matrix.okhttp.Calls.get;
import static dev.matrix.okhttp.Calls.post;
import static dev.matrix.okhttp.Calls.reply;
import static dev.matrix.testkit.RawServer.answering;
import static dev.matrix.testkit.RawServer.dripping;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpReply.End;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.testkit.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    private static final InetAddress LOOPBACK = address(127, 0, 0, 1);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** For calls that run out of time only after something has come: that has to come within it. */
    private static final Duration DRIPPING = Duration.ofSeconds(2);

    private final OkHttpTransport transport = OkHttpTransport.create();

    @AfterEach
    void stop() {
        transport.close();
    }

    @Tag("C12")
    @Tag("W27")
    @Test
    void a_head_that_drips_ends_when_the_time_runs_out() throws Exception {
        try (RawServer server = RawServer.on(LOOPBACK, dripping("HTTP/1.1 200 OK\r\nX: "))) {
            TransportException late = failure(transport, post(uri(server), DRIPPING));

            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(late.sent()).isTrue();
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Tag("W27")
    @Tag("W28")
    @Test
    void a_body_that_drips_is_cut_when_the_time_runs_out_and_the_status_stands() throws Exception {
        try (RawServer server = RawServer.on(LOOPBACK, dripping("HTTP/1.1 200 OK\r\n\r\nx"))) {
            HttpReply reply = reply(transport, post(uri(server), DRIPPING));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.end()).isEqualTo(End.FAILED);
            assertThat(reply.timing().total()).isGreaterThanOrEqualTo(DRIPPING);
            assertThat(new String(reply.body(), ISO_8859_1)).matches("x+");
        }
    }

    @Tag("W27")
    @Test
    void a_lookup_that_hangs_ends_when_the_time_runs_out() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (OkHttpTransport hanging = hanging(new CountDownLatch(1), done)) {
            TransportException late = failure(hanging, post("http://hooks.example/", SHORT));

            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(late.sent()).isFalse();
        } finally {
            done.countDown();
        }
    }

    @Tag("W27")
    @Test
    void closing_ends_a_call_whose_lookup_hangs() {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        OkHttpTransport hanging = hanging(asked, done);
        CompletionStage<HttpReply> sent = hanging.send(post("http://hooks.example/"));
        awaitQuietly(asked);

        hanging.close();

        assertThat(failure(sent).kind()).isEqualTo(Kind.OTHER);
        assertThat(failure(sent).sent()).isFalse();
        done.countDown();
    }

    @Tag("C12")
    @Tag("W28")
    @Test
    void an_endless_body_is_truncated_at_the_cap_and_its_connection_dropped() throws Exception {
        AtomicLong taken = new AtomicLong();
        RawServer.Script endless = RawServer.endless(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "10000\r\n" + "x".repeat(0x10000) + "\r\n",
                taken);
        CompletableFuture<Void> dropped = new CompletableFuture<>();
        RawServer.Script untilDropped = peer -> {
            try {
                endless.play(peer);
            } finally {
                dropped.complete(null);
            }
        };
        try (RawServer server = RawServer.on(LOOPBACK, untilDropped)) {
            HttpReply reply = reply(transport, post(uri(server)));

            assertThat(reply.end()).isEqualTo(End.TRUNCATED);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).hasSize(16_384).containsOnly('x');
            dropped.get(20, TimeUnit.SECONDS);
            // What sockets buffer on the way, and no more.
            assertThat(taken.get()).isLessThan(64L << 20);
        }
    }

    @Tag("C12")
    @Tag("W28")
    @Test
    void a_compressed_body_is_left_as_it_came_and_truncated() throws Exception {
        byte[] noise = new byte[200_000];
        RandomGeneratorFactory.of("L64X128MixRandom").create(1).nextBytes(noise);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(noise);
        }
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
        try (RawServer server = RawServer.on(LOOPBACK, answering(head + packed.toString(ISO_8859_1)))) {
            HttpReply reply = reply(transport, post(uri(server)));

            assertThat(reply.end()).isEqualTo(End.TRUNCATED);
            assertThat(reply.header("content-encoding")).isEqualTo("gzip");
            assertThat(reply.body()).isEqualTo(Arrays.copyOf(packed.toByteArray(), 16_384));
        }
    }

    @Tag("W28")
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384})
    void a_body_up_to_the_cap_is_complete(int size) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n";
        try (RawServer server = RawServer.on(LOOPBACK, answering(head + "x".repeat(size)))) {
            HttpReply reply = reply(transport, post(uri(server)));

            assertThat(reply.end()).isEqualTo(End.COMPLETE);
            assertThat(reply.body()).hasSize(size);
        }
    }

    @Tag("W28")
    @Test
    void a_cap_of_zero_reads_no_body() throws Exception {
        try (RawServer server = RawServer.on(LOOPBACK, answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"))) {
            HttpReply reply =
                    reply(transport, Calls.call("POST", uri(server), Calls.BODY, Duration.ofSeconds(20), 0, Calls.ANY));

            assertThat(reply.end()).isEqualTo(End.TRUNCATED);
            assertThat(reply.body()).isEmpty();
        }
    }

    @Tag("C12")
    @Test
    void nul_and_invalid_utf_8_come_through_byte_for_byte() throws Exception {
        String odd = "\u0000\u00ff\u00fe\u00c3(\u0000";
        try (RawServer server =
                RawServer.on(LOOPBACK, answering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + odd))) {
            assertThat(reply(transport, post(uri(server))).body()).isEqualTo(odd.getBytes(ISO_8859_1));
        }
    }

    @Tag("C12")
    @Tag("W28")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nzz\r\n"
            })
    void a_body_that_dies_leaves_the_status_and_what_came(String reply) throws Exception {
        try (RawServer server = RawServer.on(LOOPBACK, answering(reply))) {
            HttpReply came = reply(transport, post(uri(server)));

            assertThat(came.status()).isEqualTo(200);
            assertThat(came.end()).isEqualTo(End.FAILED);
            assertThat(came.body()).isEqualTo("part".getBytes(ISO_8859_1));
        }
    }

    @Tag("W28")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\noops",
                "HTTP/1.1 205 Reset Content\r\nContent-Length: 4\r\n\r\noops"
            })
    void a_body_where_none_may_be_does_not_hide_the_status(String reply) throws Exception {
        try (RawServer server = RawServer.on(LOOPBACK, answering(reply))) {
            assertThat(reply(transport, post(uri(server))).status()).isBetween(204, 205);
        }
    }

    @Tag("W27")
    @Test
    void a_far_side_that_switches_protocols_unasked_holds_nothing_up() throws Exception {
        String upgrade = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
        try (RawServer server = RawServer.on(LOOPBACK, dripping(upgrade))) {
            // Longer than the test waits for the reply.
            HttpCall call = post(uri(server), Duration.ofMinutes(1));
            assertThat(reply(transport, call).status()).isEqualTo(101);
        }
    }

    @Tag("W28")
    @Test
    void interim_replies_are_skipped() throws Exception {
        String reply =
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = RawServer.on(LOOPBACK, answering(reply))) {
            assertThat(reply(transport, get(uri(server))).status()).isEqualTo(404);
        }
    }

    @Tag("W28")
    @Test
    void what_is_no_http_is_refused_without_being_quoted() throws Exception {
        try (RawServer server = RawServer.on(LOOPBACK, answering("SSH-2.0-s3cret\r\n\r\n"))) {
            TransportException refused = failure(transport, post(uri(server)));

            assertThat(refused.kind()).isEqualTo(Kind.OTHER);
            assertThat(refused.sent()).isTrue();
            assertThat(refused).hasNoCause().message().doesNotContain("s3cret");
        }
    }

    private static OkHttpTransport hanging(CountDownLatch asked, CountDownLatch done) {
        return new OkHttpTransport(Egress.direct(), host -> {
            asked.countDown();
            awaitQuietly(done);
            return List.of(LOOPBACK);
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String uri(RawServer server) {
        return "http://127.0.0.1:" + server.port() + "/";
    }
}
