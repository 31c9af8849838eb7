package dev.matrix.sla;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes what is no longer needed: folded batches after 48 hours, hours after 400 days, notes of remote batches after 70 days. It
 * goes by what was measured, not by the clock alone, so that a clock far ahead deletes nothing; what an open period needs stays.
 */
record PurgeStep(SlaStores stores, Records records) implements Step {

    static final String NAME = "sla.purge";

    private static final Duration EVERY = Duration.ofHours(1);
    private static final long BATCHES = 48L * 60;
    private static final long HOURS = 400L * 24;
    private static final int A_RUN = 5_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        int gone = stores.transactions().returning(tx -> {
            long measured = Counting.minute(now);
            for (int shard = 0; shard < Subscribed.shards(); shard++) {
                long watermark = stores.measurements().watermark(tx, shard);
                measured = watermark == Long.MIN_VALUE ? measured : Math.min(measured, watermark);
            }
            long open = measured;
            for (Subscribed each : records.subscriptions(tx)) {
                open = Math.min(open, firstOpen(each));
            }
            long beforeHour = Math.min(Math.floorDiv(measured, 60L) - HOURS, Math.floorDiv(open, 60L) - 48);
            return stores.measurements().purge(tx, beforeHour, measured - BATCHES, now, A_RUN);
        });
        return gone >= A_RUN ? now : now.plus(EVERY);
    }

    /** The first minute that no statement covers. */
    private static long firstOpen(Subscribed each) {
        Long closedTo = each.row().closedTo();
        return closedTo != null
                ? closedTo
                : each.bindings().stream()
                        .mapToLong(binding -> Counting.minute(binding.from()))
                        .min()
                        .orElse(Long.MAX_VALUE);
    }
}
