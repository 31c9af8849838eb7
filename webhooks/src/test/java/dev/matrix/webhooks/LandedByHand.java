package dev.matrix.webhooks;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A real transport whose calls end for their caller when the test says so, on its thread. */
final class LandedByHand implements HttpTransport {

    private record Flight(CompletableFuture<HttpReply> real, CompletableFuture<HttpReply> told) {

        void land() {
            real.handle((reply, failure) -> tell(reply, failure)).join();
        }

        private boolean tell(@Nullable HttpReply reply, @Nullable Throwable failure) {
            return failure == null ? told.complete(reply) : told.completeExceptionally(failure);
        }
    }

    private final HttpTransport real;
    private final Deque<Flight> flights = new ArrayDeque<>();

    LandedByHand(HttpTransport real) {
        this.real = real;
    }

    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        Flight flight = new Flight(real.send(call).toCompletableFuture(), new CompletableFuture<>());
        flights.add(flight);
        return flight.told();
    }

    /** Waits for all that was sent to end; false when nothing was. */
    boolean land() {
        boolean any = !flights.isEmpty();
        while (!flights.isEmpty()) {
            flights.remove().land();
        }
        return any;
    }

    @Override
    public void close() {
        real.close();
    }
}
