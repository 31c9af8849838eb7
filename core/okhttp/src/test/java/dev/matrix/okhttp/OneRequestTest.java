package dev.matrix.okhttp;

import static dev.matrix.okhttp.Calls.address;
import static dev.matrix.okhttp.Calls.failure;
import static dev.matrix.okhttp.Calls.get;
import static dev.matrix.okhttp.Calls.post;
import static dev.matrix.okhttp.Calls.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpReply.Timing;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneRequestTest {

    private final MockWebServer server = new MockWebServer();
    private final OkHttpTransport transport = OkHttpTransport.create();

    @BeforeEach
    void start() throws IOException {
        server.setServerSocketFactory(new WideServerSockets());
        server.start(address(127, 0, 0, 1), 0);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private String uri() {
        return "http://127.0.0.1:" + server.getPort() + "/in?a=b%20c";
    }

    @Tag("W26")
    @Test
    void the_request_is_sent_as_it_was_given() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        HttpCall call = new HttpCall(
                "POST",
                URI.create(uri()),
                Map.of(
                        "content-type", List.of("application/json"),
                        "Webhook-Id", List.of("evt_1"),
                        "Accept-Encoding", List.of("gzip"),
                        "X-Two", List.of("1", "2")),
                Calls.BODY,
                Duration.ofSeconds(20),
                0,
                Calls.ANY);

        reply(transport, call);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /in?a=b%20c HTTP/1.1");
        assertThat(request.getBody().toByteArray()).isEqualTo(Calls.BODY);
        Headers headers = request.getHeaders();
        assertThat(headers.values("Content-Type")).containsExactly("application/json");
        assertThat(headers.values("Content-Length")).containsExactly("" + Calls.BODY.length);
        assertThat(headers.values("Accept-Encoding")).containsExactly("identity");
        assertThat(headers.values("Webhook-Id")).containsExactly("evt_1");
        assertThat(headers.values("X-Two")).containsExactly("1", "2");
        assertThat(headers.get("Cookie")).isNull();
    }

    @Tag("C11")
    @Tag("W26")
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirects_are_handed_back_and_their_location_sees_nothing(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start(address(127, 0, 0, 1), 0);
            String location = "http://127.0.0.1:" + elsewhere.getPort() + "/";
            Stream.of(1, 2)
                    .forEach(i -> server.enqueue(new MockResponse.Builder()
                            .code(status)
                            .addHeader("Location", location)
                            .build()));

            for (HttpCall call : List.of(post(uri()), get(uri()))) {
                HttpReply reply = reply(transport, call);
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.header("location")).isEqualTo(location);
            }
            assertThat(elsewhere.getRequestCount()).isZero();
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }

    @Tag("C11")
    @Tag("W26")
    @ParameterizedTest
    @ValueSource(ints = {401, 407, 408, 421, 503})
    void no_status_makes_it_send_again_be_there_a_body_or_none(int status) throws Exception {
        for (HttpCall call : List.of(post(uri()), get(uri()), call("HEAD"), call("DELETE"))) {
            int before = server.getRequestCount();
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .addHeader("Retry-After", 0)
                    .addHeader("WWW-Authenticate", "Basic realm=x")
                    .build());

            HttpReply reply = reply(transport, call);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Retry-After")).isEqualTo("0");
            assertThat(server.getRequestCount()).isEqualTo(before + 1);
        }
    }

    @Tag("C11")
    @Tag("W26")
    @Test
    void a_lost_connection_is_a_reset_that_was_sent_once() throws Exception {
        server.enqueue(new MockResponse.Builder().body("warm").build());
        reply(transport, post(uri()));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        TransportException reset = failure(transport, post(uri()));

        assertThat(reset.kind()).isEqualTo(Kind.RESET);
        assertThat(reset.sent()).isTrue();
        assertThat(reset).hasMessage("127.0.0.1: the connection was lost after the request began.");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Tag("W26")
    @Test
    void a_refused_connection_has_sent_nothing() throws Exception {
        // Bound, so that nobody else gets the port, but not listening.
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(address(127, 0, 0, 1), 0));

            TransportException refused = failure(transport, post("http://127.0.0.1:" + deaf.getLocalPort() + "/"));

            assertThat(refused.kind()).isEqualTo(Kind.CONNECT);
            assertThat(refused.sent()).isFalse();
        }
    }

    @Tag("W26")
    @Test
    void connections_are_kept_alive_and_cookies_are_not() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Set-Cookie", "a=1")
                .addHeader("Set-Cookie", "b=2")
                .addHeader("Cache-Control", "max-age=60")
                .body("first")
                .build());
        server.enqueue(new MockResponse.Builder().body("second").build());

        HttpReply first = reply(transport, get(uri()));
        HttpReply second = reply(transport, get(uri()));

        assertThat(first.headers()).containsEntry("Set-Cookie", List.of("a=1", "b=2"));
        assertThat(second.body()).isEqualTo("second".getBytes(UTF_8));
        RecordedRequest kept = Stream.of(server.takeRequest(), server.takeRequest())
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(kept.getExchangeIndex()).isEqualTo(1);
        assertThat(kept.getHeaders().get("Cookie")).isNull();
        assertThat(first.timing().connect()).isPositive();
        assertThat(second.timing().connect()).isZero();
        assertThat(second.timing()).extracting(Timing::dns, Timing::tls).containsExactly(Duration.ZERO, Duration.ZERO);
        assertThat(second.timing().firstByte())
                .isPositive()
                .isLessThanOrEqualTo(second.timing().total());
        assertThat(second.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @Tag("W26")
    @Test
    void the_jvms_proxies_are_not_asked() throws Exception {
        ProxySelector ambient = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                throw new AssertionError("asked for a proxy");
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
        try {
            server.enqueue(new MockResponse.Builder().build());
            assertThat(reply(transport, post(uri())).status()).isEqualTo(200);
        } finally {
            ProxySelector.setDefault(ambient);
        }
    }

    @Tag("W26")
    @Test
    void as_many_calls_are_in_flight_to_one_host_as_the_caller_sends() throws Exception {
        int calls = 200;
        CountDownLatch all = new CountDownLatch(calls);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                all.countDown();
                boolean together = all.await(20, TimeUnit.SECONDS);
                return new MockResponse.Builder().code(together ? 200 : 500).build();
            }
        });

        List<CompletableFuture<HttpReply>> sent = Stream.generate(
                        () -> transport.send(post(uri())).toCompletableFuture())
                .limit(calls)
                .toList();

        for (CompletableFuture<HttpReply> reply : sent) {
            assertThat(reply.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Tag("W26")
    @ParameterizedTest
    @ValueSource(strings = {"s3cret\nInjected: 1", "s3cret\u0000", "s3cret é"})
    void a_header_that_is_unfit_for_the_wire_is_refused_without_being_quoted(String value) {
        HttpCall call = new HttpCall(
                "POST",
                URI.create(uri()),
                Map.of("X-Key", List.of(value)),
                Calls.BODY,
                Duration.ofSeconds(20),
                0,
                Calls.ANY);

        TransportException refused = failure(transport, call);

        assertThat(refused.kind()).isEqualTo(Kind.OTHER);
        assertThat(refused.sent()).isFalse();
        assertThat(refused).hasNoCause().message().doesNotContain("s3cret").contains("check its URI, method, headers");
        assertThat(server.getRequestCount()).isZero();
    }

    @Tag("W26")
    @Test
    void a_call_that_http_has_no_form_for_is_refused() {
        HttpCall withBody = Calls.call("GET", uri(), Calls.BODY, Duration.ofSeconds(20), 0, Calls.ANY);
        HttpCall forEver = post(uri(), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(failure(transport, withBody).kind()).isEqualTo(Kind.OTHER);
        assertThat(failure(transport, forEver).kind()).isEqualTo(Kind.OTHER);
        assertThat(server.getRequestCount()).isZero();
    }

    @Tag("W26")
    @Test
    void closing_fails_the_calls_in_flight_and_the_later_ones() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                arrived.countDown();
                done.await();
                return new MockResponse.Builder().build();
            }
        });
        CompletableFuture<HttpReply> inFlight = transport.send(post(uri())).toCompletableFuture();
        arrived.await();

        transport.close();
        transport.close();

        TransportException failed = failure(inFlight);
        assertThat(failed.kind()).isEqualTo(Kind.OTHER);
        assertThat(failed.sent()).isTrue();
        assertThat(failed).hasMessage("127.0.0.1: the transport was closed.");
        TransportException late = failure(transport, post(uri()));
        assertThat(late.sent()).isFalse();
        assertThat(late).hasMessage("127.0.0.1: the transport is closed.");
        done.countDown();
    }

    private HttpCall call(String method) {
        return Calls.call(method, uri(), new byte[0], Duration.ofSeconds(20), 16_384, Calls.ANY);
    }
}
