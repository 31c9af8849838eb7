package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one period of a subscription comes to.
 *
 * @param period such as 2025-11
 * @param from first minute under contract
 * @param to end, exclusive
 * @param provisional true until the statement is made
 * @param version of the statement; 0 while it is provisional
 * @param days local calendar days, at most 200
 * @param incidents outages, at most 200
 */
public record SlaReport(
        String subscriptionId,
        String tier,
        String period,
        ZoneId zone,
        Instant from,
        Instant to,
        boolean provisional,
        int version,
        ComplianceState state,
        ReportCoverage coverage,
        List<ReportSegment> segments,
        RequestCounts requests,
        ReportThroughput throughput,
        List<ReportDay> days,
        List<Incident> incidents,
        List<ExcludedTime> exclusions,
        List<CreditLine> credits) {

    /** At most so many rows of a list. */
    static final int MOST_ROWS = 200;

    public SlaReport {
        segments = List.copyOf(segments);
        days = List.copyOf(days);
        incidents = List.copyOf(incidents);
        exclusions = List.copyOf(exclusions);
        credits = List.copyOf(credits);
    }

    /** How much was measured; gaps are the spans in which nothing was. */
    public record ReportCoverage(long observedMinutes, long expectedMinutes, BigDecimal percent, List<Gap> gaps) {

        public ReportCoverage {
            gaps = List.copyOf(gaps);
        }
    }

    /** An outage: minutes that were down, without a break. */
    public record Incident(Instant from, Instant to) {}

    /** A span in which nothing was measured. */
    public record Gap(Instant from, Instant to) {}

    /** A part with one tier and one definition. */
    public record ReportSegment(
            Instant from, Instant to, String tier, int definitionVersion, List<ReportObjective> objectives) {

        public ReportSegment {
            objectives = List.copyOf(objectives);
        }
    }

    /** The verdict on an objective; percentages rounded towards the worse side. */
    public record ReportObjective(
            SlaObjective kind,
            String statistic,
            BigDecimal target,
            @Nullable BigDecimal attainment,
            long good,
            long total,
            ComplianceState state,
            @Nullable BigDecimal budgetRemaining) {}

    /** What was asked for and served. */
    public record ReportThroughput(
            BigDecimal meanServed, BigDecimal peakServed, long demandMinutes, long shortMinutes) {}

    /** A local day, in minutes and requests. */
    public record ReportDay(
            LocalDate date,
            long contract,
            long observed,
            long up,
            long down,
            long excluded,
            long gap,
            long valid,
            long bad,
            long slow,
            long demand,
            long shortMinutes,
            long rejected,
            long throttled) {

        ReportDay plus(ReportDay o) {
            return new ReportDay(
                    o.date,
                    contract + o.contract,
                    observed + o.observed,
                    up + o.up,
                    down + o.down,
                    excluded + o.excluded,
                    gap + o.gap,
                    valid + o.valid,
                    bad + o.bad,
                    slow + o.slow,
                    demand + o.demand,
                    shortMinutes + o.shortMinutes,
                    rejected + o.rejected,
                    throttled + o.throttled);
        }
    }
}
