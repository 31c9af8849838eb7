package dev.matrix.sla;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes periods that are due, and states anew those whose exclusions have changed. Each in a transaction of its own, under the
 * lock of its subscription, so that several nodes may do it at once; one that fails stops no other.
 */
final class CloseStep implements Step {

    static final String NAME = "sla.close";

    private static final Logger LOG = LoggerFactory.getLogger(CloseStep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int A_RUN = 200;

    private final SlaStores stores;
    private final Records records;
    private final Closing closing;
    private long exclusions = -1;

    CloseStep(SlaStores stores, Records records, Closing closing) {
        this.stores = stores;
        this.records = records;
        this.closing = closing;
    }

    @Override
    public String name() {
        return NAME;
    }

    private record Due(String subscription, SlaPeriod period, boolean again) {}

    @Override
    public Instant run(Instant now) {
        List<Due> due = stores.transactions().returning(tx -> due(tx, Counting.minute(now)));
        int done = 0;
        for (Due each : due) {
            done += act(each) ? 1 : 0;
        }
        return done > 0 ? now : now.plus(EVERY);
    }

    private List<Due> due(Tx tx, long now) {
        List<Due> due = new ArrayList<>();
        Map<String, List<Versioned>> tiers = records.tiers(tx);
        long newest = stores.exclusions().version(tx);
        boolean changed = newest != exclusions;
        List<Exclusion> all = changed ? records.exclusions(tx) : List.of();
        for (Subscribed each : records.subscriptions(tx)) {
            if (due.size() >= A_RUN) {
                return due;
            }
            Timeline timeline = Timeline.of(each.bindings(), tiers, all, Map.of());
            long watermark = stores.measurements().watermark(tx, each.shard());
            closing.due(each, timeline, now, watermark).ifPresent(period -> due.add(new Due(each.id(), period, false)));
            if (changed && each.row().closedTo() != null) {
                again(tx, each, due);
            }
        }
        exclusions = newest;
        return due;
    }

    private void again(Tx tx, Subscribed each, List<Due> due) {
        @Nullable String cursor = null;
        do {
            var page = stores.statements().page(tx, null, each.id(), new PageRequest(1_000, cursor));
            page.items().stream()
                    .map(row -> SlaPeriod.parse(row.period()))
                    .distinct()
                    .forEach(period -> due.add(new Due(each.id(), period, true)));
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private boolean act(Due each) {
        try {
            return stores.transactions().returning(tx -> {
                if (each.again()) {
                    return closing.restate(tx, each.subscription(), each.period())
                            .isPresent();
                }
                closing.close(tx, each.subscription(), each.period());
                return true;
            });
        } catch (RuntimeException e) {
            LOG.warn("No statement of subscription {} for {}: {}", each.subscription(), each.period(), e.toString());
            return false;
        }
    }
}
