package dev.matrix.tax;

import dev.matrix.tax.Csv.Row;
import dev.matrix.tax.spi.TaxRuleSource;
import java.math.BigDecimal;
import java.util.stream.Stream;

/** The shipped rates, {@code rates.csv}: seed data with sources, not an authority. Always known, so without a recorded date. */
final class SeedRules implements TaxRuleSource {

    static final SeedRules INSTANCE = new SeedRules();

    private SeedRules() {}

    @Override
    public String version() {
        return "seed-2026-10";
    }

    @Override
    public Stream<TaxRule> rules() {
        return Csv.read("rates.csv").stream().map(SeedRules::rule);
    }

    private static TaxRule rule(Row row) {
        String rate = row.orNull("rate");
        String buyer = row.orNull("buyer");
        return new TaxRule(
                "seed:" + row.get("jurisdiction") + ":" + row.get("type") + ":" + row.get("category") + ":"
                        + row.get("buyer") + ":" + row.get("valid_from"),
                row.get("jurisdiction"),
                TaxType.valueOf(row.get("type")),
                new ProductCategory(row.get("category")),
                buyer == null ? null : BuyerKind.valueOf(buyer),
                rate == null ? null : new BigDecimal(rate),
                new BigDecimal(row.get("fraction")),
                Integer.parseInt(row.get("order")),
                0,
                row.day("valid_from"),
                row.day("valid_to"),
                null,
                null,
                row.get("source"),
                row.confidence(),
                TaxReason.valueOf(row.get("reason")),
                null,
                null);
    }
}
