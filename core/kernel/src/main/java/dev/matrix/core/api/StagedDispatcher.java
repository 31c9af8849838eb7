package dev.matrix.core.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dispatcher: counts what is in progress, runs each exchange, tells the listeners. */
final class StagedDispatcher implements ApiDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Wiring wiring;
    private final ApiCatalog catalog;
    private final List<ApiListener> listeners;
    private final InHand inHand;

    StagedDispatcher(Wiring wiring, ApiCatalog catalog, List<ApiListener> listeners) {
        this.wiring = wiring;
        this.catalog = catalog;
        this.listeners = List.copyOf(listeners);
        this.inHand = new InHand(wiring.limits().inHand(), wiring.limits().inHandEach());
    }

    @Override
    public ApiCatalog catalog() {
        return catalog;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        try (InHand.Place place = inHand.enter()) {
            return answer(request, place);
        }
    }

    /** A caller that reads its reply slowly has a request in progress until the last byte is written. */
    @Override
    public void handle(ApiRequest request, Sender sender) throws IOException {
        try (InHand.Place place = inHand.enter()) {
            sender.send(answer(request, place));
        }
    }

    private ApiResponse answer(ApiRequest request, InHand.Place place) {
        long start = System.nanoTime();
        Exchange exchange = new Exchange(wiring, request, place);
        ApiResponse response = exchange.answer(place.admitted() ? null : busy());
        if (!listeners.isEmpty()) {
            tell(exchange.told(response, System.nanoTime() - start));
        }
        return response;
    }

    private ApiProblem busy() {
        return inHand.isClosed()
                ? ApiProblem.of(503, "unavailable", "The API is closing; try again.")
                : ApiProblem.of(503, "overloaded", "Too many requests are in progress; try again.");
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
        try {
            if (!inHand.isClosed() && !inHand.close(CLOSE_WITHIN)) {
                LOG.warn("Requests were still in progress {} after the API was closed.", CLOSE_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
