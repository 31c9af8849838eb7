package dev.matrix.examples.pricing;

import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.tax.TaxCalculation;
import dev.matrix.tax.TaxGroup;
import dev.matrix.tax.TaxOutcome;
import dev.matrix.tax.Undetermined;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sales as lines of text. */
record Table(CurrencyConverter rates) {

    private static final String FORM = "%-18s %-8s %-6s %8s %9s %9s  %14s  %s";

    String head() {
        return String.format(FORM, "buyer", "kind", "place", "net", "tax", "gross", "in their money", "taxes, and why");
    }

    String line(Customer customer, TaxOutcome outcome, Currency theirs) {
        if (outcome instanceof TaxCalculation calculation) {
            return String.format(
                    FORM,
                    customer.who(),
                    customer.kind().name().toLowerCase(Locale.ROOT),
                    customer.place(),
                    calculation.totals().net().amount(),
                    calculation.totals().tax().amount(),
                    calculation.totals().gross().amount(),
                    converted(calculation.totals().gross(), theirs),
                    calculation.groups().stream().map(Table::tax).collect(Collectors.joining(" + "))
                            + warnings(calculation));
        }
        Undetermined end = (Undetermined) outcome;
        return String.format(
                FORM,
                customer.who(),
                customer.kind().name().toLowerCase(Locale.ROOT),
                customer.place(),
                "?",
                "?",
                "?",
                "?",
                end.cause() + ": not sold until somebody decides");
    }

    private String converted(Money gross, Currency theirs) {
        return rates.convert(gross, theirs, RateQuery.on(Pricing.DAY)) instanceof Conversion.Converted converted
                ? converted.result().toString()
                : "no rate";
    }

    private static String tax(TaxGroup group) {
        String rate =
                group.ratePercent() == null ? "" : " " + group.ratePercent().toPlainString() + " %";
        return group.jurisdiction() + " " + group.type() + rate + " "
                + group.reason().name().toLowerCase(Locale.ROOT);
    }

    private static String warnings(TaxCalculation calculation) {
        return calculation.warnings().isEmpty()
                ? ""
                : "  " + calculation.warnings().toString().toLowerCase(Locale.ROOT);
    }
}
