package dev.matrix.core.event.payload;

import static dev.matrix.core.event.payload.BillingExamples.AT;
import static dev.matrix.core.event.payload.BillingExamples.NOVEMBER;
import static dev.matrix.core.event.payload.BillingExamples.OWNER;
import static dev.matrix.core.event.payload.BillingExamples.SUBSCRIPTION;
import static dev.matrix.core.event.payload.BillingExamples.eur;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A month in which a promise of 99.5 % uptime was kept to 99.2 %: 344 of 43,000 minutes were bad. */
final class SlaExamples {

    private static final String TIER = "pro";
    private static final BigDecimal TARGET = new BigDecimal("99.5");
    private static final BigDecimal ATTAINMENT = new BigDecimal("99.2");
    private static final Instant OPENED = Instant.parse("2026-11-12T08:04:00Z");

    private SlaExamples() {}

    static SlaBreached breached(EventType type) {
        return new SlaBreached(
                SUBSCRIPTION,
                OWNER,
                type,
                SUBSCRIPTION,
                TIER,
                1,
                SlaObjective.UPTIME,
                NOVEMBER,
                type.equals(EventTypes.SLA_BREACHED) ? SlaBreached.Basis.CERTAIN : SlaBreached.Basis.PROJECTED,
                TARGET,
                ATTAINMENT,
                344,
                43_000,
                Instant.parse("2026-11-30T20:40:00Z"));
    }

    static SlaAlertChanged alertChanged(EventType type) {
        boolean opened = type.equals(EventTypes.SLA_ALERT_OPENED);
        @Nullable String previous = opened ? null : "ticket";
        return new SlaAlertChanged(
                "alr_1",
                OWNER,
                type,
                SUBSCRIPTION,
                TIER,
                1,
                SlaObjective.UPTIME,
                "alr_1",
                opened ? "ticket" : "page",
                previous,
                "page-fast",
                new BigDecimal("16.2"),
                new BigDecimal("20"),
                new BigDecimal("41.5"),
                1,
                OPENED,
                opened ? OPENED : OPENED.plusSeconds(900));
    }

    static SlaNoData noData() {
        return new SlaNoData("node-b", Owner.platform(), "node-b", OPENED, 12);
    }

    static SlaDataResumed dataResumed() {
        return new SlaDataResumed("node-b", Owner.platform(), "node-b", OPENED.plusSeconds(1_800), 12);
    }

    static SlaComponentChanged componentChanged() {
        return new SlaComponentChanged(
                "api", Owner.platform(), "api", "up", "down", OPENED, "3 checks in a row had no answer");
    }

    static SlaDefinitionChanged definitionChanged() {
        return new SlaDefinitionChanged(TIER, Owner.platform(), TIER, 2, NOVEMBER.end(), "ops_1");
    }

    static SlaExclusionChanged exclusionChanged() {
        SlaExclusionChanged.Exclusion exclusion = new SlaExclusionChanged.Exclusion(
                "component",
                "api",
                Instant.parse("2026-11-22T01:00:00Z"),
                Instant.parse("2026-11-22T03:00:00Z"),
                null,
                "maintenance",
                "exclude",
                "Database upgrade",
                AT,
                false);
        return new SlaExclusionChanged("exc_1", Owner.platform(), exclusion, "ops_1");
    }

    static SlaStatementIssued statementIssued() {
        return new SlaStatementIssued(
                "sst_1",
                OWNER,
                SUBSCRIPTION,
                TIER,
                1,
                NOVEMBER,
                1,
                "breached",
                List.of(
                        new SlaStatementIssued.Verdict(SlaObjective.UPTIME, TARGET, ATTAINMENT, "breached"),
                        new SlaStatementIssued.Verdict(SlaObjective.LATENCY, new BigDecimal("95"), null, "no_data")),
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                NOVEMBER.end().plusSeconds(86_400));
    }

    static SlaCreditIssued creditIssued() {
        BigDecimal percent = new BigDecimal("10");
        return new SlaCreditIssued(
                "scr_1",
                OWNER,
                SUBSCRIPTION,
                TIER,
                1,
                "scr_1",
                "slaCredit:sub_7:2026-11:v1",
                NOVEMBER,
                eur("100.00"),
                percent,
                eur("10.00"),
                eur("1.90"),
                "next_invoice",
                List.of(new SlaCreditIssued.Reason(SlaObjective.UPTIME, percent)),
                null,
                NOVEMBER.end().plusSeconds(86_400));
    }
}
