package dev.matrix.analytics;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.Discount;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A node with analytics, driven by hand, and short ways to say what subscriptions do. */
final class Books {

    private static final int MOST_RUNS = 100_000;

    final ManualClock clock;
    final Matrix matrix;
    final Analytics analytics;
    private long sequence;

    private Books(Stores stores, ManualClock clock, String node, UnaryOperator<AnalyticsBuilder> wiring) {
        this.clock = clock;
        this.matrix = Matrix.builder()
                .stores(stores)
                .clock(clock)
                .keys(KeyRing.ephemeral())
                .currencies(Currencies.iso())
                .insecureRandom(new Random(node.hashCode()))
                .node(node)
                .build();
        this.analytics = wiring.apply(Analytics.on(matrix)).build();
    }

    static Books at(String now) {
        return at(now, builder -> builder);
    }

    static Books at(String now, UnaryOperator<AnalyticsBuilder> wiring) {
        ManualClock clock = ManualClock.at(now);
        return over(Stores.inMemory(clock), clock, "one", wiring);
    }

    static Books over(Stores stores, ManualClock clock, String node, UnaryOperator<AnalyticsBuilder> wiring) {
        return new Books(stores, clock, node, wiring);
    }

    /** Runs every step that is due, until none is. */
    Books drive() {
        int runs = 0;
        for (Optional<String> ran = matrix.runDueStep(); ran.isPresent(); ran = matrix.runDueStep()) {
            if (++runs > MOST_RUNS) {
                throw new AssertionError("Steps run without end, last " + ran);
            }
        }
        return this;
    }

    /** Moves the clock on at once, then counts what waits. */
    Books until(String now) {
        clock.set(Instant.parse(now));
        return drive();
    }

    static Instant at(String date, int hour) {
        return Instant.parse(date + "T00:00:00Z").plus(Duration.ofHours(hour));
    }

    static Instant midnight(String date) {
        return at(date, 0);
    }

    /** An item of a plan of that name, each month. */
    static SubscriptionItem monthly(String plan, String price, String currency) {
        return item(plan, price, currency, BillingInterval.monthly(), 1);
    }

    static SubscriptionItem yearly(String plan, String price, String currency, long quantity) {
        return item(plan, price, currency, BillingInterval.yearly(), quantity);
    }

    static SubscriptionItem item(String plan, String price, String currency, BillingInterval interval, long quantity) {
        return SubscriptionItem.of("si_" + plan, plan, Money.of(price, currency), interval, quantity);
    }

    static SubscriptionItem discounted(SubscriptionItem item, Discount... discounts) {
        return new SubscriptionItem(
                item.id(),
                item.plan(),
                item.product(),
                item.price(),
                item.interval(),
                item.quantity(),
                item.metered(),
                item.committedMinimum(),
                List.of(discounts));
    }

    static Discount percent(String percent, Discount.Term term) {
        return Discount.ofPercent(new BigDecimal(percent), term);
    }

    SubscriptionState state(SubscriptionStatus status, Instant at, SubscriptionItem... items) {
        return SubscriptionState.builder(status, List.of(items), Period.of(at, at.plus(Duration.ofDays(30))), at)
                .sequence(++sequence)
                .build();
    }

    static EventDraft created(String id, Owner owner, SubscriptionState state) {
        return BillingEvent.of(new SubscriptionCreated(id, owner, state)).at(state.effectiveAt());
    }

    static EventDraft updated(String id, Owner owner, SubscriptionState state) {
        return BillingEvent.of(new SubscriptionUpdated(id, owner, state, state)).at(state.effectiveAt());
    }

    /** Decided and effective at the state's instant, ending at another. */
    static EventDraft cancelled(String id, Owner owner, SubscriptionState state, Instant endsAt) {
        return BillingEvent.of(new SubscriptionCancelled(id, owner, state, null, state.effectiveAt(), endsAt))
                .at(state.effectiveAt());
    }

    /** A subscription that is active from an instant on. */
    Books starts(String id, Owner owner, Instant at, SubscriptionItem... items) {
        return publish(created(id, owner, state(SubscriptionStatus.ACTIVE, at, items)));
    }

    Books becomes(String id, Owner owner, SubscriptionStatus status, Instant at, SubscriptionItem... items) {
        return publish(updated(id, owner, state(status, at, items)));
    }

    Books changes(String id, Owner owner, Instant at, SubscriptionItem... items) {
        return becomes(id, owner, SubscriptionStatus.ACTIVE, at, items);
    }

    Books ends(String id, Owner owner, Instant at, SubscriptionItem... items) {
        return publish(cancelled(id, owner, state(SubscriptionStatus.CANCELLED, at, items), at));
    }

    Books publish(EventDraft... drafts) {
        matrix.events().publishAll(List.of(drafts));
        return drive();
    }

    RevenueReport months(String from, String to) {
        return report(ReportQuery.builder().window(Window.between(midnight(from), midnight(to))));
    }

    RevenueReport report(ReportQuery.Builder query) {
        drive();
        return analytics.revenue(query.build());
    }

    /** The roll-forward as text, one bucket per line: {@code 2026-01 0.00 NEW 10.00 → 10.00}. */
    static List<String> told(RevenueReport report) {
        return told(report.rollForwards());
    }

    static List<String> told(List<RollForward> rows) {
        List<String> lines = new ArrayList<>();
        for (RollForward row : rows) {
            StringBuilder line = new StringBuilder(row.bucket().label());
            row.group().values().stream()
                    .sorted()
                    .forEach(value -> line.append(' ').append(value));
            line.append(' ').append(row.opening());
            for (Movement movement : Movement.values()) {
                BigDecimal amount = row.movements().getOrDefault(movement, BigDecimal.ZERO);
                if (amount.signum() != 0) {
                    line.append(' ').append(movement).append(' ').append(amount);
                }
            }
            lines.add(line.append(" → ").append(row.closing()).toString());
        }
        return lines;
    }

    static List<String> values(RevenueReport report, Measure measure) {
        return report.series().stream()
                .filter(series -> series.measure() == measure)
                .flatMap(series -> series.points().stream())
                .map(point -> String.valueOf(point.value()))
                .toList();
    }

    List<Discrepancy> verify() {
        return analytics.admin().verify(Upkeep.ALL);
    }
}
