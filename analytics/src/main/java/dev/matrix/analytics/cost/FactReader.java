package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.CostFactStore.FactRow;
import dev.matrix.analytics.cost.spi.CostFactStore.UsageRow;
import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts what is known of an owner together, in one transaction. */
record FactReader(CostFactStore facts, JsonCodec json) {

    /** The key of use that names no subscription where several could be meant. */
    private static final String NOBODY = "";

    /**
     * What is known of an owner at an instant.
     *
     * @param unassigned meters of use that names no subscription, or one that isn't known
     */
    record Known(List<KnownSubscription> subscriptions, Map<String, BigDecimal> unassigned) {}

    private record History(List<SubscriptionFact> snapshots) {

        /** What holds at an instant; the first snapshot before any holds. */
        SubscriptionFact at(Instant now) {
            SubscriptionFact current = snapshots.get(0);
            for (SubscriptionFact each : snapshots) {
                if (!each.state().effectiveAt().isAfter(now)) {
                    current = each;
                }
            }
            return current;
        }

        @Nullable
        Instant end() {
            return snapshots.get(snapshots.size() - 1).end();
        }
    }

    /** @param closed until when all events have been counted; a month that ends later isn't complete */
    Known read(Tx tx, Owner owner, Window window, Instant now, Instant closed) {
        Map<String, History> histories = histories(tx, owner);
        Set<String> over = new TreeSet<>();
        histories.forEach((id, history) -> {
            if (isOver(history, now)) {
                over.add(id);
            }
        });
        histories.keySet().removeAll(over);
        Instant recordedFrom = facts.firstUsage(tx, owner).orElse(Instant.MAX);
        Map<String, Months> months = new LinkedHashMap<>();
        histories.forEach((id, history) -> months.put(id, new Months(history, window, now, closed, recordedFrom)));
        Map<String, BigDecimal> unassigned = new TreeMap<>();
        String only = histories.size() == 1 ? histories.keySet().iterator().next() : NOBODY;
        facts.usage(tx, owner, window, used -> {
            String id = used.subscriptionId() == null ? only : used.subscriptionId();
            Months own = months.get(id);
            if (own != null) {
                own.add(used);
            } else if (!over.contains(id)) {
                unassigned.merge(used.meter(), used.quantity(), BigDecimal::add);
            }
        });
        List<KnownSubscription> known = new ArrayList<>();
        months.forEach((id, own) -> known.add(own.known(id)));
        return new Known(known, unassigned);
    }

    private static boolean isOver(History history, Instant now) {
        Instant end = history.end();
        return end != null && !end.isAfter(now);
    }

    private Map<String, History> histories(Tx tx, Owner owner) {
        Map<String, List<SubscriptionFact>> found = new LinkedHashMap<>();
        for (FactRow row : facts.facts(tx, owner)) {
            if (row.kind().equals(CostFollower.SUBSCRIPTION)) {
                found.computeIfAbsent(row.subject(), id -> new ArrayList<>())
                        .add(json.decode(row.document().getBytes(StandardCharsets.UTF_8), SubscriptionFact.class));
            }
        }
        Map<String, History> histories = new LinkedHashMap<>();
        found.forEach((id, snapshots) -> histories.put(id, new History(snapshots)));
        return histories;
    }

    /** The complete months of one subscription, being filled. */
    private static final class Months {

        private final History history;
        private final Instant now;
        private final List<BillingPeriods.Month> complete = new ArrayList<>();
        private final List<Map<String, BigDecimal>> quantities = new ArrayList<>();
        private final Map<WasteKey, BigDecimal> waste = new LinkedHashMap<>();
        private final int leftOut;

        private record WasteKey(int period, String meter, String cause) {}

        Months(History history, Window window, Instant now, Instant closed, Instant recordedFrom) {
            this.history = history;
            this.now = now;
            Instant started = history.snapshots().get(0).state().effectiveAt();
            List<BillingPeriods.Month> all =
                    KnownSubscription.periods(history.at(now).state()).within(window);
            int incomplete = 0;
            for (BillingPeriods.Month month : all) {
                Instant start = month.window().from();
                boolean recorded = !start.isBefore(recordedFrom) || start.equals(started);
                if (start.isBefore(started)) {
                    continue;
                }
                if (!recorded || month.window().to().isAfter(closed)) {
                    incomplete++;
                } else {
                    complete.add(month);
                    quantities.add(new TreeMap<>());
                }
            }
            this.leftOut = incomplete;
        }

        void add(UsageRow used) {
            int place = place(used.at());
            if (place < 0) {
                return;
            }
            quantities.get(place).merge(used.meter(), used.quantity(), BigDecimal::add);
            if (used.cause() != null) {
                waste.merge(new WasteKey(place, used.meter(), used.cause()), used.quantity(), BigDecimal::add);
            }
        }

        private int place(Instant at) {
            for (int i = complete.size() - 1; i >= 0; i--) {
                Window month = complete.get(i).window();
                if (!at.isBefore(month.from())) {
                    return at.isBefore(month.to()) ? i : -1;
                }
            }
            return -1;
        }

        KnownSubscription known(String id) {
            List<PeriodUsage> periods = new ArrayList<>();
            for (int i = 0; i < complete.size(); i++) {
                BillingPeriods.Month month = complete.get(i);
                periods.add(new PeriodUsage(month.window(), month.number(), quantities.get(i)));
            }
            return new KnownSubscription(
                    id,
                    history.at(now).state(),
                    history.snapshots().get(0).state().effectiveAt(),
                    history.end(),
                    periods,
                    waste.entrySet().stream()
                            .filter(each -> each.getValue().signum() > 0)
                            .map(each -> new BilledSubscription.Waste(
                                    each.getKey().period(),
                                    each.getKey().meter(),
                                    each.getKey().cause(),
                                    each.getValue()))
                            .toList(),
                    leftOut);
        }
    }
}
