package dev.matrix.examples.benchmarks.cost;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.Charge;
import dev.matrix.analytics.cost.CostOptimizations;
import dev.matrix.analytics.cost.CostQuery;
import dev.matrix.analytics.cost.Plan;
import dev.matrix.analytics.cost.Price;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.CostFactStore.UsageRow;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long it takes to analyse many customers, 12 months of 5 meters each, against 10 plans: read, replayed and stored. In memory
 * first, then on PostgreSQL where {@code --postgres=1}. One thread.
 */
public final class AnalysisHarness {

    private static final int METERS = 5;
    private static final int PLANS = 10;
    private static final int MONTHS = 12;
    private static final YearMonth FIRST = YearMonth.of(2025, 1);
    private static final Window YEAR = new Window(start(FIRST), start(FIRST.plusMonths(MONTHS)));

    private final int customers;
    private final List<Plan> plans =
            IntStream.range(0, PLANS).mapToObj(AnalysisHarness::plan).toList();

    private AnalysisHarness(int customers) {
        this.customers = customers;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("customers", "postgres", Postgres.OPTION));
        AnalysisHarness harness = new AnalysisHarness(options.number("customers", 10_000));
        System.out.println(Machine.facts());
        harness.run("memory", Stores.inMemory());
        if (options.number("postgres", 0) == 1) {
            try (Postgres postgres = Postgres.of(options);
                    HikariDataSource pool = postgres.newSchema(4)) {
                System.out.println(postgres.facts());
                harness.run("PostgreSQL", JooqStorage.over(pool));
            }
        }
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Plan plan(int i) {
        return Plan.monthly("plan" + i, Money.of(10 + 40 * i + ".00", "EUR"))
                .charging(IntStream.range(0, METERS)
                        .mapToObj(meter -> Charge.of(
                                "meter" + meter,
                                Integer.toString(1_000 * i),
                                new Price.PerUnit(PreciseMoney.of(
                                        new BigDecimal(50 - 4 * i)
                                                .movePointLeft(4)
                                                .toPlainString(),
                                        "EUR"))))
                        .toArray(Charge[]::new));
    }

    private void run(String where, Stores stores) {
        try (Matrix matrix = Matrix.builder()
                .stores(stores)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                .build()) {
            CostOptimizations costs =
                    CostOptimizations.on(matrix).plans(PlanCatalog.of(plans)).build();
            fill(matrix);
            long begun = System.nanoTime();
            int found = 0;
            for (int i = 0; i < customers; i++) {
                found += costs.analyze(CostQuery.of(owner(i)).in(YEAR))
                        .recommendations()
                        .size();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%s: %,d customers x %d months x %d plans x %d meters in %.1f s, %.2f ms each; %,d recommendations%n",
                    where, customers, MONTHS, PLANS, METERS, seconds, 1_000 * seconds / customers, found);
        }
    }

    private static Owner owner(int i) {
        return Owner.user("u" + i);
    }

    private void fill(Matrix matrix) {
        CostFactStore facts = matrix.stores().get(CostFactStore.class);
        for (int i = 0; i < customers; i++) {
            Owner owner = owner(i);
            matrix.events().publish(BillingEvent.of(new SubscriptionCreated("sub" + i, owner, state(i))));
            List<UsageRow> usage = usage(i, owner);
            matrix.transactions().inTransaction(tx -> facts.addUsage(tx, usage));
        }
        while (matrix.runDueStep().isPresent()) {
            Thread.onSpinWait();
        }
    }

    private SubscriptionState state(int i) {
        Plan plan = plans.get(i % PLANS);
        return SubscriptionState.builder(
                        SubscriptionStatus.ACTIVE,
                        List.of(SubscriptionItem.of("si", plan.id(), plan.baseFee(), BillingInterval.monthly(), 1)),
                        Period.of(YEAR.from(), start(FIRST.plusMonths(1))),
                        YEAR.from())
                .build();
    }

    private static List<UsageRow> usage(int i, Owner owner) {
        List<UsageRow> usage = new ArrayList<>();
        for (int month = 0; month < MONTHS; month++) {
            for (int meter = 0; meter < METERS; meter++) {
                usage.add(new UsageRow(
                        "evt" + i + "_" + month + "_" + meter,
                        owner,
                        "sub" + i,
                        "meter" + meter,
                        new BigDecimal((i * 31L + month * 977L + meter * 13L) % 20_000),
                        null,
                        null,
                        start(FIRST.plusMonths(month))));
            }
        }
        return usage;
    }
}
