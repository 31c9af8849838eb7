package dev.matrix.analytics.cost;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * What one look at an owner's costs found.
 *
 * @param id {@code coa_…}
 * @param from the first instant that was looked at
 * @param to the first instant after it
 * @param cost what the complete billing months and the machines of that time cost
 * @param monthlyCost the same, a month, at what is in force now
 * @param incomplete whether something has no price, or is left out as it isn't complete; the diagnostics say what
 * @param recommendations the gravest first
 * @param combinedMonthlySavings of all that lead, by one replay with all of them applied; never their sum
 */
public record CostAnalysis(
        String id,
        Owner owner,
        Profile profile,
        Instant from,
        Instant to,
        Money cost,
        Money monthlyCost,
        boolean incomplete,
        List<Recommendation> recommendations,
        Money combinedMonthlySavings,
        List<Diagnostic> diagnostics,
        Instant createdAt) {

    public CostAnalysis {
        recommendations = List.copyOf(recommendations);
        diagnostics = List.copyOf(diagnostics);
    }
}
