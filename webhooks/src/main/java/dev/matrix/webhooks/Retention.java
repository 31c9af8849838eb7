package dev.matrix.webhooks;

import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryHistoryStore.Kept;
import dev.matrix.webhooks.spi.DeliveryHistoryStore.Purged;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes old attempts and recoveries, and finished deliveries with their events, a bounded piece per transaction. An open
 * delivery stays; if its event is gone, nothing is left to send, and it ends here where its endpoint is paused.
 */
final class Retention implements Step {

    static final String NAME = "webhooks.retention";

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    private final WebhookStores stores;
    private final Duration attempts;
    private final Duration events;

    /** How far the walk over deliveries has come; null: to its beginning. */
    private @Nullable String cursor;

    /**
     * @param attempts how long attempts are kept, and recoveries that are over
     * @param events how long events are kept, and deliveries with them
     */
    Retention(WebhookStores stores, Duration attempts, Duration events) {
        this.stores = stores;
        this.attempts = attempts;
        this.events = events;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        Instant before = now.minus(attempts);
        int purged = stores.transactions().returning(tx -> stores.deliveries().purge(tx, before, BATCH));
        int recoveries =
                stores.transactions().returning(tx -> stores.recoveries().purge(tx, before, BATCH));
        cursor = stores.transactions().returning(tx -> purgeDeliveries(tx, now));
        return purged == BATCH || recoveries == BATCH || cursor != null ? now : now.plus(PAUSE);
    }

    private @Nullable String purgeDeliveries(Tx tx, Instant now) {
        Purged purged = stores.history().purge(tx, cursor, now.minus(events), BATCH);
        if (!purged.open().isEmpty()) {
            expire(tx, purged.open(), now);
        }
        return purged.last();
    }

    private void expire(Tx tx, List<Kept> open, Instant now) {
        Map<String, EventRow> known = new HashMap<>();
        stores.events()
                .load(tx, open.stream().map(Kept::eventId).toList())
                .forEach(event -> known.put(event.id(), event));
        for (Kept kept : open) {
            EndReason reason = EndReason.ofMissing(known.get(kept.eventId()));
            if (reason != null && kept.trigger() != Trigger.TEST) {
                stores.deliveries().endOpen(tx, kept.endpointId(), kept.id(), reason, now, 1);
            }
        }
    }
}
