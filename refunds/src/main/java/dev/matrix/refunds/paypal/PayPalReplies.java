package dev.matrix.refunds.paypal;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads refunds and errors as PayPal answers them (developer.paypal.com, Payments v2). */
final class PayPalReplies {

    private static final String CAPTURES = "/v2/payments/captures/";

    private PayPalReplies() {}

    /** The state of a refund; null where the object is none. */
    static ProviderResult.@Nullable Known state(JsonFields refund, Currencies currencies) {
        String id = refund.text("id");
        String status = refund.text("status");
        if (id == null || status == null) {
            return null;
        }
        ProviderFacts facts = facts(refund, status, currencies);
        return switch (status) {
            case "COMPLETED" -> new ProviderResult.Succeeded(id, facts);
            case "FAILED" ->
                new ProviderResult.Declined(DeclineCode.REJECTED, "The refund failed at PayPal.", id, facts);
            case "CANCELLED" ->
                new ProviderResult.Declined(DeclineCode.CANCELLED, "PayPal cancelled the refund.", id, facts);
            // Pending, such as for an eCheck, and what PayPal may say one day: it has the refund, and hasn't said how
            // it ends.
            default -> new ProviderResult.Pending(id, null, null, facts);
        };
    }

    /** The amount is this refund's alone: {@code total_refunded_amount} would be that of the whole capture so far. */
    private static ProviderFacts facts(JsonFields refund, String status, Currencies currencies) {
        Money amount = money(refund.fields("amount"), currencies);
        String reason = refund.text("status_details", "reason");
        ProviderFacts facts = new ProviderFacts(
                amount,
                null,
                null,
                null,
                refund.text("acquirer_reference_number"),
                reason == null ? status : status + ": " + reason,
                ProviderFacts.ownReference(refund.text("custom_id")),
                capture(refund));
        Money fee = money(refund.fields("seller_payable_breakdown", "paypal_fee"), currencies);
        Money settled =
                money(refund.fields("seller_payable_breakdown", "net_amount_in_receivable_currency"), currencies);
        facts = fee == null || fee.signum() <= 0 ? facts : facts.withFees(null, fee);
        return settled == null ? facts : facts.withSettled(settled);
    }

    /** The capture that a refund belongs to, by its link {@code up}; null where there is none. */
    static @Nullable String capture(JsonFields refund) {
        for (JsonFields link : refund.list("links")) {
            String href = link.text("href");
            int at = href == null ? -1 : href.lastIndexOf(CAPTURES);
            if ("up".equals(link.text("rel")) && href != null && at >= 0) {
                String ref = href.substring(at + CAPTURES.length());
                return ProviderApi.isReference(ref) ? ref : null;
            }
        }
        return null;
    }

    /** An amount: a decimal string with its currency. */
    static @Nullable Money money(@Nullable JsonFields amount, Currencies currencies) {
        String value = amount == null ? null : amount.text("value");
        return amount == null || value == null || !value.matches("-?[0-9]{1,30}(\\.[0-9]{1,18})?")
                ? null
                : ProviderFacts.money(new BigDecimal(value), amount.text("currency_code"), currencies);
    }

    /** What an answer other than a refund means for a refund that was being sent. */
    static ProviderResult refused(Answered answer) {
        int status = answer.status();
        String name = answer.body().text("name");
        name = name == null ? answer.body().text("error") : name;
        List<JsonFields> details = answer.body().list("details");
        String issue = details.isEmpty() ? null : details.get(0).text("issue");
        String said = "PayPal answered " + status + ": " + (issue != null ? issue : name) + ".";
        if (name == null || status >= 500 || status == 409) {
            return new ProviderResult.Unknown(said);
        }
        if (status == 429) {
            return new ProviderResult.NotExecuted(Attempted.RATE_LIMITED, said, answer.retryAfter());
        }
        if (status == 401 || status == 403) {
            return new ProviderResult.NotExecuted(Attempted.CONFIGURATION, said, null);
        }
        if (status == 400 || status == 404 || status == 422) {
            return issue == null
                    ? declined(status == 404 ? DeclineCode.NOT_REFUNDABLE : DeclineCode.REJECTED, said, name)
                    : byIssue(issue, said);
        }
        return new ProviderResult.Unknown(said);
    }

    private static ProviderResult byIssue(String issue, String said) {
        if (issue.startsWith("PAYEE_ACCOUNT_")) {
            return new ProviderResult.NotExecuted(Attempted.CONFIGURATION, said, null);
        }
        return switch (issue) {
            // Another request with this reference exists, so this refund may: only a look-up tells.
            case "DUPLICATE_INVOICE_ID" -> new ProviderResult.Unknown(said);
            case "PERMISSION_DENIED", "NOT_AUTHORIZED" ->
                new ProviderResult.NotExecuted(Attempted.CONFIGURATION, said, null);
            case "CAPTURE_FULLY_REFUNDED" -> declined(DeclineCode.ALREADY_REFUNDED, said, issue);
            case "REFUND_TIME_LIMIT_EXCEEDED" -> declined(DeclineCode.WINDOW_EXPIRED, said, issue);
            case "TRANSACTION_DISPUTED", "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK" ->
                declined(DeclineCode.DISPUTED, said, issue);
            case "PAYER_ACCOUNT_LOCKED_OR_CLOSED" -> declined(DeclineCode.DESTINATION_CLOSED, said, issue);
            case "REFUND_AMOUNT_EXCEEDED", "MAX_REFUND_AMOUNT_EXCEEDED" ->
                declined(DeclineCode.AMOUNT_TOO_LARGE, said, issue);
            case "REFUND_AMOUNT_TOO_LOW" -> declined(DeclineCode.AMOUNT_TOO_SMALL, said, issue);
            case "REFUND_CAPTURE_CURRENCY_MISMATCH", "CURRENCY_MISMATCH" ->
                declined(DeclineCode.CURRENCY_MISMATCH, said, issue);
            case "REFUND_FAILED_INSUFFICIENT_FUNDS", "INSUFFICIENT_FUNDS" ->
                declined(DeclineCode.INSUFFICIENT_BALANCE, said, issue);
            case "MAX_NUMBER_OF_REFUNDS_EXCEEDED",
                    "PARTIAL_REFUND_NOT_ALLOWED",
                    "REFUND_NOT_ALLOWED",
                    "REFUND_IS_RESTRICTED" -> declined(DeclineCode.NOT_REFUNDABLE, said, issue);
            default -> declined(DeclineCode.REJECTED, said, issue);
        };
    }

    private static ProviderResult.Declined declined(DeclineCode code, String said, String word) {
        return new ProviderResult.Declined(code, said, null, ProviderFacts.ofStatus(word));
    }
}
