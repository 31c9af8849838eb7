package dev.matrix.refunds.stripe;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.HttpStand;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stripe's refunds as its documents describe them: keys replay answers, lists have pages, the newest refund comes first. */
final class FakeStripe extends HttpStand {

    static final String KEY = "sk_test_51stripesecret";
    static final String WEBHOOK_SECRET = "whsec_stripesecret";

    private static final Set<String> WHOLE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    private static final int PAGE = 2;

    /** A refund that Stripe knows. */
    record Refund(String id, String own, String capture, String currency, String amount, String status, String more) {

        String json() {
            return """
                    {"id": "%s", "object": "refund", "amount": %s, "balance_transaction": null, "charge": "ch_9", "created": 1767225600,
                     "currency": "%s", "metadata": {"matrix_leg": "%s"}, "payment_intent": "%s", "status": "%s"%s}""".formatted(id, amount, currency, own, capture, status, more);
        }

        Refund with(String next, String fields) {
            return new Refund(id, own, capture, currency, amount, next, fields);
        }
    }

    /** What was answered under a key. */
    private record Replay(String request, HttpReply reply) {}

    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, Replay> keys = new HashMap<>();

    FakeStripe(InstantSource clock) {
        super(clock);
    }

    @Override
    protected String captureRef(int n) {
        return "pi_" + n;
    }

    @Override
    protected boolean movesMoney(HttpCall call) {
        return call.method().equals("POST") && call.uri().getRawPath().equals("/v1/refunds");
    }

    @Override
    protected HttpReply refuse(HttpCall call, Behaviour how) {
        return switch (how) {
            case RATE_LIMIT -> error(429, "rate_limit_error", "rate_limit");
            case EXPIRED_CREDENTIALS -> error(401, "invalid_request_error", "api_key_expired");
            case DECLINE -> error(400, "invalid_request_error", "charge_disputed");
            default -> error(500, "api_error", "internal");
        };
    }

    static HttpReply error(int status, String type, String code) {
        return reply(status, """
                {"error": {"type": "%s", "code": "%s", "message": "Not with %s."}}""".formatted(type, code, KEY));
    }

    @Override
    protected HttpReply execute(HttpCall call, Behaviour how) {
        if (!header(call, "Authorization").equals("Bearer " + KEY)) {
            return error(401, "invalid_request_error", "invalid_api_key");
        }
        String request = new String(call.body(), StandardCharsets.UTF_8);
        Replay known = keys.get(header(call, "Idempotency-Key"));
        if (known != null) {
            return known.request().equals(request) ? known.reply() : error(400, "idempotency_error", "other_request");
        }
        HttpReply reply = created(form(request), how);
        keys.put(header(call, "Idempotency-Key"), new Replay(request, reply));
        return reply;
    }

    private HttpReply created(Map<String, String> form, Behaviour how) {
        String capture = form.getOrDefault("payment_intent", "");
        Money captured = captured(capture);
        String integer = form.get("amount");
        if (captured == null || integer == null) {
            return error(404, "invalid_request_error", "resource_missing");
        }
        Money amount = money(integer, captured.currency());
        Money left = refunds.values().stream()
                .filter(refund ->
                        refund.capture().equals(capture) && !refund.status().matches("failed|canceled"))
                .map(refund -> money(refund.amount(), captured.currency()))
                .reduce(captured, Money::minus);
        if (left.compareTo(amount) < 0) {
            return error(400, "invalid_request_error", left.isZero() ? "charge_already_refunded" : "amount_too_large");
        }
        String own = form.getOrDefault("metadata[matrix_leg]", "");
        Refund refund = new Refund(
                "re_" + refunds.size(),
                own,
                capture,
                captured.currency().code().toLowerCase(Locale.ROOT),
                integer,
                how == Behaviour.ACCEPT ? "succeeded" : how == Behaviour.ACCEPT_PENDING ? "requires_action" : "xyz",
                "");
        refunds.put(refund.id(), refund);
        moved(own, capture, amount);
        return reply(200, refund.json());
    }

    private static Money money(String integer, Currency currency) {
        int exponent = WHOLE.contains(currency.code()) ? 0 : THOUSANDTHS.contains(currency.code()) ? 3 : 2;
        boolean wrongDigit = exponent == 3 && !integer.endsWith("0");
        boolean fraction = Set.of("ISK", "UGX").contains(currency.code()) && !integer.endsWith("00");
        if (wrongDigit || fraction) {
            throw new AssertionError("Stripe refuses " + integer + " " + currency.code());
        }
        return Money.of(
                new BigDecimal(integer).movePointLeft(exponent),
                Currencies.iso().get(currency.code()));
    }

    @Override
    protected HttpReply read(HttpCall call) {
        String path = call.uri().getRawPath();
        String[] parts = path.split("/", -1);
        if (path.equals("/v1/refunds")) {
            return list(form(call.uri().getRawQuery()));
        }
        Refund refund = parts.length > 3 ? refunds.get(parts[3]) : null;
        if (refund == null) {
            return error(404, "invalid_request_error", "resource_missing");
        }
        if (path.endsWith("/cancel")) {
            if (!refund.status().equals("requires_action")) {
                return error(400, "invalid_request_error", "refund_not_cancelable");
            }
            refund = refund.with("canceled", "");
            refunds.put(refund.id(), refund);
        }
        return reply(200, refund.json());
    }

    private HttpReply list(Map<String, String> query) {
        List<Refund> all = new ArrayList<>(refunds.values());
        Collections.reverse(all);
        String capture = query.get("payment_intent");
        all.removeIf(refund -> capture != null && !refund.capture().equals(capture));
        String after = query.get("starting_after");
        int from = after == null ? 0 : all.stream().map(Refund::id).toList().indexOf(after) + 1;
        List<Refund> page = all.subList(from, Math.min(all.size(), from + PAGE));
        return reply(
                200,
                "{\"object\": \"list\", \"has_more\": " + (from + PAGE < all.size()) + ", \"data\": "
                        + page.stream().map(Refund::json).toList() + "}");
    }

    /** The refund of a leg becomes this, with further members. */
    synchronized void become(String own, String status, String more) {
        refunds.replaceAll((id, refund) -> refund.own().equals(own) ? refund.with(status, more) : refund);
    }

    @Override
    public void finish(String ownReference, Finish how) {
        become(
                ownReference,
                how == Finish.SETTLED ? "succeeded" : "failed",
                how == Finish.SETTLED ? "" : ", \"failure_reason\": \"expired_or_canceled_card\"");
    }

    String idOf(String own) {
        return refunds.values().stream()
                .filter(refund -> Objects.equals(refund.own(), own))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** As Stripe signs: an HMAC of time, point and body, in hex. */
    static String signature(String secret, long at, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((at + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<InboundNotification> notification(String ownReference) {
        Refund refund = refunds.get(idOf(ownReference));
        String body = """
                {"id": "evt_%s", "object": "event", "created": 1767225600, "type": "refund.updated", "data": {"object": %s}}""".formatted(ownReference, refund == null ? "{}" : refund.json());
        long at = clock().instant().getEpochSecond();
        return Optional.of(new InboundNotification(
                Map.of("Stripe-Signature", List.of("t=" + at + ",v1=" + signature(WEBHOOK_SECRET, at, body))),
                body.getBytes(StandardCharsets.UTF_8),
                clock().instant()));
    }

    @Override
    public List<String> secrets() {
        return List.of(KEY, WEBHOOK_SECRET);
    }
}
