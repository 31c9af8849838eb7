package dev.matrix.examples.benchmarks.refunds;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.refunds.Capture;
import dev.matrix.refunds.PaymentDraft;
import dev.matrix.refunds.RefundAmount;
import dev.matrix.refunds.RefundOutcome;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.RefundRequest;
import dev.matrix.refunds.Refunds;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Decisions about refunds of distinct payments per second on PostgreSQL, beside an insert that sums what was refunded before and
 * guards nothing; then decided, sent and settled; then all for one payment.
 */
public final class RefundHarness {

    private static final int MOST_OF_ONE_PAYMENT = 190;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final HikariDataSource pool;
    private final int threads;
    private final int payments;

    private RefundHarness(HikariDataSource pool, Options options) {
        this.pool = pool;
        this.threads = options.number("threads", 8);
        this.payments = options.number("payments", 5_000);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Options options = Options.of(arguments, Set.of("threads", "payments", "rounds", Postgres.OPTION));
        System.out.println(Machine.facts());
        try (Postgres postgres = Postgres.of(options)) {
            System.out.println(postgres.facts());
            for (int round = 1; round <= options.number("rounds", 2); round++) {
                try (HikariDataSource pool = postgres.newSchema(options.number("threads", 8) + 34)) {
                    new RefundHarness(pool, options).run(round);
                }
            }
        }
    }

    private void run(int round) throws InterruptedException, SQLException {
        Postgres.execute(
                pool,
                "create table unguarded (id bigserial primary key, payment_id text not null, amount decimal(60,30) not null);"
                        + " create index unguarded_payment on unguarded (payment_id)");
        try (Matrix matrix = Matrix.builder()
                .stores(JooqStorage.over(pool))
                .keys(KeyRing.envelope(KeyEncryptionKey.local("bench", new byte[32])))
                .build()) {
            Refunds refunds = Refunds.on(matrix).provider(new InstantRefunds()).build();
            matrix.transactions().inTransaction(tx -> {
                for (int i = 0; i < payments; i++) {
                    refunds.payments().record(tx, payment("pay_" + i, "100.00"));
                }
                refunds.payments().record(tx, payment("pay_hot", "100000.00"));
            });
            Postgres.execute(pool, "analyze");
            Rate guarded = rate(payments, i -> decide(refunds, "pay_" + i, "d"));
            Rate unguarded = rate(payments, this::insert);
            Rate hot = rate(MOST_OF_ONE_PAYMENT, i -> decide(refunds, "pay_hot", "h" + i));
            Instant began = Instant.now();
            matrix.start();
            int all = payments + MOST_OF_ONE_PAYMENT;
            await("select count(*) from matrix_refund_leg where status = 'succeeded'", all);
            double settled = all / seconds(Duration.between(began, Instant.now()));
            System.out.printf(
                    Locale.ROOT,
                    "round %d, %d threads: decided %s; unguarded %s; ratio %.2f; one payment %s; sent and settled %.0f/s,"
                            + " decided, sent and settled %.0f/s%n",
                    round,
                    threads,
                    guarded,
                    unguarded,
                    guarded.perSecond() / unguarded.perSecond(),
                    hot,
                    settled,
                    1 / (1 / settled + 1 / guarded.perSecond()));
        }
    }

    private static PaymentDraft payment(String id, String amount) {
        Capture capture = Capture.of("c_" + id, Money.of(amount, "EUR"), Instant.parse("2026-01-01T00:00:00Z"));
        return PaymentDraft.of(id, Owner.user("u_" + id), "instant", capture);
    }

    private static void decide(Refunds refunds, String payment, String key) {
        RefundOutcome outcome = refunds.refund(
                RefundRequest.of(payment, new RefundAmount.Exact(Money.of("1.00", "EUR")), RefundReason.GOODWILL, key));
        if (!(outcome instanceof RefundOutcome.Accepted)) {
            throw new IllegalStateException("Refused: " + outcome);
        }
    }

    /** What many hosts have instead: it sums, compares and inserts, and two at once refund too much. */
    private void insert(int i) {
        try (Connection connection = pool.getConnection();
                PreparedStatement sum = connection.prepareStatement(
                        "select coalesce(sum(amount), 0) from unguarded where payment_id = ?");
                PreparedStatement insert =
                        connection.prepareStatement("insert into unguarded (payment_id, amount) values (?, ?)")) {
            connection.setAutoCommit(false);
            sum.setString(1, "pay_" + i);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                if (row.getBigDecimal(1).compareTo(new BigDecimal("99.00")) > 0) {
                    throw new IllegalStateException("Too much.");
                }
            }
            insert.setString(1, "pay_" + i);
            insert.setBigDecimal(2, BigDecimal.ONE);
            insert.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Rate(double perSecond, double medianMillis, double p99Millis) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.0f/s (median %.1f ms, p99 %.1f ms)", perSecond, medianMillis, p99Millis);
        }
    }

    private Rate rate(int count, IntConsumer work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long[] nanos = new long[count];
        CountDownLatch done = new CountDownLatch(threads);
        List<Throwable> failures = new ArrayList<>();
        Instant began = Instant.now();
        for (int thread = 0; thread < threads; thread++) {
            Thread worker = new Thread(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    work.accept(i);
                    nanos[i] = System.nanoTime() - start;
                }
                done.countDown();
            });
            worker.setUncaughtExceptionHandler((failed, why) -> {
                failures.add(why);
                done.countDown();
            });
            worker.start();
        }
        done.await();
        double perSecond = count / seconds(Duration.between(began, Instant.now()));
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.get(0));
        }
        Arrays.sort(nanos);
        return new Rate(perSecond, nanos[count / 2] / 1e6, nanos[count * 99 / 100] / 1e6);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void await(String sql, long wanted) throws InterruptedException {
        Instant latest = Instant.now().plus(LONGEST);
        while (Postgres.count(pool, sql) < wanted) {
            if (Instant.now().isAfter(latest)) {
                throw new IllegalStateException("Not done after " + LONGEST + ": " + sql);
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
