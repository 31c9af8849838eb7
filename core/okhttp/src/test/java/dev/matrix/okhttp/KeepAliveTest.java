package dev.matrix.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a connection may stay unused, and whether it may be used again at all. */
class KeepAliveTest {

    private static Framing framing(String... headers) {
        Response head = new Response.Builder()
                .request(new Request.Builder().url("http://hooks.example/").build())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .headers(Headers.of(Stream.concat(Stream.of("Content-Length", "5"), Stream.of(headers))
                        .toArray(String[]::new)))
                .build();
        return Framing.of(head);
    }

    @Tag("W44")
    @ParameterizedTest
    @CsvSource({
        "timeout=1, 500",
        "timeout=5, 4000",
        "'timeout=60, max=100', 59000",
        "'max=100, Timeout=5', 4000",
        "timeout=0, 0"
    })
    void a_connection_is_not_used_shortly_before_its_peer_ends_it(String keepAlive, long millis) {
        assertThat(framing("Keep-Alive", keepAlive).keepNanos())
                .isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @Tag("W44")
    @Test
    void without_a_readable_time_there_is_no_limit() {
        for (String keepAlive : List.of("max=3", "timeout=", "timeout=soon", "timeout=-1")) {
            assertThat(framing("Keep-Alive", keepAlive).keepNanos()).isEqualTo(Framing.NO_LIMIT);
        }
        assertThat(framing().keepNanos()).isEqualTo(Framing.NO_LIMIT);
        assertThat(framing().isReusable()).isTrue();
        assertThat(framing("Connection", "keep-alive, CLOSE").isReusable()).isFalse();
    }
}
