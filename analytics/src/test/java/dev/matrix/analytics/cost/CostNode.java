package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.Price.PerUnit;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A node with cost optimisation, driven by hand, and short ways to say what a customer does. */
final class CostNode {

    static final Owner ADA = Owner.user("ada");
    static final Plan PRO = plan("pro", "49.00", "10000", "0.004");
    static final Plan ENTERPRISE = plan("enterprise", "499.00", "200000", "0.002");

    private static final int MOST_RUNS = 100_000;

    final ManualClock clock;
    final Matrix matrix;
    final CostOptimizations costs;
    private long sequence;

    CostNode(Stores stores, ManualClock clock, String node, UnaryOperator<CostOptimizationsBuilder> wiring) {
        this.clock = clock;
        this.matrix = Matrix.builder()
                .stores(stores)
                .clock(clock)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .insecureRandom(new Random(node.hashCode()))
                .node(node)
                .build();
        this.costs = wiring.apply(CostOptimizations.on(matrix).plans(PlanCatalog.of(List.of(PRO, ENTERPRISE))))
                .build();
    }

    /** The 15th of April 2026; subscriptions are billed from the first of a month. */
    static CostNode inApril() {
        return inApril(builder -> builder);
    }

    static CostNode inApril(UnaryOperator<CostOptimizationsBuilder> wiring) {
        ManualClock clock = ManualClock.at("2026-04-15T12:00:00Z");
        return new CostNode(Stores.inMemory(clock), clock, "one", wiring);
    }

    static Plan plan(String id, String fee, String included, String unit) {
        return Plan.monthly(id, Money.of(fee, "EUR"))
                .charging(Charge.of("tokens", included, new PerUnit(PreciseMoney.of(unit, "EUR"))));
    }

    CostNode drive() {
        int runs = 0;
        for (Optional<String> ran = matrix.runDueStep(); ran.isPresent(); ran = matrix.runDueStep()) {
            if (++runs > MOST_RUNS) {
                throw new AssertionError("Steps run without end, last " + ran);
            }
        }
        return this;
    }

    CostNode until(String now) {
        clock.set(Instant.parse(now));
        return drive();
    }

    private SubscriptionState state(Plan plan, String from) {
        Instant at = Instant.parse(from + "T00:00:00Z");
        return SubscriptionState.builder(
                        SubscriptionStatus.ACTIVE,
                        List.of(SubscriptionItem.of("si_1", plan.id(), plan.baseFee(), BillingInterval.monthly(), 1)),
                        Period.of(at, at.plusSeconds(86_400)),
                        at)
                .sequence(++sequence)
                .build();
    }

    CostNode subscribes(Owner owner, String id, Plan plan, String from) {
        matrix.events().publish(BillingEvent.of(new SubscriptionCreated(id, owner, state(plan, from))));
        return this;
    }

    CostNode moves(Owner owner, String id, Plan plan, String from) {
        SubscriptionState state = state(plan, from);
        matrix.events().publish(BillingEvent.of(new SubscriptionUpdated(id, owner, state, state)));
        return this;
    }

    CostNode uses(Owner owner, String subscription, String day, String quantity) {
        return uses(owner, subscription, day, "tokens", quantity, Map.of());
    }

    CostNode uses(
            Owner owner,
            String subscription,
            String day,
            String meter,
            String quantity,
            Map<String, String> attributes) {
        Instant at = Instant.parse(day + "T00:00:00Z");
        matrix.events()
                .publish(BillingEvent.of(UsageRecorded.builder()
                        .id("use_" + ++sequence)
                        .owner(owner)
                        .metric(meter)
                        .quantity(new BigDecimal(quantity))
                        .unit("each")
                        .subscriptionId(subscription)
                        .period(Period.of(at, at.plusSeconds(60)))
                        .attributes(attributes)
                        .build()));
        return this;
    }

    /** Ada, on a plan since January, who used so much in January, February and March. */
    CostNode ada(Plan plan, String... months) {
        subscribes(ADA, "sub_1", plan, "2026-01-01");
        for (int i = 0; i < months.length; i++) {
            uses(ADA, "sub_1", "2026-0" + (i + 1) + "-01", months[i]);
        }
        return drive();
    }

    CostAnalysis analyze() {
        return costs.analyze(CostQuery.of(ADA));
    }

    /** The one recommendation of an analysis. */
    Recommendation only() {
        List<Recommendation> found = analyze().recommendations();
        if (found.size() != 1) {
            throw new AssertionError("Not one recommendation: " + found);
        }
        return found.get(0);
    }

    List<BillingEvent> events(String... types) {
        return matrix.events()
                .page(EventQuery.all().ofTypes(types), PageRequest.first(1_000))
                .items();
    }
}
