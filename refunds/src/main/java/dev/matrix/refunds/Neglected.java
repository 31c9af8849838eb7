package dev.matrix.refunds;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Flags legs that have been due for an hour and whose provider this node doesn't have: then no node has it. */
record Neglected(RefundStores stores, Forms forms, Settlements settlements, Set<String> providers) implements Step {

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 100;

    @Override
    public String name() {
        return "refunds.neglected";
    }

    @Override
    public Instant run(Instant now) {
        List<LegRow> found = stores.transactions()
                .returning(tx -> stores.legs().neglected(tx, providers, now.minus(PATIENCE), BATCH));
        found.forEach(row -> stores.transactions().inTransaction(tx -> flag(tx, row, now)));
        return now.plus(EVERY);
    }

    private void flag(Tx tx, LegRow row, Instant now) {
        stores.locked(tx, row.paymentId());
        LegDocument.Edit next = forms.leg(row).document().edit();
        next.attention.add(Attention.CONFIGURATION);
        // Due again in an hour, so that those behind it get their turn.
        LegChange change = new LegChange(
                row.id(),
                row.status(),
                row.providerRef(),
                now.plus(PATIENCE),
                row.leaseUntil(),
                forms.text(next.done()));
        if (stores.legs().settle(tx, change, row.fence())) {
            settlements.refresh(tx, row.refundId(), row.id(), null, now);
        }
    }
}
