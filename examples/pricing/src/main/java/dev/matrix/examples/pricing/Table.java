package dev.matrix.examples.pricing;

import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.tax.TaxCalculation;
import dev.matrix.tax.TaxGroup;
import dev.matrix.tax.TaxOutcome;
import dev.matrix.tax.Totals;
import dev.matrix.tax.Undetermined;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sales as lines of text. */
record Table(CurrencyConverter rates) {

    private static final String FORM = "%-18s %-8s %-6s %8s %9s %9s  %-36s  %s";

    String head() {
        return String.format(
                FORM, "buyer", "kind", "place", "net", "tax", "gross", "the same in their money", "taxes, and why");
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
                    converted(calculation.totals(), theirs),
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

    /** Net and tax at one rate; the gross is their sum, as on every document. */
    private String converted(Totals totals, Currency theirs) {
        Conversion conversion = rates.convert(totals.net(), theirs, RateQuery.on(Pricing.DAY));
        if (conversion instanceof Conversion.Converted converted) {
            Money net = converted.result();
            Money tax = converted.rate().apply(totals.tax(), RoundingMode.HALF_UP);
            return net.amount() + " + " + tax.amount() + " = " + net.plus(tax);
        }
        return "no rate";
    }

    private static String tax(TaxGroup group) {
        String rate =
                group.ratePercent() == null ? "" : " " + group.ratePercent().toPlainString() + " %";
        return group.jurisdiction() + " " + group.type() + rate + " "
                + group.tax().amount() + " " + group.reason().name().toLowerCase(Locale.ROOT);
    }

    private static String warnings(TaxCalculation calculation) {
        return calculation.warnings().isEmpty()
                ? ""
                : "  " + calculation.warnings().toString().toLowerCase(Locale.ROOT);
    }
}
