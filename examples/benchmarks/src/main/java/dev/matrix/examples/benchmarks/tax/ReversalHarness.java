package dev.matrix.examples.benchmarks.tax;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.tax.Address;
import dev.matrix.tax.Buyer;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.Reversal;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxPoint;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxRequest;
import dev.matrix.tax.TaxTransaction;
import dev.matrix.tax.TaxedItem;
import dev.matrix.tax.Taxes;
import java.time.LocalDate;
import java.util.Set;

/**
 * How long it takes to commit a document of many lines and to reverse flat parts of it, one after the other, in memory and on
 * PostgreSQL: each part is allocated to every line. The first round is warm-up.
 */
public final class ReversalHarness {

    private static final LocalDate START = LocalDate.of(2025, 1, 1);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private final int lines;
    private final int parts;

    private ReversalHarness(int lines, int parts) {
        this.lines = lines;
        this.parts = parts;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("rounds", "lines", "parts", Postgres.OPTION));
        int rounds = options.number("rounds", 3);
        ReversalHarness harness = new ReversalHarness(options.number("lines", 10_000), options.number("parts", 5));
        try (Postgres postgres = Postgres.of(options)) {
            System.out.println(Machine.facts() + "; " + postgres.facts());
            System.out.printf(
                    "a document of %,d lines; milliseconds of its commit, and of each flat part%n", harness.lines);
            for (int round = 0; round <= rounds; round++) {
                harness.round("in memory", Stores.inMemory());
                try (HikariDataSource pool = postgres.newSchema(2)) {
                    harness.round("PostgreSQL", JooqStorage.over(pool));
                }
            }
        }
    }

    private void round(String where, Stores stores) {
        try (Matrix matrix = Matrix.builder()
                .stores(stores)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                .build()) {
            Taxes taxes = Taxes.on(matrix)
                    .seller(SellerProfile.of("acme", Address.of("DE"))
                            .registered(TaxRegistration.local("DE", null, START)))
                    .build();
            long begun = System.nanoTime();
            TaxTransaction sale = taxes.commit(taxes.calculate(document()).orThrow(), "invoice");
            System.out.printf("%-10s commit %,6d; parts", where, since(begun));
            for (int i = 0; i < parts; i++) {
                begun = System.nanoTime();
                taxes.reverse(sale.id(), new Reversal.Flat("refund-" + i, Money.of("100.00", "EUR")));
                System.out.printf(" %,6d", since(begun));
            }
            System.out.println();
        }
    }

    private static long since(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private TaxRequest document() {
        TaxRequest.Builder request = TaxRequest.invoice(
                "acme", Currencies.standard().get("EUR"), TaxPoint.on(DAY), Buyer.consumer(Address.of("DE")));
        for (int i = 0; i < lines; i++) {
            request.item(TaxedItem.net("l" + i, Money.of(i % 90 + 1 + ".37", "EUR"), ProductCategory.SAAS));
        }
        return request.build();
    }
}
