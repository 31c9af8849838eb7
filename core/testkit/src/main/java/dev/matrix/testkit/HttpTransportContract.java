package dev.matrix.testkit;

import static dev.matrix.testkit.RawServer.answering;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpReply.End;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What an {@link HttpTransport} promises, against receivers on this machine: one request per call, no blocked address, no more of
 * a reply than was asked for, and no request judged by the reply to another. It needs the loopback addresses 127.0.0.1 and
 * 127.0.0.2.
 */
public interface HttpTransportContract {

    /** Says where a name leads, in place of DNS. */
    @FunctionalInterface
    interface Names {

        /**
         * The addresses of a name; empty where there are none.
         *
         * @throws UnknownHostException where there is no such name
         */
        List<InetAddress> lookup(String host) throws UnknownHostException;
    }

    /** A new transport that resolves names by {@code names}; each test closes it. */
    HttpTransport open(Names names);

    @Tag("W44")
    @TestFactory
    default Stream<DynamicTest> a_connection_in_doubt_is_not_used_again() {
        return HostileReply.afterReplies().stream().map(this::hostile);
    }

    @Tag("W44")
    @Tag("W45")
    @TestFactory
    default Stream<DynamicTest> a_body_whose_end_is_in_doubt_leaves_the_status() {
        return HostileReply.bodies().stream().map(this::hostile);
    }

    @Tag("W45")
    @TestFactory
    default Stream<DynamicTest> whatever_a_head_contains_the_call_ends() {
        return HostileReply.heads().stream().map(this::hostile);
    }

    private DynamicTest hostile(HostileReply reply) {
        return DynamicTest.dynamicTest(reply.name(), () -> new HostileRun(this, reply).check());
    }

    @Tag("W44")
    @Test
    default void each_request_is_judged_by_its_own_reply() throws Exception {
        new MixedRun(this, MixedRun.SOME).check();
    }

    @Tag("W44")
    @Tag("long")
    @Test
    default void each_of_ten_thousand_requests_is_judged_by_its_own_reply() throws Exception {
        new MixedRun(this, MixedRun.MANY).check();
    }

    @Tag("W26")
    @Test
    default void a_redirect_is_handed_back_and_its_target_sees_nothing() throws Exception {
        try (RawServer elsewhere = RawServer.on(Loopback.ONE, answering(Loopback.CLOSING))) {
            String head = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:" + elsewhere.port()
                    + "/\r\n\r\n";
            try (RawServer server = RawServer.on(Loopback.ONE, answering(head));
                    HttpTransport transport = open(Loopback.NAMES)) {
                HttpReply reply = transport.call(Loopback.call("GET", server.port(), "1", Loopback.ANY));

                assertThat(reply.status()).isEqualTo(302);
                assertThat(elsewhere.untouched()).isTrue();
            }
        }
    }

    @Tag("W26")
    @Tag("W44")
    @Test
    default void what_a_receiver_has_read_is_never_sent_again() throws Exception {
        for (String method : List.of("POST", "GET", "PUT", "DELETE")) {
            KeptServer.Script oneReply = (id, peer) -> {
                if (!"1".equals(id)) {
                    return false;
                }
                KeptServer.write(peer, Loopback.reply("1", "200 OK"));
                return true;
            };
            try (KeptServer server = KeptServer.on(Loopback.ONE, oneReply);
                    HttpTransport transport = open(Loopback.NAMES)) {
                transport.call(Loopback.call(method, server.port(), "1", Loopback.ANY));

                TransportException lost =
                        Loopback.failure(transport, Loopback.call(method, server.port(), "2", Loopback.ANY));

                assertThat(lost.kind()).isEqualTo(Kind.RESET);
                assertThat(lost.sent()).isTrue();
                assertThat(server.read()).containsExactly("1", "2");
            }
        }
    }

    @Tag("W26")
    @Test
    default void no_status_makes_it_send_again() throws Exception {
        for (String status : List.of("408 x", "421 x", "503 x", "401 x", "407 x")) {
            String reply = "HTTP/1.1 " + status
                    + "\r\nRetry-After: 0\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n";
            try (RawServer server = RawServer.on(Loopback.ONE, answering(reply));
                    HttpTransport transport = open(Loopback.NAMES)) {
                assertThat(transport
                                .call(Loopback.call("POST", server.port(), "1", Loopback.ANY))
                                .status())
                        .isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(server.requests()).isEqualTo(1);
            }
        }
    }

    @Tag("W44")
    @Test
    default void a_receiver_that_ends_idle_connections_gets_each_request_at_once() throws Exception {
        // Each third request is the last one of its connection, and nothing says so.
        Semaphore ended = new Semaphore(0);
        KeptServer.Script ends = (id, peer) -> {
            KeptServer.write(peer, Loopback.reply(id, "200 OK"));
            if (Integer.parseInt(id) % 3 == 2) {
                peer.close();
                Loopback.settle();
                ended.release();
            }
            return !peer.isClosed();
        };
        try (KeptServer server = KeptServer.on(Loopback.ONE, ends);
                HttpTransport transport = open(Loopback.NAMES)) {
            for (int i = 0; i < 200; i++) {
                HttpReply reply = transport.call(Loopback.call("POST", server.port(), "" + i, Loopback.ANY));
                assertThat(reply.header("X-For")).isEqualTo("" + i);
                if (i % 3 == 2) {
                    ended.acquire();
                }
            }
            assertThat(server.read()).hasSize(200);
        }
    }

    @Tag("W28")
    @Test
    default void an_endless_body_is_cut_at_the_cap_and_read_no_further() throws Exception {
        AtomicLong taken = new AtomicLong();
        RawServer.Script endless = RawServer.endless(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "10000\r\n" + "x".repeat(0x10000) + "\r\n",
                taken);
        try (RawServer server = RawServer.on(Loopback.ONE, endless);
                HttpTransport transport = open(Loopback.NAMES)) {
            HttpReply reply = transport.call(Loopback.call("GET", server.port(), "1", Loopback.ANY));

            assertThat(reply.end()).isEqualTo(End.TRUNCATED);
            assertThat(reply.body()).hasSize(Loopback.CAP).containsOnly('x');
            // What sockets buffer on the way, and no more.
            assertThat(taken.get()).isLessThan(64L << 20);
        }
    }

    @Tag("W28")
    @Test
    default void a_body_is_handed_over_as_it_came() throws Exception {
        String odd = "\0\u00ff\u00fe\u00c3(\0";
        String reply = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n" + odd;
        try (RawServer server = RawServer.on(Loopback.ONE, answering(reply));
                HttpTransport transport = open(Loopback.NAMES)) {
            HttpReply came = transport.call(Loopback.call("GET", server.port(), "1", Loopback.ANY));

            assertThat(came.body()).isEqualTo(odd.getBytes(ISO_8859_1));
            assertThat(came.end()).isEqualTo(End.COMPLETE);
        }
    }

    @Tag("W27")
    @Test
    default void a_handshake_that_stalls_ends_when_the_time_runs_out() throws Exception {
        RawServer.Script deaf = peer -> peer.getInputStream().read();
        try (RawServer server = RawServer.on(Loopback.ONE, deaf);
                HttpTransport transport = open(Loopback.NAMES)) {
            HttpCall call = new HttpCall(
                    "POST",
                    URI.create("https://one.example:" + server.port() + "/"),
                    Map.of(),
                    new byte[0],
                    Duration.ofMillis(300),
                    0,
                    Loopback.ANY);
            TransportException late = Loopback.failure(transport, call);

            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(late.sent()).isFalse();
        }
    }

    @Tag("W29")
    @Tag("C9")
    @Test
    default void literals_of_private_addresses_are_blocked_and_no_connection_arrives() throws Exception {
        for (String host : List.of("127.0.0.1", "0.0.0.0", "2130706433", "[::ffff:7f00:1]", "[::1]", "[::]")) {
            try (RawServer server = RawServer.on(Loopback.ONE, answering(Loopback.CLOSING));
                    HttpTransport transport = open(Loopback.NAMES)) {
                HttpCall call = Loopback.call(
                        "POST", URI.create("http://" + host + ":" + server.port() + "/"), "1", Loopback.PUBLIC);
                TransportException blocked = Loopback.failure(transport, call);

                assertThat(blocked.kind()).as(host).isEqualTo(Kind.ADDRESS_BLOCKED);
                assertThat(blocked.sent()).isFalse();
                assertThat(server.untouched()).isTrue();
            }
        }
    }

    @Tag("W29")
    @Tag("C9")
    @Test
    default void a_name_of_a_private_address_is_blocked_and_no_connection_arrives() throws Exception {
        try (RawServer server = RawServer.on(Loopback.ONE, answering(Loopback.CLOSING));
                HttpTransport transport = open(Loopback.NAMES)) {
            TransportException blocked =
                    Loopback.failure(transport, Loopback.call("POST", server.port(), "1", Loopback.PUBLIC));

            assertThat(blocked.kind()).isEqualTo(Kind.ADDRESS_BLOCKED);
            assertThat(server.untouched()).isTrue();
        }
    }

    @Tag("W29")
    @Tag("C9")
    @Test
    default void of_mixed_answers_only_the_allowed_ones_are_tried() throws Exception {
        Reach second = new Reach.PublicOnly(AddressPolicy.publicOnly().allowing("127.0.0.2"));
        try (RawServer.Pair pair = RawServer.Pair.on(Loopback.ONE, Loopback.TWO, answering(Loopback.CLOSING));
                HttpTransport transport = open(host -> List.of(Loopback.ONE, Loopback.TWO))) {
            HttpCall call = Loopback.call("POST", pair.one().port(), "1", second);

            assertThat(transport.call(call).remoteAddress()).isEqualTo("127.0.0.2");
            assertThat(pair.one().untouched()).isTrue();
        }
    }

    @Tag("W29")
    @Test
    default void a_name_without_an_address_is_unknown() {
        try (HttpTransport transport = open(host -> {
            throw new UnknownHostException(host);
        })) {
            assertThat(Loopback.failure(transport, Loopback.call("POST", 80, "1", Loopback.PUBLIC))
                            .kind())
                    .isEqualTo(Kind.DNS);
        }
    }
}
