package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.sla.servlet.SlaFilter;
import dev.matrix.testkit.ScriptedTransport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One line of wiring records what a host serves, and what it calls. */
class RecordingTest {

    private final SlaNode node = SlaNode.at("2025-11-06T10:00:00Z");
    private final List<AsyncListener> listeners = new ArrayList<>();

    private RequestCounts counts() {
        node.minute();
        return node.slas.metrics(SlaNode.SUB, MetricWindow.current()).requests();
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private HttpServletRequest request(boolean async) {
        AsyncContext context = (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("addListener")) {
                        listeners.add((AsyncListener) arguments[0]);
                    }
                    return null;
                });
        return fake(HttpServletRequest.class, Map.of("isAsyncStarted", async, "getAsyncContext", context));
    }

    private static AsyncEvent event() {
        return new AsyncEvent(fake(AsyncContext.class, Map.of()));
    }

    private static HttpServletResponse response(int status) {
        return fake(HttpServletResponse.class, Map.of("getStatus", status));
    }

    private void serve(@Nullable String id, HttpServletRequest request, int status) throws Exception {
        new SlaFilter(node.slas, any -> id).doFilter(request, response(status), (in, out) -> {});
    }

    @Test
    void aFilterRecordsByStatusAndOnce() throws Exception {
        node.bind("pro");
        serve(SlaNode.SUB, request(false), 200);
        serve(SlaNode.SUB, request(false), 500);
        serve(SlaNode.SUB, request(false), 404);
        serve(null, request(false), 200);
        SlaFilter filter = new SlaFilter(node.slas, any -> SlaNode.SUB);
        assertThatThrownBy(() -> filter.doFilter(request(false), response(200), (in, out) -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class);
        assertThat(counts()).isEqualTo(new RequestCounts(1, 2, 0, 0, 1, 0));

        serve(SlaNode.SUB, request(true), 200);
        serve(SlaNode.SUB, request(true), 200);
        assertThat(listeners).hasSize(2);
        listeners.get(0).onComplete(event());
        listeners.get(1).onTimeout(event());
        listeners.get(1).onError(event());
        listeners.get(1).onComplete(event());
        assertThat(counts()).isEqualTo(new RequestCounts(2, 3, 0, 0, 1, 0));
    }

    @Test
    void aTransportRecordsWhatItCalls() {
        node.bind("pro");
        SlaRecorder recorder = node.slas.recorder(SlaNode.SUB);
        HttpCall call = new HttpCall(
                "GET",
                URI.create("https://bank.example/"),
                Map.of(),
                new byte[0],
                Duration.ofSeconds(5),
                1_000,
                new HttpCall.Reach.Any());
        for (HttpTransport each : List.of(
                ScriptedTransport.answering(any -> ScriptedTransport.reply(204)),
                ScriptedTransport.answering(any -> ScriptedTransport.reply(503)),
                ScriptedTransport.failing(TransportException.Kind.TIMEOUT, true),
                ScriptedTransport.failing(TransportException.Kind.ADDRESS_BLOCKED, false))) {
            try (HttpTransport recording = RecordingTransport.of(each, recorder)) {
                recording
                        .send(call)
                        .toCompletableFuture()
                        .handle((reply, failure) -> reply == null)
                        .join();
            }
        }
        assertThat(counts()).isEqualTo(new RequestCounts(1, 1, 1, 0, 0, 0));
    }
}
