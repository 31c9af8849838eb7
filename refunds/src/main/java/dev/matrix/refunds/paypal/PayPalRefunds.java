package dev.matrix.refunds.paypal;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.Missing;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refunds by PayPal, over its HTTP API. A capture's reference is the capture's id; its data may name the order under {@value
 * #ORDER}, which saves a call when a refund is looked for. Each refund carries the leg's id as its {@code custom_id} and {@code
 * invoice_id}, so one whose outcome isn't known is found again. Thread-safe; it keeps nothing but an access token.
 */
public final class PayPalRefunds implements RefundProvider {

    /** Where a capture's data names the order that it belongs to. */
    public static final String ORDER = "order_id";

    private static final URI LIVE = URI.create("https://api-m.paypal.com");
    private static final URI SANDBOX = URI.create("https://api-m.sandbox.paypal.com");
    private static final Set<String> NO_DECIMALS = Set.of("HUF", "JPY", "TWD");
    private static final List<String> TWO_DECIMALS =
            List.of("AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD".split(" "));
    private static final ProviderCapabilities CAPABILITIES = capable();

    private final String name;
    private final PayPalApi api;
    private final @Nullable String webhookId;

    private PayPalRefunds(String name, PayPalApi api, @Nullable String webhookId) {
        this.name = name;
        this.api = api;
        this.webhookId = webhookId;
    }

    private static ProviderCapabilities capable() {
        ProviderCapabilities all = ProviderCapabilities.defaults();
        for (String code : TWO_DECIMALS) {
            all = all.withCurrency(code, 2);
        }
        for (String code : NO_DECIMALS) {
            all = all.withCurrency(code, 0);
        }
        return all.withKeyLifetime(Duration.ofHours(6))
                .limited(null, Duration.ofDays(180))
                .withLateFailure();
    }

    /** PayPal itself, with an app's client id and secret. */
    public static PayPalRefunds live(String clientId, String secret) {
        return of(LIVE, clientId, secret);
    }

    /** PayPal's sandbox, where no money moves. */
    public static PayPalRefunds sandbox(String clientId, String secret) {
        return of(SANDBOX, clientId, secret);
    }

    private static PayPalRefunds of(URI address, String clientId, String secret) {
        if (requireNonNull(clientId, "clientId").isBlank()
                || requireNonNull(secret, "secret").isBlank()) {
            throw new InvalidRequestException("PayPal needs an app's client id and its secret.");
        }
        return new PayPalRefunds("paypal", PayPalApi.at(address, clientId, secret), null);
    }

    /** Another name than {@code paypal}, where a Matrix refunds by two accounts. */
    public PayPalRefunds named(String other) {
        return new PayPalRefunds(requireNonNull(other, "other"), api, webhookId);
    }

    /** Takes notifications that PayPal sends for this webhook, by its id. Without it notifications are rejected. */
    public PayPalRefunds notifiedBy(String webhook) {
        if (!requireNonNull(webhook, "webhook").matches("[A-Za-z0-9]{1,50}")) {
            throw new InvalidRequestException(
                    "A webhook's id is 1 to 50 letters and digits, as PayPal's dashboard shows it.");
        }
        return new PayPalRefunds(name, api, webhook);
    }

    /** At another address, such as a mock's on this machine. */
    public PayPalRefunds at(URI address) {
        return new PayPalRefunds(name, api.movedTo(address), webhookId);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProviderCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ProviderResult submit(RefundCommand command, ProviderContext context) {
        if (!ProviderApi.isReference(command.captureRef())) {
            return new ProviderResult.NotExecuted(
                    Attempted.CONFIGURATION, "The capture's reference is none of PayPal's, so nothing was sent.", null);
        }
        Map<String, Json> body = new LinkedHashMap<>();
        body.put("amount", amount(command.amount()));
        body.put("custom_id", new JsonString(command.ownReference()));
        body.put("invoice_id", new JsonString(command.ownReference()));
        Map<String, String> headers =
                Map.of("PayPal-Request-Id", command.idempotencyKey(), "Prefer", "return=representation");
        String path = ProviderApi.path("v2", "payments", "captures", command.captureRef(), "refund");
        ProviderAnswer answer = api.post(context, path, headers, new JsonObject(body));
        if (answer instanceof Missing missing) {
            return missing.result();
        }
        Answered answered = (Answered) answer;
        if (!answered.isSuccess()) {
            return PayPalReplies.refused(answered);
        }
        ProviderResult.Known state = PayPalReplies.state(answered.body(), context.currencies());
        return state == null
                ? new ProviderResult.Unknown(
                        "PayPal answered " + answered.status() + " with something else than a refund.")
                : state;
    }

    /** A decimal string with exactly the decimals that PayPal counts in. */
    static JsonObject amount(Money amount) {
        String code = amount.currency().code();
        int decimals = NO_DECIMALS.contains(code) ? 0 : 2;
        String value =
                amount.amount().setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
        return new JsonObject(Map.of("currency_code", new JsonString(code), "value", new JsonString(value)));
    }

    @Override
    public LookupResult lookup(RefundProbe probe, ProviderContext context) {
        String ref = probe.providerRef();
        if (ref != null && ProviderApi.isReference(ref)) {
            return byId(ref, context);
        }
        String capture = probe.captureRef();
        if (capture == null || !ProviderApi.isReference(capture)) {
            return new LookupResult.Unavailable(
                    "PayPal finds a refund by its own id or by its capture; neither is known.");
        }
        String order = probe.captureData().get(ORDER);
        if (order == null) {
            ProviderAnswer answer = api.get(context, ProviderApi.path("v2", "payments", "captures", capture));
            if (!(answer instanceof Answered answered) || !answered.isSuccess()) {
                return unavailable(answer);
            }
            order = answered.body().text("supplementary_data", "related_ids", "order_id");
        }
        return order == null || !ProviderApi.isReference(order)
                ? new LookupResult.Unavailable(
                        "The capture belongs to no order that PayPal tells, so its refunds can't be listed.")
                : byOrder(order, capture, probe.ownReference(), context);
    }

    private LookupResult byId(String ref, ProviderContext context) {
        ProviderAnswer answer = api.get(context, ProviderApi.path("v2", "payments", "refunds", ref));
        if (answer instanceof Answered answered
                && answered.status() == 404
                && answered.body().text("name") != null) {
            return new LookupResult.Absent();
        }
        ProviderResult.Known state = answer instanceof Answered answered && answered.isSuccess()
                ? PayPalReplies.state(answered.body(), context.currencies())
                : null;
        return state == null ? unavailable(answer) : new LookupResult.Found(state);
    }

    private LookupResult byOrder(String order, String capture, String own, ProviderContext context) {
        ProviderAnswer answer = api.get(context, ProviderApi.path("v2", "checkout", "orders", order));
        if (!(answer instanceof Answered answered)
                || !answered.isSuccess()
                || !answered.body().has("purchase_units")) {
            return unavailable(answer);
        }
        for (JsonFields unit : answered.body().list("purchase_units")) {
            for (JsonFields refund : unit.list("payments", "refunds")) {
                if (own.equals(refund.text("custom_id")) && capture.equals(PayPalReplies.capture(refund))) {
                    ProviderResult.Known state = PayPalReplies.state(refund, context.currencies());
                    return state == null ? unavailable(answer) : new LookupResult.Found(state);
                }
            }
        }
        return new LookupResult.Absent();
    }

    private static LookupResult unavailable(ProviderAnswer answer) {
        return answer instanceof Missing missing
                ? missing.lookup()
                : new LookupResult.Unavailable(
                        "PayPal answered " + ((Answered) answer).status() + " when asked for the refund.");
    }

    @Override
    public NotificationResult interpret(InboundNotification notification, ProviderContext context) {
        return webhookId == null
                ? new NotificationResult.Rejected("No webhook of PayPal's is configured.")
                : new PayPalNotifications(api, webhookId).interpret(notification, context);
    }

    @Override
    public Optional<DisputeProvider> disputes() {
        return Optional.of(new PayPalDisputes(api));
    }

    /** The name and the address; no key. */
    @Override
    public String toString() {
        return "PayPalRefunds[" + name + ", " + api + "]";
    }
}
