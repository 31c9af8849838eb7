package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.CostRequests.CreateOptimization;
import dev.matrix.analytics.cost.CostRequests.CreateQuote;
import dev.matrix.analytics.cost.CostRequests.LoadRequest;
import dev.matrix.analytics.cost.CostRequests.MonthRequest;
import dev.matrix.analytics.cost.CostRequests.RecordSamples;
import dev.matrix.analytics.cost.CostRequests.SampleRequest;
import dev.matrix.analytics.cost.CostViews.CostQuoteView;
import dev.matrix.analytics.cost.CostViews.LineQuote;
import dev.matrix.analytics.cost.CostViews.MonthQuote;
import dev.matrix.analytics.cost.CostViews.PlanQuote;
import dev.matrix.analytics.cost.CostViews.RecordedView;
import dev.matrix.analytics.cost.CostViews.RejectedView;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One example for each operation. */
final class CostExamples {

    static final Owner OWNER = Owner.user("u_42");
    private static final Instant FROM = Instant.parse("2026-08-10T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-10T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T09:30:00Z");
    private static final BigDecimal UNITS = new BigDecimal("100000");

    static final CreateOptimization CREATE = new CreateOptimization(null, null, null, Profile.STANDARD, null);

    private static final Advice ADVICE = new Advice(
            RecommendationType.TIER,
            "sub_1",
            new Action.ChangePlan("sub_1", "enterprise", "pro"),
            eur("499.00"),
            eur("409.00"),
            eur("90.00"),
            new SavingsRange(eur("90.00"), eur("90.00")),
            Confidence.HIGH,
            List.of(new Evidence(
                    TierRule.NAME,
                    "The last 3 months cost 1497.00 EUR on plan enterprise and 1227.00 EUR on plan pro, rated with what"
                            + " was really used.",
                    FROM,
                    TO,
                    3,
                    Map.of("currentTotal", new BigDecimal("1497.00"), "projectedTotal", new BigDecimal("1227.00")),
                    List.of("sub_1"))),
            Effort.LOW,
            false,
            true,
            List.of("use across the break-even quantity of 122500"),
            LocalDate.of(2026, 11, 20));

    static final Recommendation RECOMMENDATION = new Recommendation(
            "rec_1",
            OWNER,
            "coa_1",
            Profile.STANDARD,
            RecommendationStatus.OPEN,
            Severity.MEDIUM,
            true,
            Set.of(),
            ADVICE,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            NOW,
            Instant.parse("2026-12-20T09:30:00Z"),
            null,
            1);

    static final CostAnalysis ANALYSIS = new CostAnalysis(
            "coa_1",
            OWNER,
            Profile.STANDARD,
            FROM,
            NOW,
            eur("1497.00"),
            eur("499.00"),
            false,
            List.of(RECOMMENDATION),
            eur("90.00"),
            List.of(),
            NOW);

    static final SavingsStatement SAVINGS = new SavingsStatement(
            "rec_1",
            RecommendationStatus.APPLIED,
            TO,
            eur("90.00"),
            eur("90.00"),
            List.of(new SavingsStatement.Month(
                    TO,
                    Instant.parse("2026-12-10T00:00:00Z"),
                    1,
                    eur("409.00"),
                    eur("90.00"),
                    eur("0.00"),
                    eur("90.00"))));

    static final RecordSamples SAMPLES = new RecordSamples(
            null,
            List.of(new SampleRequest("vm_1", FROM, 3_600, List.of(new LoadRequest(ResourceMetric.CPU, 0.02, 0.04)))));

    static final RecordedView RECORDED = new RecordedView(0, 0, List.of(new RejectedView(0, "It is too old.")));

    static final CreateQuote QUOTE =
            new CreateQuote(null, List.of("pro"), List.of(new MonthRequest(Map.of("tokens", UNITS))));

    static final CostQuoteView QUOTED = new CostQuoteView(List.of(new PlanQuote(
            "pro",
            eur("409.00"),
            List.of(new MonthQuote(
                    eur("49.00"),
                    List.of(new LineQuote("tokens", UNITS, eur("360.00"))),
                    eur("409.00"),
                    Set.of(),
                    Set.of())))));

    private CostExamples() {}

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }
}
