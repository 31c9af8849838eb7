package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.TransportException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HttpReplyTest {

    private static final HttpCall CALL = new HttpCall(
            "GET",
            URI.create("https://hooks.example/"),
            Map.of(),
            new byte[0],
            Duration.ofSeconds(1),
            0,
            new HttpCall.Reach.Any());

    private static HttpReply reply(Map<String, List<String>> headers) {
        return new HttpReply(200, headers, new byte[0], HttpReply.End.COMPLETE, null, HttpReply.Timing.NONE);
    }

    private static HttpTransport ending(CompletionStage<HttpReply> stage) {
        return new HttpTransport() {
            @Override
            public CompletionStage<HttpReply> send(HttpCall call) {
                return stage;
            }

            @Override
            public void close() {}
        };
    }

    @Tag("W45")
    @Test
    void aHeaderWithoutANameIsRefused() {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put(null, List.of("HTTP/1.1 200 OK"));

        assertThatNullPointerException().isThrownBy(() -> reply(headers)).withMessageContaining("status line");
    }

    @Test
    void theBlockingFormReturnsTheReplyAndThrowsWhatTheTransportFailedWith() {
        HttpReply reply = reply(Map.of());
        TransportException reset = new TransportException(Kind.RESET, true, "lost", null);

        assertThat(ending(CompletableFuture.completedFuture(reply)).call(CALL)).isSameAs(reply);
        assertThatThrownBy(() -> ending(CompletableFuture.failedFuture(reset)).call(CALL))
                .isSameAs(reset);
        assertThatThrownBy(() -> ending(CompletableFuture.failedFuture(new IllegalStateException("broken")))
                        .call(CALL))
                .isInstanceOf(TransportException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ending(new CompletableFuture<>()).call(CALL))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
