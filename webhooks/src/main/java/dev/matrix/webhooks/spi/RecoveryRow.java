package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.Recovery;
import dev.matrix.webhooks.RecoveryRequest.Include;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recovery with its place in what it walks.
 *
 * @param owner the endpoint's
 * @param phase what it walks now: FAILED or MISSED
 * @param cursor the last row that it has dealt with; null: none in this phase
 */
public record RecoveryRow(
        Owner owner,
        Recovery recovery,
        Include phase,
        @Nullable Cursor cursor) {

    /** A place in an order by time, then id. */
    public record Cursor(Instant at, String id) {}

    public String id() {
        return recovery.id();
    }
}
