package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;

/** Runs the operations of its modules and core's own: one handler that adapters mount. Thread-safe. */
public interface ApiDispatcher extends ApiHandler, AutoCloseable {

    /** Starts wiring a dispatcher over a Matrix whose features are built. */
    static ApiDispatcherBuilder on(Matrix matrix) {
        return new ApiDispatcherBuilder(requireNonNull(matrix, "matrix"));
    }

    /** Everything it serves. */
    ApiCatalog catalog();

    /** Refuses new requests with 503 and waits at most 10 s for those in progress. Idempotent; leaves the Matrix open. */
    @Override
    void close();
}
