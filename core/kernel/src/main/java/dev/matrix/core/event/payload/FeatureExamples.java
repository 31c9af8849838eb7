package dev.matrix.core.event.payload;

import static dev.matrix.core.event.payload.BillingExamples.AT;
import static dev.matrix.core.event.payload.BillingExamples.OWNER;
import static dev.matrix.core.event.payload.BillingExamples.eur;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What security, exchange rates, tax, analytics, cost advice and webhooks say of themselves. */
final class FeatureExamples {

    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

    private FeatureExamples() {}

    static SecurityRulesChanged securityRulesChanged() {
        return SecurityRulesChanged.builder()
                .id("ipr_1")
                .owner(OWNER)
                .scope("user:u_42")
                .ruleId("ipr_1")
                .kind("ip_rule")
                .change("added")
                .actor("u_42")
                .build();
    }

    static SecuritySecondFactorChanged securitySecondFactorChanged() {
        return SecuritySecondFactorChanged.builder()
                .id("anna")
                .owner(OWNER)
                .subjectId("anna")
                .deviceId("fac_1")
                .change("confirmed")
                .build();
    }

    static SecurityLockedOut securityLockedOut() {
        return new SecurityLockedOut("anna", OWNER, "anna", false, AT.plusSeconds(900));
    }

    static SecurityRecoveryCodesLow securityRecoveryCodesLow() {
        return new SecurityRecoveryCodesLow("anna", OWNER, "anna", 2);
    }

    static SecuritySubjectErased securitySubjectErased() {
        return new SecuritySubjectErased("sub-5d0c", OWNER, "sub-5d0c");
    }

    static ExchangeRateSourceFailed exchangeRateSourceFailed() {
        return new ExchangeRateSourceFailed("ecb", Owner.platform(), "ecb", AT, DAY.minusDays(2));
    }

    static ExchangeRateSourceRecovered exchangeRateSourceRecovered() {
        return new ExchangeRateSourceRecovered("ecb", Owner.platform(), "ecb", AT, DAY);
    }

    static ExchangeRateQuarantined exchangeRateQuarantined() {
        return new ExchangeRateQuarantined(
                "fxs_1", Owner.platform(), "fxs_1", "USD", new BigDecimal("1.0664"), new BigDecimal("10.664"));
    }

    static CurrencyPreferenceChanged currencyPreferenceChanged() {
        return new CurrencyPreferenceChanged("u_42", OWNER, EUR, "de-DE");
    }

    static TaxTransactionCommitted taxTransactionCommitted() {
        return new TaxTransactionCommitted(
                "ttx_1", OWNER, "ttx_1", "inv_1001", eur("100.00"), eur("19.00"), eur("119.00"), DAY);
    }

    static TaxTransactionReversed taxTransactionReversed() {
        return TaxTransactionReversed.builder()
                .id("ttx_1")
                .owner(OWNER)
                .transactionId("ttx_1")
                .reversalId("trv_1")
                .reference("leg_1")
                .net(eur("50.00"))
                .tax(eur("9.50"))
                .gross(eur("59.50"))
                .build();
    }

    static TaxIdChecked taxIdChecked() {
        return TaxIdChecked.builder()
                .id("DE314159262")
                .owner(OWNER)
                .taxId("DE314159262")
                .previous("pending")
                .status("valid")
                .checkedAt(AT)
                .transactionIds(List.of("ttx_1"))
                .build();
    }

    static TaxExemptionChanged taxExemptionChanged() {
        return new TaxExemptionChanged("exm_1", OWNER, "exm_1", "active");
    }

    static TaxThresholdCrossed taxThresholdCrossed() {
        Period year = Period.of(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
        return new TaxThresholdCrossed("seller_1", Owner.platform(), "seller_1", "EU-OSS", year, eur("10010.00"));
    }

    static TaxRulesChanged taxRulesChanged() {
        return new TaxRulesChanged("2026-11", Owner.platform(), "2026-11");
    }

    static AnalyticsBucketRestated analyticsBucketRestated() {
        return new AnalyticsBucketRestated(
                "net_revenue",
                Owner.platform(),
                "month",
                Instant.parse("2026-09-30T22:00:00Z"),
                "net_revenue",
                new BigDecimal("48200.00"),
                new BigDecimal("48150.00"),
                EUR);
    }

    static CostRecommendationOpened costRecommendationOpened() {
        return CostRecommendationOpened.builder()
                .id("rec_1")
                .owner(OWNER)
                .recommendationId("rec_1")
                .recommendationType("instance")
                .severity("high")
                .monthlySavings(eur("430.00"))
                .subject("vm_3")
                .expiresAt(AT.plusSeconds(30 * 86_400L))
                .build();
    }

    static CostRecommendationChanged costRecommendationChanged() {
        return CostRecommendationChanged.builder()
                .id("rec_1")
                .owner(OWNER)
                .recommendationId("rec_1")
                .from("open")
                .to("accepted")
                .actor("u_42")
                .build();
    }

    static CostAnomalyDetected costAnomalyDetected() {
        return new CostAnomalyDetected(
                "ano_1",
                OWNER,
                "tokens",
                DAY,
                eur("12.00"),
                eur("37.50"),
                eur("25.50"),
                "critical",
                List.of(new CostAnomalyDetected.Contributor("resource", "model-large", eur("25.50"))));
    }

    static CostSavingsVerified costSavingsVerified() {
        return new CostSavingsVerified("rec_1", OWNER, "rec_1", eur("430.00"), eur("402.10"), "verified");
    }

    static EndpointChanged endpointChanged(EventType type) {
        String status = type.equals(EventTypes.ENDPOINT_DISABLED)
                ? "disabled"
                : type.equals(EventTypes.ENDPOINT_DELETED) ? "deleted" : "active";
        return new EndpointChanged(
                "whe_1",
                OWNER,
                type,
                URI.create("https://example.com/hooks"),
                status,
                status.equals("disabled") ? "failing" : null,
                type.equals(EventTypes.ENDPOINT_FAILING) ? AT.minusSeconds(600) : null,
                AT);
    }

    static DeliveryExhausted deliveryExhausted() {
        return DeliveryExhausted.builder()
                .id("whe_1")
                .owner(OWNER)
                .deliveryId("whd_1")
                .eventId("evt_1")
                .eventType("invoice.paid")
                .attempts(10)
                .lastStatus(503)
                .lastError("status")
                .exhaustedInLastHour(4)
                .build();
    }
}
