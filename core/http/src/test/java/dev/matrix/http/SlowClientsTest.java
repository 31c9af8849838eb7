package dev.matrix.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's server answers others within a second while hundreds of connections send or read as slowly as they can. */
class SlowClientsTest {

    private static final byte[] LARGE = new byte[4 << 20];

    /** A permit for each request that has reached the handler. */
    private final Semaphore begun = new Semaphore(0);

    private ApiResponse answer(ApiRequest request) {
        begun.release();
        try {
            return switch (request.rawPath()) {
                case "/large" -> new ApiResponse(200, ApiHeaders.empty(), ApiBody.of(LARGE));
                case "/read" -> {
                    request.body().readAllBytes();
                    yield new ApiResponse(200, ApiHeaders.empty(), ApiBody.empty());
                }
                default -> new ApiResponse(200, ApiHeaders.empty(), ApiBody.of("alive".getBytes(UTF_8)));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket slow(URI server, String sent) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
        return socket;
    }

    @ParameterizedTest
    @Tag("long")
    @Tag("H18")
    @CsvSource({
        "half a head, 520, 0, 'GET /x HTTP/1.1~Host: h~X-Ha'",
        "a body that is read, 520, 520, 'POST /read HTTP/1.1~Host: h~Content-Length: 1000~~x'",
        "a body that nobody wants, 520, 520, 'POST /refused HTTP/1.1~Host: h~Content-Length: 1000~~x'",
        "chunks that stop, 520, 520, 'POST /read HTTP/1.1~Host: h~Transfer-Encoding: chunked~~5~x'",
        "replies that nobody reads, 200, 200, 'GET /large HTTP/1.1~Host: h~~GET /large HTTP/1.1~Host: h~~'",
    })
    void othersAreAnsweredWithinASecond(String what, int connections, int begin, String sent) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<Socket> sockets = new ArrayList<>();
        try (ApiServer server = ApiServer.serving(this::answer).port(0).start()) {
            for (int i = 0; i < connections; i++) {
                sockets.add(slow(server.uri(), sent.replace("~", "\r\n")));
            }
            assertThat(begun.tryAcquire(begin, 60, SECONDS))
                    .as("%s: all have begun", what)
                    .isTrue();
            HttpRequest health = HttpRequest.newBuilder(server.uri().resolve("/healthz"))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(health, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .as(what)
                        .isEqualTo("alive");
            }
            server.close(Duration.ZERO);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
