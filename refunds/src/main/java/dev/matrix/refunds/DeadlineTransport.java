package dev.matrix.refunds;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** The Matrix's transport for one call of a provider: whatever it sends ends with the call timeout of the whole. */
final class DeadlineTransport implements HttpTransport {

    private final HttpTransport inner;
    private final InstantSource clock;
    private final Instant deadline;

    DeadlineTransport(HttpTransport inner, InstantSource clock, Duration timeout) {
        this.inner = inner;
        this.clock = clock;
        this.deadline = clock.instant().plus(timeout);
    }

    private HttpCall bounded(HttpCall call) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (left.isNegative() || left.isZero()) {
            throw new TransportException(
                    TransportException.Kind.TIMEOUT, false, "The call timeout is over, so nothing was sent.", null);
        }
        return call.timeout().compareTo(left) <= 0
                ? call
                : new HttpCall(
                        call.method(), call.uri(), call.headers(), call.body(), left, call.replyCap(), call.reach());
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        return inner.send(bounded(call));
    }

    @Override
    public HttpReply call(HttpCall call) {
        return inner.call(bounded(call));
    }

    /** The Matrix closes it. */
    @Override
    public void close() {}
}
