package dev.matrix.core.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dispatcher: counts what is in hand, runs each exchange, tells the listeners. */
final class StagedDispatcher implements ApiDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Wiring wiring;
    private final ApiCatalog catalog;
    private final List<ApiListener> listeners;
    private final Semaphore room;
    private final AtomicBoolean closed = new AtomicBoolean();

    StagedDispatcher(Wiring wiring, ApiCatalog catalog, List<ApiListener> listeners) {
        this.wiring = wiring;
        this.catalog = catalog;
        this.listeners = List.copyOf(listeners);
        this.room = new Semaphore(wiring.limits().inHand());
    }

    @Override
    public ApiCatalog catalog() {
        return catalog;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        long start = System.nanoTime();
        boolean admitted = !closed.get() && room.tryAcquire();
        try {
            Exchange exchange = new Exchange(wiring, request);
            ApiResponse response = exchange.answer(admitted ? null : busy());
            if (!listeners.isEmpty()) {
                tell(exchange.told(response, System.nanoTime() - start));
            }
            return response;
        } finally {
            if (admitted) {
                room.release();
            }
        }
    }

    private ApiProblem busy() {
        return closed.get()
                ? ApiProblem.of(503, "unavailable", "The API is closing; try again.")
                : ApiProblem.of(503, "overloaded", "Too many requests are in hand; try again.");
    }

    private void tell(ApiExchange exchange) {
        for (ApiListener listener : listeners) {
            try {
                listener.onExchange(exchange);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed for request {}.", exchange.requestId(), e);
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                if (!room.tryAcquire(wiring.limits().inHand(), CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("Requests were still in hand {} after the API was closed.", CLOSE_WITHIN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
