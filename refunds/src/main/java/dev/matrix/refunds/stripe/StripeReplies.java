package dev.matrix.refunds.stripe;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads refunds and errors as Stripe answers them (docs.stripe.com/api/refunds/object, docs.stripe.com/error-codes). */
final class StripeReplies {

    static final String OWN_REFERENCE = "matrix_leg";

    private static final BigDecimal LATEST = BigDecimal.valueOf(99_999_999_999L);

    private StripeReplies() {}

    /** The state of a refund; null where the object is none. */
    static ProviderResult.@Nullable Known state(JsonFields refund, Currencies currencies) {
        String id = refund.text("id");
        String status = refund.text("status");
        if (id == null || status == null || !"refund".equals(refund.text("object"))) {
            return null;
        }
        ProviderFacts facts = facts(refund, status, currencies);
        return switch (status) {
            case "succeeded" -> new ProviderResult.Succeeded(id, facts);
            case "failed" -> failed(refund.text("failure_reason"), id, facts);
            case "canceled" ->
                new ProviderResult.Declined(DeclineCode.CANCELLED, "Stripe cancelled the refund.", id, facts);
            case "requires_action" -> new ProviderResult.Pending(id, null, action(refund), facts);
            // Pending, and what Stripe may say one day: it has the refund, and hasn't said how it ends.
            default -> new ProviderResult.Pending(id, null, null, facts);
        };
    }

    private static ProviderFacts facts(JsonFields refund, String status, Currencies currencies) {
        String code = refund.text("currency");
        Money amount = StripeCurrencies.money(refund.number("amount"), code, currencies);
        String held = refund.text("pending_reason");
        String raw = held == null ? status : status + ": " + held;
        ProviderFacts facts = new ProviderFacts(amount, null, null, null, trace(refund), raw, own(refund), null);
        JsonFields balance = refund.fields("balance_transaction");
        return balance == null ? facts : settled(facts, balance, currencies);
    }

    /** The reference that a refund carries; null where it was made outside of Matrix. */
    static @Nullable String own(JsonFields refund) {
        return ProviderFacts.ownReference(refund.text("metadata", OWN_REFERENCE));
    }

    /** A refund's balance transaction takes from the balance, so its amount is negative; its fee is what the refund cost. */
    private static ProviderFacts settled(ProviderFacts facts, JsonFields balance, Currencies currencies) {
        String code = balance.text("currency");
        BigDecimal taken = balance.number("amount");
        Money settled = StripeCurrencies.money(taken == null ? null : taken.negate(), code, currencies);
        Money fee = StripeCurrencies.money(balance.number("fee"), code, currencies);
        if (fee != null && fee.signum() != 0) {
            facts = fee.signum() > 0 ? facts.withFees(fee, null) : facts.withFees(null, fee.negated());
        }
        return settled == null ? facts : facts.withSettled(settled);
    }

    /** What the customer's bank can search for, once the network has given it. */
    private static @Nullable String trace(JsonFields refund) {
        String type = refund.text("destination_details", "type");
        return type == null ? null : refund.text("destination_details", type, "reference");
    }

    private static ProviderResult.CustomerAction action(JsonFields refund) {
        BigDecimal expires = refund.number("next_action", "display_details", "expires_at");
        return new ProviderResult.CustomerAction(
                "Stripe asks the customer by email where the money is to go.", (URI) null, instant(expires));
    }

    /** A time of Stripe's, in seconds; null where it isn't a time. */
    static @Nullable Instant instant(@Nullable BigDecimal seconds) {
        if (seconds == null
                || seconds.signum() <= 0
                || seconds.stripTrailingZeros().scale() > 0) {
            return null;
        }
        return seconds.compareTo(LATEST) > 0 ? null : Instant.ofEpochSecond(seconds.longValue());
    }

    private static ProviderResult.Declined failed(@Nullable String reason, String id, ProviderFacts facts) {
        DeclineCode code = reason == null
                ? DeclineCode.REJECTED
                : switch (reason) {
                    case "lost_or_stolen_card", "expired_or_canceled_card" -> DeclineCode.DESTINATION_CLOSED;
                    case "charge_for_pending_refund_disputed" -> DeclineCode.DISPUTED;
                    case "insufficient_funds" -> DeclineCode.INSUFFICIENT_BALANCE;
                    case "merchant_request" -> DeclineCode.CANCELLED;
                    default -> DeclineCode.REJECTED;
                };
        String word = reason == null ? "without a reason" : reason;
        return new ProviderResult.Declined(code, "The refund failed at Stripe: " + word + ".", id, facts);
    }

    /** What an answer other than a refund means for a refund that was being sent. */
    static ProviderResult refused(Answered answer) {
        int status = answer.status();
        String code = answer.body().text("error", "code");
        String type = answer.body().text("error", "type");
        String word = code != null ? code : type != null ? type : "no code";
        String said = "Stripe answered " + status + ": " + word + ".";
        if (type == null || status >= 500 || status == 409 || "idempotency_error".equals(type)) {
            return new ProviderResult.Unknown(said);
        }
        if (status == 429) {
            return new ProviderResult.NotExecuted(Attempted.RATE_LIMITED, said, answer.retryAfter());
        }
        boolean configuration = status == 401
                || status == 403
                || "livemode_mismatch".equals(code)
                || "testmode_charges_only".equals(code)
                || "api_key_expired".equals(code)
                || "platform_api_key_expired".equals(code);
        if (configuration) {
            return new ProviderResult.NotExecuted(Attempted.CONFIGURATION, said, null);
        }
        return status == 400 || status == 402 || status == 404
                ? new ProviderResult.Declined(code(code), said, null, ProviderFacts.ofStatus(word))
                : new ProviderResult.Unknown(said);
    }

    private static DeclineCode code(@Nullable String code) {
        return code == null
                ? DeclineCode.REJECTED
                : switch (code) {
                    case "charge_already_refunded" -> DeclineCode.ALREADY_REFUNDED;
                    case "charge_disputed", "refund_disputed_payment" -> DeclineCode.DISPUTED;
                    case "charge_not_refundable", "resource_missing" -> DeclineCode.NOT_REFUNDABLE;
                    case "amount_too_small" -> DeclineCode.AMOUNT_TOO_SMALL;
                    case "amount_too_large" -> DeclineCode.AMOUNT_TOO_LARGE;
                    case "balance_insufficient", "insufficient_funds" -> DeclineCode.INSUFFICIENT_BALANCE;
                    default -> DeclineCode.REJECTED;
                };
    }
}
