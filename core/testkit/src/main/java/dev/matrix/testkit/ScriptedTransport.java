package dev.matrix.testkit;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A transport that a test answers for. Each call is recorded; it is answered at once by the function given, or stays in
 * flight until the test says how it ends. Thread-safe.
 */
public final class ScriptedTransport implements HttpTransport {

    private record Flight(HttpCall call, CompletableFuture<HttpReply> result) {}

    private final Function<HttpCall, HttpReply> answers;
    private final boolean held;
    private final List<HttpCall> calls = new ArrayList<>();
    private final Deque<Flight> inFlight = new ArrayDeque<>();

    private ScriptedTransport(Function<HttpCall, HttpReply> answers, boolean held) {
        this.answers = requireNonNull(answers, "answers");
        this.held = held;
    }

    /** Answers each call at once; a {@link TransportException} that the function throws fails the call. */
    public static ScriptedTransport answering(Function<HttpCall, HttpReply> answers) {
        return new ScriptedTransport(answers, false);
    }

    /** Answers the first call with the first reply, and so on; the last one answers all that follow. */
    public static ScriptedTransport replying(HttpReply first, HttpReply... others) {
        Deque<HttpReply> script = new ArrayDeque<>(List.of(others));
        script.addFirst(first);
        return answering(call -> next(script));
    }

    /** Fails each call. */
    public static ScriptedTransport failing(TransportException.Kind kind, boolean sent) {
        return answering(call -> {
            throw new TransportException(
                    kind, sent, kind + " on the way to " + call.uri().getHost(), null);
        });
    }

    /** Keeps calls in flight: end the oldest by {@link #completeNext(HttpReply)} or {@link #failNext}. */
    public static ScriptedTransport held() {
        return new ScriptedTransport(call -> reply(200), true);
    }

    /** A whole reply without headers or body. */
    public static HttpReply reply(int status) {
        return reply(status, Map.of(), "");
    }

    /** A whole reply. */
    public static HttpReply reply(int status, Map<String, List<String>> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new HttpReply(status, headers, bytes, HttpReply.End.COMPLETE, "192.0.2.1", HttpReply.Timing.NONE);
    }

    private static HttpReply next(Deque<HttpReply> script) {
        synchronized (script) {
            return script.size() == 1 ? script.getFirst() : script.removeFirst();
        }
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        Flight flight = new Flight(call, new CompletableFuture<>());
        synchronized (this) {
            calls.add(call);
            if (held) {
                inFlight.addLast(flight);
                return flight.result();
            }
        }
        try {
            flight.result().complete(answers.apply(call));
        } catch (TransportException e) {
            flight.result().completeExceptionally(e);
        }
        return flight.result();
    }

    /** Every call so far, in order. */
    public synchronized List<HttpCall> calls() {
        return List.copyOf(calls);
    }

    /** How many calls are in flight. */
    public synchronized int inFlight() {
        return inFlight.size();
    }

    /**
     * Ends the oldest call in flight with a reply, on this thread; returns the call.
     *
     * @throws IllegalStateException when none is in flight
     */
    public HttpCall completeNext(HttpReply reply) {
        Flight flight = next();
        flight.result().complete(reply);
        return flight.call();
    }

    /**
     * Fails the oldest call in flight, on this thread; returns the call.
     *
     * @throws IllegalStateException when none is in flight
     */
    public HttpCall failNext(TransportException failure) {
        Flight flight = next();
        flight.result().completeExceptionally(failure);
        return flight.call();
    }

    private synchronized Flight next() {
        Flight flight = inFlight.pollFirst();
        if (flight == null) {
            throw new IllegalStateException("No call is in flight; " + calls.size() + " were sent in all.");
        }
        return flight;
    }

    /** Fails what is in flight. */
    @Override
    public void close() {
        List<Flight> left;
        synchronized (this) {
            left = List.copyOf(inFlight);
            inFlight.clear();
        }
        left.forEach(flight -> flight.result()
                .completeExceptionally(new TransportException(
                        TransportException.Kind.OTHER, true, "The transport was closed.", null)));
    }
}
