package dev.matrix.core.event.payload;

import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The standard event types, all of version 1, each with an example. Explicit-only ones say so: they are too many, or too much
 * about webhooks themselves, for {@code *} to match.
 */
public final class EventTypes {

    // Filled by the constants below while this class initialises, and never after.
    private static final List<EventType> ALL = new ArrayList<>();

    public static final EventType SUBSCRIPTION_CREATED =
            type("subscription.created", SubscriptionCreated.class, BillingExamples::subscriptionCreated);
    public static final EventType SUBSCRIPTION_UPDATED =
            type("subscription.updated", SubscriptionUpdated.class, BillingExamples::subscriptionUpdated);
    public static final EventType SUBSCRIPTION_CANCELLED =
            type("subscription.cancelled", SubscriptionCancelled.class, BillingExamples::subscriptionCancelled);

    public static final EventType INVOICE_CREATED =
            type("invoice.created", InvoiceCreated.class, BillingExamples::invoiceCreated);
    public static final EventType INVOICE_PAID = type("invoice.paid", InvoicePaid.class, BillingExamples::invoicePaid);
    public static final EventType INVOICE_FAILED =
            type("invoice.failed", InvoiceFailed.class, BillingExamples::invoiceFailed);

    public static final EventType PAYMENT_SUCCEEDED =
            type("payment.succeeded", PaymentSucceeded.class, BillingExamples::paymentSucceeded);
    public static final EventType PAYMENT_FAILED =
            type("payment.failed", PaymentFailed.class, BillingExamples::paymentFailed);
    public static final EventType PAYMENT_REFUNDED =
            type("payment.refunded", PaymentRefunded.class, BillingExamples::paymentRefunded);
    public static final EventType PAYMENT_REFUND_REVERSED =
            type("payment.refund_reversed", PaymentRefunded.class, BillingExamples::paymentRefunded);

    public static final EventType REFUND_REQUESTED =
            type("refund.requested", RefundChanged.class, BillingExamples::refundChanged);
    public static final EventType REFUND_STATUS_CHANGED =
            type("refund.status_changed", RefundChanged.class, BillingExamples::refundChanged);
    public static final EventType REFUND_FAILED =
            type("refund.failed", RefundChanged.class, BillingExamples::refundChanged);
    public static final EventType REFUND_ATTENTION_REQUIRED =
            type("refund.attention_required", RefundAttention.class, BillingExamples::refundAttention);

    public static final EventType ACCOUNT_CREDIT_CHANGED =
            type("account_credit.changed", AccountCreditChanged.class, BillingExamples::accountCreditChanged);

    public static final EventType DISPUTE_OPENED =
            type("dispute.opened", DisputeChanged.class, BillingExamples::disputeChanged);
    public static final EventType DISPUTE_UPDATED =
            type("dispute.updated", DisputeChanged.class, BillingExamples::disputeChanged);
    public static final EventType DISPUTE_EVIDENCE_DUE =
            type("dispute.evidence_due", DisputeChanged.class, BillingExamples::disputeChanged);
    public static final EventType DISPUTE_CLOSED =
            type("dispute.closed", DisputeChanged.class, BillingExamples::disputeChanged);

    public static final EventType USAGE_RECORDED =
            explicitOnly("usage.recorded", UsageRecorded.class, UsageExamples::usageRecorded);
    public static final EventType USAGE_THRESHOLD_REACHED =
            type("usage.threshold_reached", UsageThresholdReached.class, UsageExamples::usageThresholdReached);

    public static final EventType INSTANCE_CREATED =
            type("instance.created", InstanceChanged.class, UsageExamples::instanceChanged);
    public static final EventType INSTANCE_STARTED =
            type("instance.started", InstanceChanged.class, UsageExamples::instanceChanged);
    public static final EventType INSTANCE_STOPPED =
            type("instance.stopped", InstanceChanged.class, UsageExamples::instanceChanged);
    public static final EventType INSTANCE_SUSPENDED =
            type("instance.suspended", InstanceChanged.class, UsageExamples::instanceChanged);
    public static final EventType INSTANCE_RESIZED =
            type("instance.resized", InstanceChanged.class, UsageExamples::instanceChanged);
    public static final EventType INSTANCE_TERMINATED =
            type("instance.terminated", InstanceChanged.class, UsageExamples::instanceChanged);
    public static final EventType INSTANCE_METRICS_RECORDED =
            explicitOnly("instance.metrics_recorded", InstanceMetrics.class, UsageExamples::instanceMetrics);

    public static final EventType API_KEY_CREATED =
            type("api_key.created", ApiKeyChanged.class, UsageExamples::apiKeyChanged);
    public static final EventType API_KEY_ROTATED =
            type("api_key.rotated", ApiKeyChanged.class, UsageExamples::apiKeyChanged);
    public static final EventType API_KEY_REVOKED =
            type("api_key.revoked", ApiKeyChanged.class, UsageExamples::apiKeyChanged);
    public static final EventType API_KEY_EXPIRED =
            type("api_key.expired", ApiKeyChanged.class, UsageExamples::apiKeyChanged);

    public static final EventType PARTNER_COMMISSION_CALCULATED =
            type("partner.commission_calculated", CommissionCalculated.class, UsageExamples::commissionCalculated);

    public static final EventType PAYOUT_PROCESSED =
            type("payout.processed", PayoutProcessed.class, UsageExamples::payoutProcessed);

    public static final EventType SLA_BREACHED = type("sla.breached", SlaBreached.class, SlaExamples::breached);
    public static final EventType SLA_BREACH_WITHDRAWN =
            type("sla.breach_withdrawn", SlaBreached.class, SlaExamples::breached);
    public static final EventType SLA_ALERT_OPENED =
            type("sla.alert_opened", SlaAlertChanged.class, SlaExamples::alertChanged);
    public static final EventType SLA_ALERT_CHANGED =
            type("sla.alert_changed", SlaAlertChanged.class, SlaExamples::alertChanged);
    public static final EventType SLA_ALERT_RESOLVED =
            type("sla.alert_resolved", SlaAlertChanged.class, SlaExamples::alertChanged);
    public static final EventType SLA_NO_DATA = type("sla.no_data", SlaNoData.class, SlaExamples::noData);
    public static final EventType SLA_DATA_RESUMED =
            type("sla.data_resumed", SlaDataResumed.class, SlaExamples::dataResumed);
    public static final EventType SLA_COMPONENT_CHANGED =
            type("sla.component_changed", SlaComponentChanged.class, SlaExamples::componentChanged);
    public static final EventType SLA_DEFINITION_CHANGED =
            type("sla.definition_changed", SlaDefinitionChanged.class, SlaExamples::definitionChanged);
    public static final EventType SLA_EXCLUSION_CHANGED =
            type("sla.exclusion_changed", SlaExclusionChanged.class, SlaExamples::exclusionChanged);
    public static final EventType SLA_STATEMENT_ISSUED =
            type("sla.statement_issued", SlaStatementIssued.class, SlaExamples::statementIssued);
    public static final EventType SLA_CREDIT_ISSUED =
            type("sla.credit_issued", SlaCreditIssued.class, SlaExamples::creditIssued);

    public static final EventType SECURITY_RULES_CHANGED =
            type("security.rules_changed", SecurityRulesChanged.class, FeatureExamples::securityRulesChanged);
    public static final EventType SECURITY_SECOND_FACTOR_CHANGED = type(
            "security.second_factor_changed",
            SecuritySecondFactorChanged.class,
            FeatureExamples::securitySecondFactorChanged);
    public static final EventType SECURITY_LOCKED_OUT =
            type("security.locked_out", SecurityLockedOut.class, FeatureExamples::securityLockedOut);
    public static final EventType SECURITY_RECOVERY_CODES_LOW = type(
            "security.recovery_codes_low", SecurityRecoveryCodesLow.class, FeatureExamples::securityRecoveryCodesLow);
    public static final EventType SECURITY_SUBJECT_ERASED =
            type("security.subject_erased", SecuritySubjectErased.class, FeatureExamples::securitySubjectErased);

    public static final EventType EXCHANGE_RATE_SOURCE_FAILED = type(
            "exchange_rate.source_failed", ExchangeRateSourceFailed.class, FeatureExamples::exchangeRateSourceFailed);
    public static final EventType EXCHANGE_RATE_SOURCE_RECOVERED = type(
            "exchange_rate.source_recovered",
            ExchangeRateSourceRecovered.class,
            FeatureExamples::exchangeRateSourceRecovered);
    public static final EventType EXCHANGE_RATE_QUARANTINED =
            type("exchange_rate.quarantined", ExchangeRateQuarantined.class, FeatureExamples::exchangeRateQuarantined);

    public static final EventType CURRENCY_PREFERENCE_CHANGED = type(
            "currency_preference.changed", CurrencyPreferenceChanged.class, FeatureExamples::currencyPreferenceChanged);

    public static final EventType TAX_TRANSACTION_COMMITTED =
            type("tax.transaction_committed", TaxTransactionCommitted.class, FeatureExamples::taxTransactionCommitted);
    public static final EventType TAX_TRANSACTION_REVERSED =
            type("tax.transaction_reversed", TaxTransactionReversed.class, FeatureExamples::taxTransactionReversed);
    public static final EventType TAX_ID_CHECKED =
            type("tax.id_checked", TaxIdChecked.class, FeatureExamples::taxIdChecked);
    public static final EventType TAX_EXEMPTION_CHANGED =
            type("tax.exemption_changed", TaxExemptionChanged.class, FeatureExamples::taxExemptionChanged);
    public static final EventType TAX_THRESHOLD_CROSSED =
            type("tax.threshold_crossed", TaxThresholdCrossed.class, FeatureExamples::taxThresholdCrossed);
    public static final EventType TAX_RULES_CHANGED =
            type("tax.rules_changed", TaxRulesChanged.class, FeatureExamples::taxRulesChanged);

    public static final EventType ANALYTICS_BUCKET_RESTATED =
            type("analytics.bucket_restated", AnalyticsBucketRestated.class, FeatureExamples::analyticsBucketRestated);

    public static final EventType COST_RECOMMENDATION_OPENED = type(
            "cost.recommendation_opened", CostRecommendationOpened.class, FeatureExamples::costRecommendationOpened);
    public static final EventType COST_RECOMMENDATION_CHANGED = type(
            "cost.recommendation_changed", CostRecommendationChanged.class, FeatureExamples::costRecommendationChanged);
    public static final EventType COST_ANOMALY_DETECTED =
            type("cost.anomaly_detected", CostAnomalyDetected.class, FeatureExamples::costAnomalyDetected);
    public static final EventType COST_SAVINGS_VERIFIED =
            type("cost.savings_verified", CostSavingsVerified.class, FeatureExamples::costSavingsVerified);

    public static final EventType ENDPOINT_CREATED =
            explicitOnly("endpoint.created", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_UPDATED =
            explicitOnly("endpoint.updated", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_DELETED =
            explicitOnly("endpoint.deleted", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_ENABLED =
            explicitOnly("endpoint.enabled", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_DISABLED =
            explicitOnly("endpoint.disabled", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_FAILING =
            explicitOnly("endpoint.failing", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_RECOVERED =
            explicitOnly("endpoint.recovered", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_SECRET_ROTATED =
            explicitOnly("endpoint.secret_rotated", EndpointChanged.class, FeatureExamples::endpointChanged);
    public static final EventType ENDPOINT_DELIVERY_EXHAUSTED =
            explicitOnly("endpoint.delivery_exhausted", DeliveryExhausted.class, FeatureExamples::deliveryExhausted);

    private EventTypes() {}

    /** Every type above, in that order. */
    public static List<EventType> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** These types as the catalogue that every Matrix begins with. */
    public static EventCatalog catalog() {
        return EventCatalog.of(ALL);
    }

    private static <P extends EventPayload> EventType type(String name, Class<P> payload, Supplier<P> example) {
        return add(EventType.of(name, payload).example(example));
    }

    private static <P extends EventPayload> EventType type(
            String name, Class<P> payload, Function<EventType, P> example) {
        EventType type = EventType.of(name, payload);
        return add(type.example(() -> example.apply(type)));
    }

    private static <P extends EventPayload> EventType explicitOnly(String name, Class<P> payload, Supplier<P> example) {
        return add(EventType.of(name, payload).explicitOnly().example(example));
    }

    private static <P extends EventPayload> EventType explicitOnly(
            String name, Class<P> payload, Function<EventType, P> example) {
        EventType type = EventType.of(name, payload).explicitOnly();
        return add(type.example(() -> example.apply(type)));
    }

    /** What owners use and run they may report themselves; all else the platform states. */
    private static EventType add(EventType type) {
        boolean ofOwners = type.name().startsWith("usage.") || type.name().startsWith("instance.");
        EventType added = ofOwners ? type.statedByOwners() : type;
        ALL.add(added);
        return added;
    }
}
