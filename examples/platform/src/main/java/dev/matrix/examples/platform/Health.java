package dev.matrix.examples.platform;

import dev.matrix.core.Matrix;
import dev.matrix.core.MatrixException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this node can serve. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Matrix matrix;
    private final Heartbeat heartbeat;
    private volatile boolean closing;

    Health(Matrix matrix, Heartbeat heartbeat) {
        this.matrix = matrix;
        this.heartbeat = heartbeat;
    }

    /** Not ready from now on. */
    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** The part that isn't ready; empty when all are. */
    Optional<String> failing() {
        if (closing) {
            return Optional.of("closing");
        }
        try {
            matrix.transactions().inTransaction(tx -> tx.afterCommit(() -> {}));
        } catch (MatrixException e) {
            LOG.warn("Not ready: the stores fail.", e);
            return Optional.of("stores");
        }
        return heartbeat.beats(matrix.storeClock()) ? Optional.empty() : Optional.of("steps");
    }
}
