package dev.matrix.refunds;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands in where the Matrix has no transport: providers within the process need none. */
final class NoTransport implements HttpTransport {

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        return CompletableFuture.failedFuture(new TransportException(
                TransportException.Kind.OTHER, false, "This Matrix has no transport, so nothing was sent.", null));
    }

    @Override
    public void close() {}
}
