package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScriptedTransportTest {

    private static HttpCall call(String path) {
        return new HttpCall(
                "GET",
                URI.create("https://example.com" + path),
                Map.of(),
                new byte[0],
                Duration.ofSeconds(1),
                100,
                new HttpCall.Reach.Any());
    }

    private static CompletableFuture<HttpReply> send(ScriptedTransport transport, String path) {
        return transport.send(call(path)).toCompletableFuture();
    }

    @Test
    void aScriptIsReadToItsEndAndThenRepeatsItsLastReply() {
        ScriptedTransport transport =
                ScriptedTransport.replying(ScriptedTransport.reply(500), ScriptedTransport.reply(200));

        assertThat(send(transport, "/a").join().status()).isEqualTo(500);
        assertThat(send(transport, "/b").join().status()).isEqualTo(200);
        assertThat(send(transport, "/c").join().status()).isEqualTo(200);
        assertThat(transport.calls()).extracting(call -> call.uri().getPath()).containsExactly("/a", "/b", "/c");
    }

    @Test
    void anAnswerDependsOnTheCall() {
        ScriptedTransport transport = ScriptedTransport.answering(call ->
                ScriptedTransport.reply(200, Map.of("X-Path", List.of(call.uri().getPath())), "body"));

        HttpReply reply = send(transport, "/a").join();

        assertThat(reply.header("x-path")).isEqualTo("/a");
        assertThat(reply.body()).asString().isEqualTo("body");
    }

    @Test
    void aTransportExceptionFailsTheCall() {
        ScriptedTransport transport = ScriptedTransport.failing(Kind.TIMEOUT, true);

        assertThat(send(transport, "/a"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
                    assertThat(e.sent()).isTrue();
                });
    }

    @Test
    void heldCallsEndWhenTheTestSaysSoOldestFirst() {
        ScriptedTransport transport = ScriptedTransport.held();
        CompletableFuture<HttpReply> first = send(transport, "/1");
        CompletableFuture<HttpReply> second = send(transport, "/2");
        CompletableFuture<HttpReply> third = send(transport, "/3");
        assertThat(transport.inFlight()).isEqualTo(3);
        assertThat(first).isNotDone();

        assertThat(transport.completeNext(ScriptedTransport.reply(204)).uri().getPath())
                .isEqualTo("/1");
        transport.failNext(new TransportException(Kind.RESET, true, "reset", null));
        transport.close();

        assertThat(first.join().status()).isEqualTo(204);
        assertThat(second).isCompletedExceptionally();
        assertThat(third).isCompletedExceptionally();
        assertThatThrownBy(() -> transport.completeNext(ScriptedTransport.reply(200)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 were sent");
    }
}
