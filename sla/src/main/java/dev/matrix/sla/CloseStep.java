package dev.matrix.sla;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaBindingStore.Bound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes periods that are due, and states again those whose exclusions or bindings have changed. It walks through all
 * subscriptions, a page per run. Each statement is made in a transaction of its own, under the lock of its subscription, so that
 * several nodes may do it at once; one that fails stops no other.
 */
final class CloseStep implements Step {

    static final String NAME = "sla.close";

    private static final Logger LOG = LoggerFactory.getLogger(CloseStep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int PAGE = 200;

    private final SlaStores stores;
    private final Records records;
    private final Closing closing;

    /** Where the walk goes on; null: at the first subscription. */
    private @Nullable String cursor;

    /** Whether this walk has made a statement; then another one follows at once, as a next period may be due. */
    private boolean made;

    /** The versions of subscriptions whose statements were compared with what holds now, for these exclusions. */
    private final Map<String, Long> compared = new HashMap<>();

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
        for (Due each : due) {
            made |= act(each);
        }
        if (cursor != null) {
            return now;
        }
        boolean again = made;
        made = false;
        return again ? now : now.plus(EVERY);
    }

    private List<Due> due(Tx tx, long now) {
        long newest = stores.exclusions().version(tx);
        if (newest != exclusions) {
            compared.clear();
            exclusions = newest;
        }
        Map<String, List<Versioned>> tiers = records.tiers(tx);
        List<Exclusion> all = records.exclusions(tx);
        Page<Bound> page = stores.bindings().page(tx, null, new PageRequest(PAGE, cursor));
        List<Due> due = new ArrayList<>();
        for (Bound bound : page.items()) {
            Subscribed each = Subscribed.of(bound, records.text());
            Timeline timeline = Timeline.of(each.bindings(), tiers, all, Map.of());
            long watermark = stores.measurements().watermark(tx, each.shard());
            closing.due(each, timeline, now, watermark).ifPresent(period -> due.add(new Due(each.id(), period, false)));
            Long version = each.row().version();
            if (each.row().closedTo() != null && !version.equals(compared.put(each.id(), version))) {
                closing.outdated(tx, each, timeline).forEach(period -> due.add(new Due(each.id(), period, true)));
            }
        }
        cursor = page.nextCursor();
        return due;
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
            compared.remove(each.subscription());
            LOG.warn("No statement of subscription {} for {}: {}", each.subscription(), each.period(), e.toString());
            return false;
        }
    }
}
