package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose calls are recorded: the service level of what this host depends on. A reply counts by its status, a call without
 * one is {@link Outcome#BAD}; a call that never left, as its address isn't allowed, isn't counted. Thread-safe.
 */
public final class RecordingTransport implements HttpTransport {

    private final HttpTransport inner;
    private final SlaRecorder recorder;

    private RecordingTransport(HttpTransport inner, SlaRecorder recorder) {
        this.inner = requireNonNull(inner, "inner");
        this.recorder = requireNonNull(recorder, "recorder");
    }

    /** Sends by {@code inner} and records each call; closing it closes {@code inner}. */
    public static HttpTransport of(HttpTransport inner, SlaRecorder recorder) {
        return new RecordingTransport(inner, recorder);
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        long began = System.nanoTime();
        return inner.send(call).whenComplete((reply, failure) -> {
            Outcome outcome = outcome(reply, failure);
            if (outcome != null) {
                recorder.record(System.nanoTime() - began, outcome);
            }
        });
    }

    private static @Nullable Outcome outcome(@Nullable HttpReply reply, @Nullable Throwable failure) {
        if (reply != null) {
            return Outcome.ofHttpStatus(reply.status());
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean blocked =
                cause instanceof TransportException known && known.kind() == TransportException.Kind.ADDRESS_BLOCKED;
        return blocked ? null : Outcome.BAD;
    }

    @Override
    public void close() {
        inner.close();
    }
}
