package dev.matrix.core.event.payload;

import static dev.matrix.core.event.payload.BillingExamples.AT;
import static dev.matrix.core.event.payload.BillingExamples.INVOICE;
import static dev.matrix.core.event.payload.BillingExamples.NOVEMBER;
import static dev.matrix.core.event.payload.BillingExamples.OWNER;
import static dev.matrix.core.event.payload.BillingExamples.PAYMENT;
import static dev.matrix.core.event.payload.BillingExamples.SUBSCRIPTION;
import static dev.matrix.core.event.payload.BillingExamples.eur;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the same customer used: a model's tokens, a GPU machine, an API key; and what a partner earned by it. */
final class UsageExamples {

    private static final Owner PARTNER = Owner.partner("p_9");
    private static final Period HOUR =
            Period.of(Instant.parse("2026-11-01T09:00:00Z"), Instant.parse("2026-11-01T10:00:00Z"));

    private UsageExamples() {}

    static UsageRecorded usageRecorded() {
        return UsageRecorded.builder()
                .id("use_1")
                .owner(OWNER)
                .metric("tokens")
                .quantity(new BigDecimal("125000"))
                .unit("token")
                .period(HOUR)
                .resourceId("model-large")
                .resourceKind("model")
                .subscriptionId(SUBSCRIPTION)
                .cost(eur("0.31"))
                .attributes(Map.of(UsageRecorded.DURATION_MILLIS, "8400", UsageRecorded.SUCCESS, "true"))
                .build();
    }

    static UsageThresholdReached usageThresholdReached() {
        return UsageThresholdReached.builder()
                .id(SUBSCRIPTION)
                .owner(OWNER)
                .metric("tokens")
                .quantity(new BigDecimal("8000125"))
                .unit("token")
                .threshold(new BigDecimal("8000000"))
                .period(NOVEMBER)
                .limit(new BigDecimal("10000000"))
                .percent(new BigDecimal("80"))
                .subscriptionId(SUBSCRIPTION)
                .build();
    }

    static InstanceChanged instanceChanged(EventType type) {
        return InstanceChanged.builder("vm_3", OWNER, type, "gpu.a100.1x", AT)
                .region("eu-central")
                .gpuCount(1)
                .hourlyPrice(eur("2.40"))
                .tags(Map.of("team", "research"))
                .subscriptionId(SUBSCRIPTION)
                .build();
    }

    static InstanceMetrics instanceMetrics() {
        return InstanceMetrics.builder("vm_3", OWNER, HOUR, new Utilisation(0.12, 0.4), new Utilisation(0.35, 0.5))
                .gpu(new Utilisation(0.02, 0.9))
                .gpuMemory(new Utilisation(0.1, 0.6))
                .receivedBytes(48_000_000L)
                .sentBytes(12_500_000L)
                .requests(310L)
                .build();
    }

    static ApiKeyChanged apiKeyChanged(EventType type) {
        boolean gone = type.equals(EventTypes.API_KEY_REVOKED);
        return ApiKeyChanged.builder()
                .id("key_8")
                .owner(OWNER)
                .type(type)
                .name("CI")
                .hint("mx_…4f2a")
                .scopes(List.of("payments:read", "refunds:write"))
                .expiresAt(Instant.parse("2027-11-01T00:00:00Z"))
                .actor(type.equals(EventTypes.API_KEY_EXPIRED) ? null : "u_42")
                .reason(gone ? "leaked" : null)
                .at(AT)
                .build();
    }

    static CommissionCalculated commissionCalculated() {
        return new CommissionCalculated(
                "com_1", PARTNER, eur("100.00"), new BigDecimal("15"), eur("15.00"), OWNER, INVOICE, PAYMENT, NOVEMBER);
    }

    static PayoutProcessed payoutProcessed() {
        return PayoutProcessed.builder()
                .id("po_1")
                .owner(PARTNER)
                .amount(eur("15.00"))
                .fee(eur("0.25"))
                .status("paid")
                .provider("wise")
                .providerRef("tr_55")
                .commissionIds(List.of("com_1"))
                .period(NOVEMBER)
                .processedAt(NOVEMBER.end().plusSeconds(86_400))
                .build();
    }
}
