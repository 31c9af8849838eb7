package dev.matrix.webhooks;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Receivers by URL: they answer at once, or hold their requests until told. Unknown ones answer 200. */
final class Receivers implements HttpTransport {

    /** A request held by its receiver. */
    record Held(HttpCall call, CompletableFuture<HttpReply> reply) {

        void answer(int status) {
            answer(Receivers.reply(status, Map.of()));
        }

        void answer(HttpReply with) {
            reply.complete(with);
        }
    }

    private final Map<String, Function<HttpCall, HttpReply>> answers = new LinkedHashMap<>();
    private final List<HttpCall> calls = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private String holding = "";

    static HttpReply reply(int status, Map<String, String> headers) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new HttpReply(
                status,
                lists,
                "ok".getBytes(StandardCharsets.UTF_8),
                HttpReply.End.COMPLETE,
                "192.0.2.1",
                HttpReply.Timing.NONE);
    }

    /** From now on the receiver at this URL answers so. */
    void at(String url, Function<HttpCall, HttpReply> answer) {
        answers.put(url, answer);
    }

    void at(String url, int status) {
        at(url, call -> reply(status, Map.of()));
    }

    void failing(String url, TransportException.Kind kind) {
        at(url, call -> {
            throw new TransportException(kind, false, "no", null);
        });
    }

    /** From now on requests to this URL wait in {@link #held()}. */
    void hold(String url) {
        holding = url;
    }

    List<Held> held() {
        return held;
    }

    List<HttpCall> calls() {
        return calls;
    }

    List<HttpCall> to(String url) {
        return calls.stream().filter(call -> call.uri().toString().equals(url)).toList();
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        calls.add(call);
        String url = call.uri().toString();
        if (url.equals(holding)) {
            Held waiting = new Held(call, new CompletableFuture<>());
            held.add(waiting);
            return waiting.reply();
        }
        try {
            return CompletableFuture.completedFuture(
                    answers.getOrDefault(url, ignored -> reply(200, Map.of())).apply(call));
        } catch (TransportException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {}
}
