package dev.matrix.core.spi;

import dev.matrix.core.spi.TransportException.Kind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * Sends one HTTP request and hands back one reply: no redirect, no resend, no cookies, no cache, no ambient proxy.
 * Thread-safe; asynchronous, so a waiting call holds no thread of the caller. The testkit's {@code HttpTransportContract}
 * tells whether an implementation keeps to this.
 */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends {@code call}: one request on the wire at most. A request that a kept connection couldn't take, as its peer had ended
     * it before the request was written in full, may be sent once more on a fresh one (RFC 9110, section 9.2.2). The stage ends
     * on a thread of the transport's; the call's time runs from here.
     *
     * @return the reply, or fails with a {@link TransportException} where no reply's head arrived
     */
    CompletionStage<HttpReply> send(HttpCall call);

    /**
     * {@link #send Sends} {@code call} and waits for its end, for code that has a thread to spare, such as a step. Don't call it in a
     * transaction. An interrupt ends the wait and not the call, and stays set.
     *
     * @return the reply
     * @throws TransportException where no reply's head arrived, or the wait was interrupted
     */
    default HttpReply call(HttpCall call) {
        try {
            return send(call).toCompletableFuture().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TransportException known) {
                throw known;
            }
            throw new TransportException(Kind.OTHER, true, "The transport failed.", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    Kind.OTHER, true, call.uri().getHost() + ": the wait for the reply was interrupted.", stopped);
        }
    }

    /** Frees connections and threads; calls in flight fail. Idempotent. */
    @Override
    void close();
}
