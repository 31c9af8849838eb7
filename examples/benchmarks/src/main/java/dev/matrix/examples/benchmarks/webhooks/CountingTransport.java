package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls that have ended, and those that weren't answered by a status of success. */
final class CountingTransport implements HttpTransport {

    private final HttpTransport transport;
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();

    CountingTransport(HttpTransport transport) {
        this.transport = transport;
    }

    long ended() {
        return ended.sum();
    }

    long failed() {
        return failed.sum();
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        return transport.send(call).whenComplete(this::count);
    }

    private void count(@Nullable HttpReply reply, @Nullable Throwable failure) {
        ended.increment();
        if (reply == null || reply.status() >= 300) {
            failed.increment();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
