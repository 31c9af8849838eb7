package dev.matrix.sla;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.money.Money;
import dev.matrix.sla.SlaRequests.EndSubscription;
import dev.matrix.sla.SlaRequests.RecordMeasurements;
import dev.matrix.sla.SlaRequests.ReplaceDefinition;
import dev.matrix.sla.SlaRequests.ReplaceSubscription;
import dev.matrix.sla.spi.ProbeTarget;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** One subscription's story, told in the examples of the operations. */
final class SlaExamples {

    static final String SUBSCRIPTION = "sub_7";
    static final SlaDefinition PRO = SlaDefinition.pro().withVersion(1);

    private static final Owner OWNER = Owner.user("u_42");
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant AT = Instant.parse("2026-11-02T09:30:00Z");

    static final ReplaceSubscription BIND =
            new ReplaceSubscription("sub_9", OWNER, "pro", ZoneId.of("Europe/Berlin"), null, null, null, FROM);
    static final SlaSubscription BOUND = new SlaSubscription(
            "sub_9", OWNER, "pro", ZoneId.of("Europe/Berlin"), PeriodKind.calendarMonth(), Set.of(), null, FROM, null);
    static final EndSubscription END = new EndSubscription("sub_9", Instant.parse("2026-12-01T00:00:00Z"));
    static final ReplaceDefinition DEFINE = new ReplaceDefinition(
            "gold",
            List.of(new Objective.Uptime(new BigDecimal("99.95"), UptimeRule.standard())),
            null,
            null,
            null,
            null,
            null,
            null);
    static final SlaDefinition GOLD = SlaDefinition.builder("gold")
            .objectives(DEFINE.objectives())
            .build()
            .withVersion(1);
    static final RecordMeasurements MEASURED = new RecordMeasurements(
            "edge-1",
            "batch-1",
            List.of(new MeasurementBatch.Request(SUBSCRIPTION, AT, 120, Outcome.GOOD)),
            List.of(new MeasurementBatch.Minute(SUBSCRIPTION, AT, 1_000, 3L, 12L, 0L)));
    static final BatchResult COUNTED = new BatchResult(2, false, List.of());
    static final SlaMetrics METRICS = new SlaMetrics(
            SUBSCRIPTION,
            "pro",
            1,
            FROM,
            AT,
            ComplianceState.MET,
            List.of(new ObjectiveMetrics(
                    SlaObjective.UPTIME,
                    "minutes up",
                    new BigDecimal("99.5"),
                    new BigDecimal("99.90"),
                    2_008,
                    2_010,
                    ComplianceState.MET,
                    new ObjectiveMetrics.Budget(
                            new BigDecimal("10.050"),
                            new BigDecimal("2.000"),
                            new BigDecimal("8.050"),
                            new BigDecimal("80.09")),
                    List.of(new ObjectiveMetrics.Burn("page-fast", new BigDecimal("0.0000"), new BigDecimal("0.0000"))),
                    null)),
            new Coverage(2_010, 2_010, new BigDecimal("100.00")),
            new RequestCounts(120_000, 80, 0, 0, 310, 4),
            new BigDecimal("0.998"));

    static final SlaReport REPORT = new SlaReport(
            SUBSCRIPTION,
            "pro",
            "2026-11",
            ZoneId.of("Europe/Berlin"),
            FROM,
            Instant.parse("2026-12-01T00:00:00Z"),
            true,
            0,
            ComplianceState.MET,
            new SlaReport.ReportCoverage(2_010, 2_010, new BigDecimal("100.00"), List.of()),
            List.of(),
            new RequestCounts(120_000, 80, 0, 0, 310, 4),
            new SlaReport.ReportThroughput(new BigDecimal("0.998"), new BigDecimal("12.300"), 2_010, 0),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    static final SlaAlert ALERT = new SlaAlert(
            "alr_01kdvdna009xkjgcjvmb5kf650",
            SUBSCRIPTION,
            "pro",
            1,
            SlaObjective.UPTIME,
            AlertState.OPEN,
            AlertSeverity.PAGE,
            "page-fast",
            new BigDecimal("16.2000"),
            new BigDecimal("20.0000"),
            new BigDecimal("41.50"),
            1,
            "The last 1 h took 2.25 % of the month's budget.",
            List.of(new SlaAlert.RuleState("page-fast", AlertSeverity.PAGE, null, 1)),
            AT,
            AT,
            null,
            null,
            null);
    static final SlaAlert ACKNOWLEDGED = AlertRules.noted(ALERT, "ops_1", "We roll back.");
    static final SlaStatement STATEMENT = new SlaStatement(
            "sst_01kdvdna009xkjgcjvmb5kf650",
            SUBSCRIPTION,
            "2026-10",
            1,
            null,
            "close",
            "pro",
            1,
            ComplianceState.BREACHED,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            List.of(),
            List.of("2026-10-01T00:00:00Z/2026-11-01T00:00:00Z pro v1"),
            List.of("scr_01kdvdna009xkjgcjvmb5kf650"),
            AT);
    static final SlaCredit CREDIT = new SlaCredit(
            "scr_01kdvdna009xkjgcjvmb5kf650",
            "slaCredit:sub_7:2026-10:v1",
            SUBSCRIPTION,
            "2026-10",
            "pro",
            1,
            CreditState.ISSUED,
            Settlement.NEXT_INVOICE,
            Money.of("100.00", "EUR"),
            new BigDecimal("10.0000"),
            Money.of("10.00", "EUR"),
            Money.of("1.90", "EUR"),
            List.of(new CreditLine.Reason(SlaObjective.UPTIME, BigDecimal.TEN)),
            null,
            null,
            Instant.parse("2026-10-01T00:00:00Z"),
            FROM,
            AT,
            null,
            "ops_1");
    static final SlaRequests.CreateExclusion EXCLUDE = new SlaRequests.CreateExclusion(
            ExclusionScope.component("api"),
            Instant.parse("2026-11-22T01:00:00Z"),
            Instant.parse("2026-11-22T03:00:00Z"),
            null,
            ExclusionKind.MAINTENANCE,
            null,
            "Database upgrade",
            "ops_1");
    static final SlaExclusion EXCLUDED = new SlaExclusion(
            "exc_01kdvdna009xkjgcjvmb5kf650",
            EXCLUDE.scope(),
            EXCLUDE.from(),
            EXCLUDE.to(),
            null,
            EXCLUDE.kind(),
            ExclusionMode.EXCLUDE,
            EXCLUDE.reason(),
            EXCLUDE.by(),
            AT,
            false);

    static final SlaRequests.CreateProbe WATCH = new SlaRequests.CreateProbe(
            "api",
            "http",
            URI.create("https://api.example.com/health"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    static final Probe PROBE = new Probe(
            "prb_01kdvdna009xkjgcjvmb5kf650",
            ProbeTarget.http("api", URI.create("https://api.example.com/health"))
                    .build(),
            List.of(),
            ComponentState.UP,
            AT,
            AT.plusSeconds(60));
    static final SlaComponent COMPONENT = new SlaComponent(
            "api", ComponentState.UP, FROM, List.of(new SlaComponent.Day(LocalDate.of(2026, 11, 1), 86_160, 240, 0)));

    private SlaExamples() {}
}
