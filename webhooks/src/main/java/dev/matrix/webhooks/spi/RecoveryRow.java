package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.Recovery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recovery with its place in what it walks.
 *
 * @param owner the endpoint's
 * @param phase what it walks now
 * @param cursor the last row that it has dealt with; null: none in this phase
 */
public record RecoveryRow(
        Owner owner,
        Recovery recovery,
        Phase phase,
        @Nullable Cursor cursor) {

    /** What a recovery walks, one after the other. */
    public enum Phase {
        /** Deliveries that failed. */
        FAILED,
        /** Events that have no delivery. */
        MISSED,
        /** The last of those events again, once no transaction can be open any more that was when the recovery began. */
        LATE
    }

    /** A place in an order by time, then id. */
    public record Cursor(Instant at, String id) {}

    public String id() {
        return recovery.id();
    }
}
