package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Money;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tax of a document, with what it takes to explain and repeat it.
 *
 * @param request what was asked
 * @param lines in the request's order, without the spread items, which are inside the lines
 * @param groups by jurisdiction, type and rate
 * @param taxDate the day whose rules were applied
 * @param rulesVersion of the rules applied
 * @param rounding by jurisdiction
 * @param taxCurrencyRate behind {@link Totals#taxInTaxCurrency()}; null without
 * @param turnover what the sale adds to turnovers that thresholds look at, by name; counted at commit
 * @param warnings what a person should look at
 * @param trace the steps of the determination, each a line
 */
public record TaxCalculation(
        TaxRequest request,
        List<TaxedLine> lines,
        List<TaxGroup> groups,
        Totals totals,
        LocalDate taxDate,
        String rulesVersion,
        Map<String, RoundingPolicy> rounding,
        @Nullable AppliedRate taxCurrencyRate,
        Map<String, Money> turnover,
        Set<Warning> warnings,
        List<String> trace)
        implements TaxOutcome {

    public TaxCalculation {
        requireNonNull(request, "request");
        requireNonNull(totals, "totals");
        requireNonNull(taxDate, "taxDate");
        requireNonNull(rulesVersion, "rulesVersion");
        lines = List.copyOf(lines);
        groups = List.copyOf(groups);
        rounding = Map.copyOf(rounding);
        turnover = Collections.unmodifiableMap(new TreeMap<>(turnover));
        warnings = Collections.unmodifiableSet(new TreeSet<>(warnings));
        trace = List.copyOf(trace);
    }

    @Override
    public TaxCalculation orThrow() {
        return this;
    }

    /** The same document for another buyer; nothing is calculated. */
    TaxCalculation boughtBy(Buyer buyer) {
        return new TaxCalculation(
                request.boughtBy(buyer),
                lines,
                groups,
                totals,
                taxDate,
                rulesVersion,
                rounding,
                taxCurrencyRate,
                turnover,
                warnings,
                trace);
    }

    /** −1 for a credit note whose amounts are positive, which takes them off turnover and filings; else 1. */
    int sign() {
        return request.kind() == DocumentKind.CREDIT_NOTE && totals.gross().signum() > 0 ? -1 : 1;
    }
}
