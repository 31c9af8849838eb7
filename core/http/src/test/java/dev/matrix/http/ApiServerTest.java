package dev.matrix.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.testkit.OtherThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JDK's server begins and ends. */
class ApiServerTest {

    private static final ApiResponse DONE =
            new ApiResponse(200, ApiHeaders.empty(), ApiBody.of("done".getBytes(UTF_8)));

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itListensOnThisMachineAloneUnlessToldOtherwise() throws Exception {
        try (ApiServer server = ApiServer.serving(request -> DONE).port(0).start();
                ApiServer open = ApiServer.serving(request -> DONE)
                        .host("0.0.0.0")
                        .port(0)
                        .start()) {
            assertThat(server.uri().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+");
            assertThat(open.uri().getHost()).isEqualTo("localhost");
            assertThat(get(open.uri().resolve("/x")).body()).isEqualTo("done");
        }
    }

    @Test
    void anAddressOfVersion6StandsInBrackets() {
        try (ApiServer server =
                ApiServer.serving(request -> DONE).host("::1").port(0).start()) {
            assertThat(server.uri().getHost()).startsWith("[").endsWith("]");
        }
    }

    @Test
    void aPortThatIsTakenOrNoneAndAHostThatIsUnknownAreToldApart() {
        try (ApiServer server = ApiServer.serving(request -> DONE).port(0).start()) {
            assertThatThrownBy(() -> ApiServer.serving(request -> DONE)
                            .port(server.uri().getPort())
                            .start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Is the port taken?");
        }
        assertThatThrownBy(ApiServer.serving(request -> DONE).port(65_536)::start)
                .isInstanceOf(InvalidRequestException.class);
        // A label of 64 characters is none: resolvers say so without asking a server, which may know every name.
        String unknown = "n".repeat(64) + ".invalid";
        assertThatThrownBy(
                        () -> ApiServer.serving(request -> DONE).host(unknown).start())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(unknown);
    }

    @Test
    @Tag("P4")
    void closingRefusesNewConnectionsAndLetsWhatIsInHandEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ApiServer server = ApiServer.serving(request -> {
                    begun.countDown();
                    OtherThread.await(goOn);
                    return DONE;
                })
                .port(0)
                .start();
        OtherThread<HttpResponse<String>> inHand = OtherThread.running(() -> get(server.uri()));
        OtherThread.await(begun);

        OtherThread<Boolean> closing = OtherThread.running(() -> {
            server.close(Duration.ofSeconds(20));
            return true;
        });
        assertThat(refused(server.uri())).isTrue();
        goOn.countDown();

        HttpResponse<String> reply = inHand.join();
        assertThat(reply.body()).isEqualTo("done");
        assertThat(reply.headers().firstValue("Connection")).contains("close");
        assertThat(closing.join()).isTrue();
        server.close();
    }

    /** The port closes a moment after the call: until then a connection may be taken, the last ones break. */
    private static boolean refused(URI uri) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                assertThat(socket.isConnected()).isTrue();
            } catch (ConnectException closed) {
                return true;
            } catch (SocketException notYet) {
                // Taken by a port that closed under it.
            }
        }
        return false;
    }

    @Test
    @Tag("P4")
    void closingGivesUpWhatTakesTooLong() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ApiServer server = ApiServer.serving(request -> {
                    begun.countDown();
                    OtherThread.await(never);
                    return DONE;
                })
                .port(0)
                .start();
        OtherThread<Boolean> cutOff = OtherThread.running(() -> {
            try {
                get(server.uri());
                return false;
            } catch (IOException e) {
                return true;
            }
        });
        OtherThread.await(begun);

        server.close(Duration.ofMillis(50));

        assertThat(cutOff.join()).isTrue();
        never.countDown();
    }
}
