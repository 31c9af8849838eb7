package dev.matrix.examples.benchmarks.tax;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.examples.benchmarks.Rounds;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.tax.Address;
import dev.matrix.tax.Buyer;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxCalculation;
import dev.matrix.tax.TaxPoint;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxRequest;
import dev.matrix.tax.TaxedItem;
import dev.matrix.tax.Taxes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many invoices of one seller are committed a second on PostgreSQL: calculation, components, turnover and event, each in a
 * transaction of its own. Each round has tables of its own; the first is warm-up.
 */
public final class CommitHarness {

    private static final LocalDate START = LocalDate.of(2025, 1, 1);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private final Postgres postgres;
    private final int invoices;
    private final int lines;
    private final int threads;
    private final Rounds committed = new Rounds();

    private CommitHarness(Postgres postgres, int invoices, int lines, int threads) {
        this.postgres = postgres;
        this.invoices = invoices;
        this.lines = lines;
        this.threads = threads;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("rounds", "invoices", "lines", "threads", Postgres.OPTION));
        int rounds = options.number("rounds", 5);
        try (Postgres postgres = Postgres.of(options)) {
            CommitHarness harness = new CommitHarness(
                    postgres,
                    options.number("invoices", 5_000),
                    options.number("lines", 10),
                    options.number("threads", 8));
            System.out.println(Machine.facts() + "; " + postgres.facts());
            for (int round = 0; round <= rounds; round++) {
                harness.round(round > 0);
            }
            System.out.printf(
                    "%d rounds of %,d invoices of %d lines, %d threads%n%n",
                    rounds, harness.invoices, harness.lines, harness.threads);
            System.out.println("| | commits/s, median | slowest – fastest |\n|---|---|---|");
            System.out.println("| calculate and commit | " + harness.committed.cells() + " |");
        }
    }

    private void round(boolean counts) throws Exception {
        try (HikariDataSource pool = postgres.newSchema(threads + 2);
                Matrix matrix = Matrix.builder()
                        .stores(JooqStorage.over(pool))
                        .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                        .build()) {
            Taxes taxes = Taxes.on(matrix)
                    .seller(SellerProfile.of("acme", Address.of("DE"))
                            .registered(TaxRegistration.local("DE", null, START))
                            .registered(TaxRegistration.unionOss(START)))
                    .build();
            double rate = rate(taxes);
            if (counts) {
                committed.add(rate);
            }
        }
    }

    private double rate(Taxes taxes) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < invoices; i++) {
            int number = i;
            all.add(workers.submit(() -> {
                TaxCalculation tax = taxes.calculate(invoice(number)).orThrow();
                return taxes.commit(tax, "invoice-" + number);
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        workers.shutdown();
        return invoices / seconds;
    }

    private TaxRequest invoice(int number) {
        Buyer buyer = Buyer.consumer(Address.of("FR")).as(Owner.user("u" + number % 100));
        TaxRequest.Builder request =
                TaxRequest.invoice("acme", Currencies.standard().get("EUR"), TaxPoint.on(DAY), buyer);
        for (int i = 0; i < lines; i++) {
            request.item(TaxedItem.net("l" + i, Money.of(i + ".37", "EUR"), ProductCategory.SAAS));
        }
        return request.build();
    }
}
