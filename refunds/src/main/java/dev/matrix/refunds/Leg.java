package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import java.time.Instant;

/** A leg as the engine sees it. */
record Leg(LegRow row, Money amount, Money tax, LegStatus status, LegDocument document) {

    String id() {
        return row.id();
    }

    boolean isLeased(Instant now) {
        return row.leaseUntil() != null && row.leaseUntil().isAfter(now);
    }
}
