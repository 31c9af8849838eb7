package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostFactStore.FactRow;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.money.Currency;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of an owner at an instant, and which part of it can be rated. */
record OwnerFacts(FactReader reader, @Nullable PlanCatalog catalog, EventLog events, Duration closeAfter) {

    private static final int MOST_PLANS = 50;
    private static final PlanCatalog NONE = PlanCatalog.of(List.of());

    /**
     * An owner's subscriptions.
     *
     * @param known all that haven't ended
     * @param rated those whose bill can be replayed
     * @param currencies of the bills of all of them
     * @param incomplete whether something is left out
     */
    record Picture(
            List<KnownSubscription> known,
            List<BilledSubscription> rated,
            Map<String, Plan> plans,
            List<Currency> currencies,
            List<Diagnostic> diagnostics,
            boolean incomplete) {}

    /** @param closed as {@link #closed} gives it, which is asked before the transaction */
    Picture read(Tx tx, Owner owner, Window window, Instant now, Instant closed) {
        FactReader.Known known = reader.read(tx, owner, window, now, closed);
        return price(owner, now, known);
    }

    /** What is read first, inside the transaction; {@link #price} asks the host's catalogue outside of it. */
    FactReader.Known known(Tx tx, Owner owner, Window window, Instant now, Instant closed) {
        return reader.read(tx, owner, window, now, closed);
    }

    /** Until when every event has been counted: a month that ends later isn't complete. */
    Instant closed(Instant now) {
        Instant counted = events.subscribers().stream()
                .filter(each -> each.name().equals(CostFollower.NAME))
                .map(SubscriberStatus::oldest)
                .filter(oldest -> oldest != null && oldest.isBefore(now))
                .findFirst()
                .orElse(now);
        return counted.minus(closeAfter);
    }

    Picture price(Owner owner, Instant now, FactReader.Known facts) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<Plan> offered = (catalog == null ? NONE : catalog).plans(owner, now);
        if (catalog == null) {
            diagnostics.add(new Diagnostic(
                    TierRule.NAME,
                    "plans",
                    Reason.NO_PRICE,
                    "This host has no catalogue of plans, so no bill is rated."));
        }
        if (offered.size() > MOST_PLANS) {
            throw new IllegalStateException("The catalogue shows " + owner + " " + offered.size() + " plans; at most "
                    + MOST_PLANS + " are allowed.");
        }
        Plan.twice(offered)
                .forEach(id -> diagnostics.add(new Diagnostic(
                        TierRule.NAME,
                        id,
                        Reason.NO_PRICE,
                        "The catalogue has several plans \"" + id + "\", so none of them is used.")));
        Map<String, Plan> plans = Plan.byId(offered);
        List<BilledSubscription> rated = new ArrayList<>();
        boolean assigned = facts.unassigned().isEmpty();
        if (assigned) {
            SubscriptionPricing pricing = new SubscriptionPricing(catalog == null ? NONE : catalog, owner, now, plans);
            facts.subscriptions()
                    .forEach(each -> pricing.price(each, diagnostics::add).ifPresent(rated::add));
        } else {
            diagnostics.add(new Diagnostic(
                    TierRule.NAME,
                    "usage",
                    Reason.INSUFFICIENT_DATA,
                    "Use of " + String.join(", ", facts.unassigned().keySet())
                            + " names no subscription that is known, so no bill is whole. Publish usage with its"
                            + " subscriptionId."));
        }
        boolean incomplete = rated.size() < facts.subscriptions().size()
                || facts.subscriptions().stream().anyMatch(each -> each.leftOut() > 0);
        return new Picture(facts.subscriptions(), rated, plans, currencies(facts, rated), diagnostics, incomplete);
    }

    private static List<Currency> currencies(FactReader.Known facts, List<BilledSubscription> rated) {
        List<Currency> billed =
                rated.stream().map(each -> each.plan().currency()).distinct().toList();
        if (!billed.isEmpty()) {
            return billed;
        }
        return facts.subscriptions().stream()
                .flatMap(each -> each.state().items().stream())
                .map(item -> item.price().currency())
                .distinct()
                .toList();
    }

    /** Whether a subscription had left a plan and has it again. */
    boolean wasLeftAndIsBack(Tx tx, Owner owner, String subscription, String plan, Instant now) {
        List<Boolean> has = reader.facts().facts(tx, owner).stream()
                .filter(row -> row.subject().equals(subscription) && !row.at().isAfter(now))
                .map(row -> hasPlan(row, plan))
                .toList();
        int left = has.indexOf(true) < 0
                ? -1
                : has.subList(has.indexOf(true), has.size()).indexOf(false);
        return left >= 0 && has.get(has.size() - 1);
    }

    private boolean hasPlan(FactRow row, String plan) {
        return new Documents(reader.json())
                .read(row.document(), SubscriptionFact.class).state().items().stream()
                        .anyMatch(item -> item.plan().equals(plan));
    }
}
