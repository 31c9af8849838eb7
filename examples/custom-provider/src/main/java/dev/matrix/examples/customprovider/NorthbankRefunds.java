package dev.matrix.examples.customprovider;

import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Currencies;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.Missing;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.Subject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refunds by Northbank, a bank that doesn't exist: {@code PUT /refunds/KEY} makes a refund once per key, {@code GET /refunds/KEY}
 * or {@code /refunds/ID} shows it, and notifications are signed. Copy it for your own bank.
 */
public final class NorthbankRefunds implements RefundProvider {

    // What the bank can do decides what Matrix does with it: how long a key protects, what is refused before any call.
    private static final ProviderCapabilities CAPABILITIES = ProviderCapabilities.defaults()
            .withCurrency("EUR", 2)
            .withCurrency("GBP", 2)
            .withCurrency("JPY", 0)
            .withKeyLifetime(ProviderCapabilities.FOREVER)
            .withLateFailure();

    private final ProviderApi api;
    private final NorthbankSignature signature;

    /**
     * @param address of the bank's API
     * @param key its API key
     * @param notificationSecret what it signs notifications with
     */
    public NorthbankRefunds(URI address, String key, String notificationSecret) {
        this.api = ProviderApi.at(address).withHeader("Authorization", "Bearer " + key);
        this.signature = new NorthbankSignature(notificationSecret);
    }

    @Override
    public String name() {
        return "northbank";
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    /** Sends the refund under its key, with the reference that a look-up finds it by, and an amount that leaves nothing open. */
    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        JsonObject body = new JsonObject(Map.of(
                "reference", new JsonString(command.ownReference()),
                "capture", new JsonString(command.captureRef()),
                "currency", new JsonString(command.amount().currency().code()),
                "amount", new JsonString(command.amount().amount().toPlainString())));
        ProviderAnswer answer =
                api.sendJson(context, "PUT", ProviderApi.path("refunds", command.idempotencyKey()), Map.of(), body);
        if (answer instanceof Missing missing) {
            return missing.result();
        }
        Answered answered = (Answered) answer;
        ProviderResult.Known state = answered.isSuccess() ? state(answered.body(), context.currencies()) : null;
        return state == null ? refused(answered) : state;
    }

    /** Only what the bank documents as a refusal is one; everything else may have moved money. */
    private static ProviderResult refused(Answered answered) {
        String said = "Northbank answered " + answered.status() + ": "
                + answered.body().text("error") + ".";
        return switch (answered.status()) {
            case 401, 403 -> new ProviderResult.NotExecuted(Attempted.CONFIGURATION, said, null);
            case 429 -> new ProviderResult.NotExecuted(Attempted.RATE_LIMITED, said, answered.retryAfter());
            case 422 -> new ProviderResult.Declined(code(answered.body()), said, null, ProviderFacts.none());
            default -> new ProviderResult.Unknown(said);
        };
    }

    private static DeclineCode code(JsonFields body) {
        String error = body.text("error");
        return switch (error == null ? "" : error) {
            case "too_much" -> DeclineCode.AMOUNT_TOO_LARGE;
            case "account_closed" -> DeclineCode.DESTINATION_CLOSED;
            default -> DeclineCode.REJECTED;
        };
    }

    /** Reads the bank's refund; null where it is none. A word that isn't known is no end: the bank has it, and will say more. */
    private static ProviderResult.@Nullable Known state(JsonFields refund, Currencies currencies) {
        String id = refund.text("id");
        String status = refund.text("status");
        String amount = refund.text("amount");
        if (id == null || status == null || amount == null || !amount.matches("[0-9]{1,20}(\\.[0-9]{1,4})?")) {
            return null;
        }
        ProviderFacts facts = new ProviderFacts(
                ProviderFacts.money(new BigDecimal(amount), refund.text("currency"), currencies),
                null,
                null,
                null,
                refund.text("trace"),
                status,
                refund.text("reference"),
                refund.text("capture"));
        return switch (status) {
            case "settled" -> new ProviderResult.Succeeded(id, facts);
            case "failed" -> new ProviderResult.Declined(DeclineCode.REJECTED, "The refund failed.", id, facts);
            default -> new ProviderResult.Pending(id, null, null, facts);
        };
    }

    /**
     * Finds a refund by the bank's id where it is known, else by the keys that it was sent under. "Absent" is said only where the bank
     * itself says so, for each of them.
     */
    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        String id = probe.providerRef();
        for (String name : id == null ? probe.idempotencyKeys() : List.of(id)) {
            ProviderAnswer answer = api.get(context, ProviderApi.path("refunds", name), Map.of());
            if (answer instanceof Missing missing) {
                return missing.lookup();
            }
            Answered answered = (Answered) answer;
            ProviderResult.Known state = answered.isSuccess() ? state(answered.body(), context.currencies()) : null;
            if (state != null) {
                return new LookupResult.Found(state);
            }
            if (answered.status() != 404
                    || !"no_such_refund".equals(answered.body().text("error"))) {
                return new LookupResult.Unavailable("Northbank answered " + answered.status() + ".");
            }
        }
        return new LookupResult.Absent();
    }

    /** Verifies a notification and says which refund it names; Matrix looks that up, and believes the look-up alone. */
    @Override
    public NotificationResult interpret(InboundNotification notification, ProviderContext context) {
        Instant now = context.clock().instant();
        if (!signature.isValid(notification, now, Duration.ofMinutes(5))) {
            return new NotificationResult.Rejected("It isn't signed by Northbank, or it is too old.");
        }
        JsonFields event = ProviderApi.read(notification.body());
        String id = event == null ? null : event.text("event");
        return event == null || id == null
                ? new NotificationResult.Rejected("It is no event of Northbank's.")
                : new NotificationResult.Verified(
                        id,
                        now,
                        List.of(new Subject.RefundSubject(
                                event.text("reference"), event.text("refund"), event.text("capture"))));
    }

    /** No key. */
    @Override
    public String toString() {
        return "NorthbankRefunds[" + api + "]";
    }
}
