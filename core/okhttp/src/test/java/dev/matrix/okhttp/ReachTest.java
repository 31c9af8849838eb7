package dev.matrix.okhttp;

import static dev.matrix.okhttp.Calls.address;
import static dev.matrix.okhttp.Calls.failure;
import static dev.matrix.okhttp.Calls.post;
import static dev.matrix.okhttp.Calls.reply;
import static dev.matrix.testkit.RawServer.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.testkit.RawServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    private static final String CLOSING = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final InetAddress PRIVATE = address(127, 0, 0, 1);
    private static final InetAddress ALLOWED = address(127, 0, 0, 2);
    private static final Reach SECOND_ONLY =
            new Reach.PublicOnly(AddressPolicy.publicOnly().allowing("127.0.0.2"));

    @Tag("C9")
    @Tag("W29")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "https://127.0.0.1:%d/",
                "http://0.0.0.0:%d/",
                "http://2130706433:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[0:0:0:0:0:ffff:7f00:0001]:%d/",
                "http://[::1]:%d/",
                "http://[::]:%d/"
            })
    void literals_of_private_addresses_are_blocked_and_no_connection_arrives(String uri) throws Exception {
        try (RawServer server = RawServer.on(PRIVATE, answering(CLOSING));
                OkHttpTransport transport = OkHttpTransport.create()) {
            TransportException blocked = failure(transport, post(uri.formatted(server.port()), Calls.PUBLIC));

            assertThat(blocked.kind()).isEqualTo(Kind.ADDRESS_BLOCKED);
            assertThat(blocked.sent()).isFalse();
            assertThat(server.untouched()).isTrue();
        }
    }

    @Tag("C9")
    @ParameterizedTest
    @ValueSource(strings = {"https://127.1/", "https://0x7f.1/", "https://127.0.0x1/"})
    void odd_spellings_of_literals_are_no_host_of_a_call(String uri) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> post(uri, Calls.PUBLIC));
    }

    @Tag("C9")
    @Test
    void a_literal_that_only_the_resolver_reads_as_one_is_blocked_or_unknown() throws Exception {
        try (RawServer server = RawServer.on(PRIVATE, answering(CLOSING));
                OkHttpTransport transport = OkHttpTransport.create()) {
            String uri = "http://0x7f000001:" + server.port() + "/";

            assertThat(failure(transport, post(uri, Calls.PUBLIC)).kind()).isIn(Kind.ADDRESS_BLOCKED, Kind.DNS);
            assertThat(server.untouched()).isTrue();
        }
    }

    @Tag("C9")
    @Test
    void a_name_that_turns_private_after_registration_is_blocked() throws Exception {
        AtomicReference<InetAddress> answer = new AtomicReference<>(ALLOWED);
        try (RawServer.Pair pair = RawServer.Pair.on(ALLOWED, PRIVATE, answering(CLOSING));
                OkHttpTransport transport = over(host -> List.of(answer.get()))) {
            RawServer allowed = pair.one();
            RawServer hidden = pair.other();
            String uri = "http://hooks.example:" + allowed.port() + "/";
            assertThat(reply(transport, post(uri, SECOND_ONLY)).remoteAddress()).isEqualTo("127.0.0.2");

            answer.set(PRIVATE);

            TransportException blocked = failure(transport, post(uri, SECOND_ONLY));
            assertThat(blocked.kind()).isEqualTo(Kind.ADDRESS_BLOCKED);
            assertThat(blocked.sent()).isFalse();
            assertThat(blocked).hasMessageStartingWith("hooks.example: ");
            assertThat(hidden.untouched()).isTrue();
        }
    }

    @Tag("C9")
    @Tag("W29")
    @Test
    void of_mixed_answers_only_the_allowed_ones_are_tried() throws Exception {
        try (RawServer.Pair pair = RawServer.Pair.on(ALLOWED, PRIVATE, answering(CLOSING));
                OkHttpTransport transport = over(host -> List.of(PRIVATE, ALLOWED))) {
            RawServer allowed = pair.one();
            RawServer hidden = pair.other();
            String uri = "http://hooks.example:" + allowed.port() + "/";

            assertThat(reply(transport, post(uri, SECOND_ONLY)).remoteAddress()).isEqualTo("127.0.0.2");

            allowed.close();
            assertThat(failure(transport, post(uri, SECOND_ONLY)).kind()).isEqualTo(Kind.CONNECT);
            assertThat(hidden.untouched()).isTrue();
        }
    }

    @Tag("W29")
    @Test
    void a_connection_opened_for_any_address_is_not_used_by_a_call_that_may_only_reach_public_ones() throws Exception {
        try (MockWebServer server = new MockWebServer();
                OkHttpTransport transport = over(host -> List.of(PRIVATE))) {
            server.enqueue(new MockResponse.Builder().body("kept alive").build());
            server.start(PRIVATE, 0);
            String uri = "http://hooks.example:" + server.getPort() + "/";
            assertThat(reply(transport, post(uri)).status()).isEqualTo(200);

            assertThat(failure(transport, post(uri, Calls.PUBLIC)).kind()).isEqualTo(Kind.ADDRESS_BLOCKED);
            assertThat(failure(transport, post(uri, SECOND_ONLY)).kind()).isEqualTo(Kind.ADDRESS_BLOCKED);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Tag("W29")
    @Test
    void the_jvm_looks_names_up_and_the_policy_judges_what_it_finds() throws Exception {
        try (RawServer server = RawServer.on(PRIVATE, answering(CLOSING));
                OkHttpTransport transport = OkHttpTransport.create()) {
            String uri = "http://localhost:" + server.port() + "/";

            assertThat(failure(transport, post(uri, Calls.PUBLIC)).kind()).isEqualTo(Kind.ADDRESS_BLOCKED);
            assertThat(server.untouched()).isTrue();
            assertThat(reply(transport, post(uri)).status()).isEqualTo(200);
        }
    }

    @Tag("W29")
    @Test
    void a_name_without_an_address_is_unknown_and_not_blocked() {
        try (OkHttpTransport empty = over(host -> List.of());
                OkHttpTransport unknown = over(host -> {
                    throw new UnknownHostException(host);
                })) {
            assertThat(failure(empty, post("http://hooks.example/", Calls.PUBLIC))
                            .kind())
                    .isEqualTo(Kind.DNS);
            TransportException failure = failure(unknown, post("http://hooks.example/secret?token=1", Calls.PUBLIC));
            assertThat(failure.kind()).isEqualTo(Kind.DNS);
            assertThat(failure.sent()).isFalse();
            assertThat(failure).hasMessage("hooks.example: the name doesn't resolve.");
        }
    }

    @Tag("W29")
    @Test
    void the_address_is_judged_where_the_socket_connects() throws Exception {
        DirectSockets sockets = new DirectSockets(AddressPolicy.publicOnly()::allows);
        try (RawServer server = RawServer.on(PRIVATE, answering(CLOSING));
                Socket socket = sockets.createSocket()) {
            InetSocketAddress target = new InetSocketAddress(PRIVATE, server.port());

            assertThatThrownBy(() -> socket.connect(target, 1_000)).isInstanceOf(AddressBlockedException.class);
            assertThatThrownBy(() -> socket.connect(target)).isInstanceOf(AddressBlockedException.class);
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("hooks.example", 443), 1_000))
                    .isInstanceOf(AddressBlockedException.class);
            assertThat(server.untouched()).isTrue();
        }
    }

    @Tag("W29")
    @Test
    void there_is_no_other_way_to_a_socket() {
        DirectSockets sockets = new DirectSockets(AddressPolicy.publicOnly()::allows);

        assertThatThrownBy(() -> sockets.createSocket("127.0.0.1", 80)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket("127.0.0.1", 80, PRIVATE, 0))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket(PRIVATE, 80)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sockets.createSocket(PRIVATE, 80, PRIVATE, 0)).isInstanceOf(RuntimeException.class);
    }

    @Tag("W29")
    @Test
    void a_declared_proxy_gets_the_call_and_resolves_the_name_itself() throws Exception {
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.enqueue(new MockResponse.Builder().code(202).build());
            proxy.start(PRIVATE, 0);
            Egress egress = Egress.direct()
                    .throughPolicyEnforcingProxy(InetSocketAddress.createUnresolved("127.0.0.1", proxy.getPort()));
            try (OkHttpTransport transport = new OkHttpTransport(egress, host -> {
                throw new UnknownHostException(host);
            })) {
                assertThat(reply(transport, post("http://hooks.example/in", Calls.PUBLIC))
                                .status())
                        .isEqualTo(202);
            }
            assertThat(proxy.takeRequest().getRequestLine()).isEqualTo("POST http://hooks.example/in HTTP/1.1");
        }
    }

    private static OkHttpTransport over(Dns dns) {
        return new OkHttpTransport(Egress.direct(), dns);
    }
}
