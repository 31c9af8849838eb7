package dev.matrix.okhttp;

import static dev.matrix.okhttp.Calls.address;
import static dev.matrix.okhttp.Calls.failure;
import static dev.matrix.okhttp.Calls.get;
import static dev.matrix.okhttp.Calls.post;
import static dev.matrix.okhttp.Calls.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.io.IOException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TlsTest {

    private static final int REFUSED_STREAM = 7;

    private final HeldCertificate certificate = new HeldCertificate.Builder()
            .addSubjectAlternativeName("hooks.example")
            .build();
    private final Egress trusting = Egress.direct()
            .trusting(new HandshakeCertificates.Builder()
                    .addTrustedCertificate(certificate.certificate())
                    .build()
                    .trustManager());
    private final OkHttpTransport transport = over(trusting);
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        server.start(address(127, 0, 0, 1), 0);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Tag("W26")
    @Test
    void calls_to_one_host_share_one_http_2_connection() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());
        server.enqueue(new MockResponse.Builder().code(410).build());

        HttpReply first = reply(transport, post(uri("hooks.example")));
        HttpReply second = reply(transport, post(uri("hooks.example")));

        assertThat(first.status()).isEqualTo(204);
        assertThat(second.status()).isEqualTo(410);
        assertThat(first.timing().dns()).isPositive();
        assertThat(first.timing().connect()).isPositive();
        assertThat(first.timing().tls()).isPositive();
        assertThat(second.timing().tls()).isZero();
        for (RecordedRequest request : List.of(server.takeRequest(), server.takeRequest())) {
            assertThat(request.getVersion()).isEqualTo("HTTP/2");
            assertThat(request.getConnectionIndex()).isZero();
        }
    }

    @Tag("W26")
    @Test
    void a_refused_stream_is_not_sent_again() throws Exception {
        for (HttpCall call : List.of(post(uri("hooks.example")), get(uri("hooks.example")))) {
            server.enqueue(new MockResponse.Builder()
                    .onRequestStart(new SocketEffect.CloseStream(REFUSED_STREAM))
                    .build());
            server.enqueue(new MockResponse.Builder().build());

            assertThat(failure(transport, call).kind()).isEqualTo(Kind.RESET);
            // The refused one, of which the server reads nothing; until it is noted, the server would refuse another
            // stream.
            assertThat(server.takeRequest().getTarget()).isEqualTo("/");

            reply(transport, get(uri("hooks.example") + "/next"));
            assertThat(server.takeRequest().getTarget()).isEqualTo("/in/next");
        }
    }

    @Tag("W26")
    @Test
    void a_connection_that_shuts_down_loses_the_call_that_waits_on_it() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        TransportException reset = failure(transport, post(uri("hooks.example")));

        assertThat(reset.kind()).isEqualTo(Kind.RESET);
        assertThat(reset.sent()).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Tag("W29")
    @Test
    void a_certificate_for_another_host_is_told_apart() {
        TransportException mismatch = failure(transport, post(uri("other.example")));

        assertThat(mismatch.kind()).isEqualTo(Kind.TLS_HOSTNAME);
        assertThat(mismatch.sent()).isFalse();
        assertThat(mismatch).hasMessage("other.example: its certificate is for another host.");
        assertThat(server.getRequestCount()).isZero();
    }

    @Tag("W26")
    @Test
    void a_certificate_that_nobody_trusts_fails_the_handshake() {
        try (OkHttpTransport untrusting = over(Egress.direct())) {
            TransportException untrusted = failure(untrusting, post(uri("hooks.example")));

            assertThat(untrusted.kind()).isEqualTo(Kind.TLS);
            assertThat(untrusted.sent()).isFalse();
        }
    }

    @Tag("W26")
    @Test
    void a_handshake_that_the_server_gives_up_has_sent_nothing() {
        server.enqueue(new MockResponse.Builder().failHandshake().build());

        TransportException failed = failure(transport, post(uri("hooks.example")));

        assertThat(failed.kind()).isEqualTo(Kind.TLS);
        assertThat(failed.sent()).isFalse();
    }

    private static OkHttpTransport over(Egress egress) {
        return new OkHttpTransport(egress, host -> List.of(address(127, 0, 0, 1)));
    }

    private String uri(String host) {
        return "https://" + host + ":" + server.getPort() + "/in";
    }
}
