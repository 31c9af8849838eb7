package dev.matrix.examples.pricing;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.ExchangeRates;
import dev.matrix.money.ManualRate;
import dev.matrix.tax.Address;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxOutcome;
import dev.matrix.tax.TaxPoint;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxRequest;
import dev.matrix.tax.TaxedItem;
import dev.matrix.tax.Taxes;
import dev.matrix.tax.UncheckedIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Sells a cart of EUR 100.00 of software, from Berlin, to everybody in buyers.csv; offline. */
public final class Pricing {

    static final LocalDate DAY = LocalDate.of(2026, 11, 2);
    private static final LocalDate START = LocalDate.of(2025, 1, 1);
    private static final Currency EUR = Currencies.iso().get("EUR");

    private Pricing() {}

    /** Prints the table. */
    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        try (Matrix matrix = Matrix.builder()
                .stores(Stores.inMemory())
                .currencies(Currencies.iso())
                .build()) {
            ExchangeRates rates = ExchangeRates.on(matrix).build();
            Taxes taxes = Taxes.on(matrix)
                    .seller(seller())
                    .converter(rates)
                    .uncheckedIds(
                            new UncheckedIds.TrustChecksum()) // offline; online, wire VIES: .ids(TaxIds.on(matrix)…)
                    .build();
            for (String[] row : rows("rates.csv")) {
                Currency quote = matrix.currencies().get(row[0]);
                rates.setManual(new ManualRate(EUR, quote, new BigDecimal(row[1]), START, null));
            }

            out.println("A cart of software, sold from Berlin on " + DAY + "; amounts in EUR.");
            Table table = new Table(rates);
            out.println(table.head());
            for (String[] row : rows("buyers.csv")) {
                Customer customer = Customer.of(row);
                TaxOutcome outcome = taxes.calculate(TaxRequest.invoice("acme", EUR, TaxPoint.on(DAY), customer.buyer())
                        .item(TaxedItem.net("seats", Money.of("79.00", EUR), ProductCategory.SAAS))
                        .item(TaxedItem.net("tokens", Money.of("21.00", EUR), ProductCategory.SAAS))
                        .build());
                out.println(table.line(customer, outcome, matrix.currencies().get(customer.currency())));
            }
        }
    }

    private static SellerProfile seller() {
        return SellerProfile.of("acme", Address.of("DE"))
                .registered(TaxRegistration.local("DE", TaxId.parse("DE314159262"), START))
                .registered(TaxRegistration.unionOss(START))
                .registered(TaxRegistration.local("GB", null, START))
                .registered(TaxRegistration.local("NO", null, START))
                .registered(TaxRegistration.local("IN", null, START))
                .registered(TaxRegistration.local("JP", null, START))
                .registered(TaxRegistration.local("US-TX", null, START))
                .registered(TaxRegistration.local("US-CT", null, START))
                .registered(TaxRegistration.local("US-OH", null, START))
                .registered(TaxRegistration.local("CA", null, START))
                .registered(TaxRegistration.local("CA-QC", null, START))
                .registered(TaxRegistration.local("CA-BC", null, START));
    }

    private static List<String[]> rows(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Pricing.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
