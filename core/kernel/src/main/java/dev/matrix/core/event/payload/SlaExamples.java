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
        return SlaAlertChanged.builder()
                .id("alr_1")
                .owner(OWNER)
                .type(type)
                .subscriptionId(SUBSCRIPTION)
                .tier(TIER)
                .definitionVersion(1)
                .objective(SlaObjective.UPTIME)
                .alertId("alr_1")
                .severity(opened ? "ticket" : "page")
                .previousSeverity(previous)
                .rule("page-fast")
                .burnLong(new BigDecimal("16.2"))
                .burnShort(new BigDecimal("20"))
                .budgetRemaining(new BigDecimal("41.5"))
                .episodes(1)
                .openedAt(OPENED)
                .at(opened ? OPENED : OPENED.plusSeconds(900))
                .build();
    }

    static SlaNoData noData() {
        return new SlaNoData("node-b", Owner.platform(), "node-b", OPENED, 12);
    }

    static SlaDataResumed dataResumed() {
        return new SlaDataResumed("node-b", Owner.platform(), "node-b", OPENED.plusSeconds(1_800), 12);
    }

    static SlaComponentChanged componentChanged() {
        return SlaComponentChanged.builder()
                .id("api")
                .owner(Owner.platform())
                .componentId("api")
                .from("up")
                .to("down")
                .since(OPENED)
                .detail("3 checks in a row had no answer")
                .build();
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
        return SlaStatementIssued.builder()
                .id("sst_1")
                .owner(OWNER)
                .subscriptionId(SUBSCRIPTION)
                .tier(TIER)
                .definitionVersion(1)
                .period(NOVEMBER)
                .version(1)
                .state("breached")
                .objectives(List.of(
                        new SlaStatementIssued.Verdict(SlaObjective.UPTIME, TARGET, ATTAINMENT, "breached"),
                        new SlaStatementIssued.Verdict(SlaObjective.LATENCY, new BigDecimal("95"), null, "no_data")))
                .sha256("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .at(NOVEMBER.end().plusSeconds(86_400))
                .build();
    }

    static SlaCreditIssued creditIssued() {
        BigDecimal percent = new BigDecimal("10");
        return SlaCreditIssued.builder()
                .id("scr_1")
                .owner(OWNER)
                .subscriptionId(SUBSCRIPTION)
                .tier(TIER)
                .definitionVersion(1)
                .creditId("scr_1")
                .key("slaCredit:sub_7:2026-11:v1")
                .period(NOVEMBER)
                .base(eur("100.00"))
                .percent(percent)
                .amount(eur("10.00"))
                .tax(eur("1.90"))
                .settlement("next_invoice")
                .reasons(List.of(new SlaCreditIssued.Reason(SlaObjective.UPTIME, percent)))
                .at(NOVEMBER.end().plusSeconds(86_400))
                .build();
    }
}
