package dev.matrix.core.spi;

import java.util.concurrent.CompletionStage;

/**
 * Sends one HTTP request and hands back one reply: no redirect, no resend, no cookies, no cache, no ambient proxy.
 * Thread-safe; asynchronous, so a waiting call holds no thread of the caller.
 */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends {@code call}: one request on the wire at most. The stage ends on a thread of the transport's.
     *
     * @return the reply, or fails with a {@link TransportException} where no reply's head arrived
     */
    CompletionStage<HttpReply> send(HttpCall call);

    /** Frees connections and threads; calls in flight fail. Idempotent. */
    @Override
    void close();
}
