package dev.matrix.examples.benchmarks.analytics;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.analytics.Analytics;
import dev.matrix.analytics.Dimension;
import dev.matrix.analytics.Measure;
import dev.matrix.analytics.ReportQuery;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Revenue reports over 12 months on PostgreSQL, of some customers and of ten times as many: MRR with its movements from rollups, revenue
 * from facts, and beside them what teams write: the payments of the event log summed by month in SQL.
 */
public final class ReportHarness {

    private static final int ROUNDS = 40;
    private static final int WARM_UP = 10;
    private static final int AT_ONCE = 1_000;
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final double NANOS = 1e9;
    private static final String[] PLANS = {"starter", "pro", "scale"};

    private static final String BY_HAND = """
            select date_trunc('month', e.occurred_at at time zone 'UTC') as month,
              sum(((convert_from(e.payload, 'UTF8')::jsonb) -> 'captured' ->> 'amount')::numeric)
            from matrix_event e
            where e.type = 'payment.succeeded'
            group by 1
            """;

    private ReportHarness() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("customers", Postgres.OPTION));
        int customers = options.number("customers", 2_000);
        System.out.println(Machine.facts());
        try (Postgres postgres = Postgres.of(options)) {
            trial(postgres, customers);
            trial(postgres, 10 * customers);
        }
    }

    private static void trial(Postgres postgres, int customers) throws Exception {
        try (HikariDataSource source = postgres.newSchema(10);
                JooqStorage storage = JooqStorage.over(source);
                Matrix matrix = Matrix.builder()
                        .stores(storage)
                        .keys(KeyRing.ephemeral())
                        .build()) {
            Analytics analytics = Analytics.on(matrix).build();
            matrix.start();
            publish(matrix, customers);
            long start = System.nanoTime();
            while (analytics.admin().freshness().waiting() > 0) {
                LockSupport.parkNanos(20_000_000);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d customers, counted %.1f s after the last commit%n",
                    customers,
                    (System.nanoTime() - start) / NANOS);
            ReportQuery.Builder query = ReportQuery.builder();
            measure("MRR with movements, from rollups", () -> analytics.revenue(query.build()));
            measure(
                    "the same by plan",
                    () -> analytics.revenue(
                            ReportQuery.builder().groupBy(Dimension.PLAN).build()));
            measure(
                    "revenue, from facts",
                    () -> analytics.revenue(
                            ReportQuery.builder().measures(Measure.REVENUE).build()));
            measure("revenue by hand, from the log", () -> byHand(source));
        }
    }

    private static void publish(Matrix matrix, int customers) {
        Random random = new Random(1);
        Instant now = Instant.now();
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            Owner owner = Owner.user("c" + i);
            Instant at = now.minus(Duration.ofDays(1 + random.nextInt(360)));
            SubscriptionItem item = SubscriptionItem.of(
                    "si_" + i,
                    PLANS[random.nextInt(PLANS.length)],
                    Money.of(Integer.toString(10 + random.nextInt(90)), "EUR"),
                    BillingInterval.monthly(),
                    1);
            SubscriptionState state = SubscriptionState.builder(
                            SubscriptionStatus.ACTIVE, List.of(item), Period.of(at, at.plus(Duration.ofDays(30))), at)
                    .build();
            drafts.add(BillingEvent.of(new SubscriptionCreated("sub_" + i, owner, state))
                    .at(at));
            for (int p = 0; p < 3; p++) {
                Instant paid = now.minus(Duration.ofDays(1 + random.nextInt(360)));
                drafts.add(BillingEvent.of(PaymentSucceeded.builder(
                                        "pay_" + i + "_" + p,
                                        owner,
                                        Money.of(Integer.toString(10 + random.nextInt(90)), "EUR"),
                                        PaymentMethod.CARD,
                                        paid)
                                .build())
                        .at(paid));
            }
        }
        for (int from = 0; from < drafts.size(); from += AT_ONCE) {
            matrix.events().publishAll(drafts.subList(from, Math.min(drafts.size(), from + AT_ONCE)));
        }
    }

    private static void byHand(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BY_HAND)) {
            while (rows.next()) {
                rows.getObject(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void measure(String what, Runnable report) {
        long[] nanos = new long[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long start = System.nanoTime();
            report.run();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "  %-36s p50 %7.1f ms  p90 %7.1f ms%n",
                what,
                nanos[ROUNDS / 2] / NANOS_OF_A_MILLI,
                nanos[ROUNDS * 9 / 10] / NANOS_OF_A_MILLI);
    }
}
