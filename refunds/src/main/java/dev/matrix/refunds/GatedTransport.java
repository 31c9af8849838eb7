package dev.matrix.refunds;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** A transport that makes no more calls at once than there are permits: strangers' notifications must not use up the others'. */
record GatedTransport(HttpTransport inner, Semaphore permits) implements HttpTransport {

    private TransportException full() {
        return new TransportException(
                TransportException.Kind.OTHER,
                false,
                "Too many notifications are being verified; nothing was sent.",
                null);
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        if (!permits.tryAcquire()) {
            return CompletableFuture.failedFuture(full());
        }
        boolean begun = false;
        try {
            CompletionStage<HttpReply> reply = inner.send(call).whenComplete((answer, failure) -> permits.release());
            begun = true;
            return reply;
        } finally {
            if (!begun) {
                permits.release();
            }
        }
    }

    @Override
    public HttpReply call(HttpCall call) {
        if (!permits.tryAcquire()) {
            throw full();
        }
        try {
            return inner.call(call);
        } finally {
            permits.release();
        }
    }

    /** The Matrix closes what is behind it. */
    @Override
    public void close() {}
}
