package dev.matrix.testkit.sim;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import java.util.Map;

/** The far side of the simulated network: everybody that nodes send requests to. */
@FunctionalInterface
public interface Receiver {

    /**
     * Answers a request that has arrived; it may arrive twice, and the answer may get lost on the way back. A
     * {@link dev.matrix.core.spi.TransportException} reaches the sender as it is.
     */
    HttpReply answer(HttpCall call);

    /** A whole reply without headers or body. */
    static HttpReply status(int status) {
        return new HttpReply(status, Map.of(), new byte[0], HttpReply.End.COMPLETE, null, HttpReply.Timing.NONE);
    }
}
