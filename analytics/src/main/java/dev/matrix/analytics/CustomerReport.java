package dev.matrix.analytics;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Customers: how many there are, how long they stay, what they are worth and how they do.
 *
 * @param cohorts by the bucket of the first MRR
 * @param survival of all who ever paid; its unit is a day
 * @param scores by revenue, at most 1,000; empty where there are several currencies and none was asked for
 * @param health the worst first, at most 1,000
 * @param activeDays of the last 28 days
 * @param topTenShare of the ten largest customers in the MRR at the window's end, by currency code
 * @param purchases null with fewer than 20 customers who pay without a subscription
 */
public record CustomerReport(
        Header header,
        List<Series> series,
        List<Cohort> cohorts,
        SurvivalCurve survival,
        List<CustomerScore> scores,
        List<HealthScore> health,
        ActiveDays activeDays,
        Map<String, BigDecimal> topTenShare,
        @Nullable PurchaseOutlook purchases,
        List<Warning> warnings)
        implements Report {

    public CustomerReport {
        series = List.copyOf(series);
        cohorts = List.copyOf(cohorts);
        scores = List.copyOf(scores);
        health = List.copyOf(health);
        topTenShare = Map.copyOf(topTenShare);
        warnings = List.copyOf(warnings);
    }
}
