package dev.matrix.refunds.paypal;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.HttpStand;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderApi;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** PayPal's payments, orders and webhooks as its documents describe them: tokens end, request ids replay answers. */
final class FakePayPal extends HttpStand {

    static final String CLIENT = "client-1";
    static final String SECRET = "paypal-client-secret";
    static final String WEBHOOK = "1JE4291016473214C";

    /** A refund that PayPal knows. */
    private record Refund(String id, String own, String capture, String currency, String value, String status) {

        String json() {
            return """
                    {"id": "%s", "status": "%s", "amount": {"currency_code": "%s", "value": "%s"}, "custom_id": "%s", "invoice_id": "%s",
                     "seller_payable_breakdown": {"paypal_fee": {"currency_code": "%s", "value": "0"},
                       "total_refunded_amount": {"currency_code": "%s", "value": "999"}},
                     "links": [{"href": "https://api-m.paypal.com/v2/payments/refunds/%s", "rel": "self", "method": "GET"},
                       {"href": "https://api-m.paypal.com/v2/payments/captures/%s", "rel": "up", "method": "GET"}]}""".formatted(id, status, currency, value, own, own, currency, currency, id, capture);
        }
    }

    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, HttpReply> byRequestId = new HashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private boolean expelled;

    FakePayPal(InstantSource clock) {
        super(clock);
    }

    /** How many tokens were given. */
    synchronized int tokens() {
        return tokens.size();
    }

    /** Every token given so far is refused from now on. */
    synchronized void revokeTokens() {
        tokens.replaceAll((token, until) -> Instant.MIN);
    }

    @Override
    protected String captureRef(int n) {
        return "2GG279541U47193" + n + "P";
    }

    @Override
    protected boolean movesMoney(HttpCall call) {
        return call.uri().getRawPath().endsWith("/refund") && isAuthorised(call);
    }

    private boolean isAuthorised(HttpCall call) {
        Instant until = tokens.get(header(call, "Authorization"));
        return until != null && clock().instant().isBefore(until) && !expelled;
    }

    static HttpReply error(int status, String name, String issue) {
        return reply(status, """
                {"name": "%s", "message": "Refused.", "debug_id": "1", "details": [{"issue": "%s", "description": "%s"}]}""".formatted(name, issue, SECRET));
    }

    @Override
    protected HttpReply refuse(HttpCall call, Behaviour how) {
        return switch (how) {
            case RATE_LIMIT -> error(429, "RATE_LIMIT_REACHED", "RATE_LIMIT_REACHED");
            case DECLINE -> error(422, "UNPROCESSABLE_ENTITY", "TRANSACTION_DISPUTED");
            case EXPIRED_CREDENTIALS -> {
                expelled = true;
                yield reply(401, "{\"error\": \"invalid_token\", \"error_description\": \"Token signature failed\"}");
            }
            default -> error(500, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR");
        };
    }

    @Override
    protected HttpReply execute(HttpCall call, Behaviour how) {
        HttpReply replayed = byRequestId.get(header(call, "PayPal-Request-Id"));
        if (replayed != null) {
            return reply(200, new String(replayed.body(), StandardCharsets.UTF_8));
        }
        JsonFields request = Objects.requireNonNull(ProviderApi.read(call.body()));
        String capture = call.uri().getRawPath().split("/", -1)[4];
        Money captured = captured(capture);
        String code = request.text("amount", "currency_code");
        String value = request.text("amount", "value");
        if (captured == null || code == null || value == null) {
            return error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID");
        }
        String own = Objects.requireNonNull(request.text("custom_id"));
        String status = how == Behaviour.ACCEPT ? "COMPLETED" : how == Behaviour.ACCEPT_PENDING ? "PENDING" : "XYZ";
        Refund refund = new Refund("1JU08902781691" + refunds.size(), own, capture, code, value, status);
        refunds.put(refund.id(), refund);
        moved(own, capture, Money.of(value, captured.currency()));
        HttpReply reply = reply(201, refund.json());
        byRequestId.put(header(call, "PayPal-Request-Id"), reply);
        return reply;
    }

    @Override
    protected HttpReply read(HttpCall call) {
        String path = call.uri().getRawPath();
        if (path.equals("/v1/oauth2/token")) {
            return token(call);
        }
        if (!isAuthorised(call)) {
            return reply(401, "{\"error\": \"invalid_token\", \"error_description\": \"Expired\"}");
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/v1/notifications/verify-webhook-signature")) {
            return verify(Objects.requireNonNull(ProviderApi.read(call.body())), call.body());
        }
        if (path.startsWith("/v2/payments/captures/") && captured(last) != null) {
            return reply(
                    200,
                    "{\"id\": \"%s\", \"supplementary_data\": {\"related_ids\": {\"order_id\": \"ORDER-%s\"}}}"
                            .formatted(last, last));
        }
        if (path.startsWith("/v2/checkout/orders/ORDER-")) {
            List<String> own = refunds.values().stream()
                    .filter(refund -> ("ORDER-" + refund.capture()).equals(last))
                    .map(Refund::json)
                    .toList();
            return reply(
                    200,
                    "{\"id\": \"%s\", \"purchase_units\": [{\"payments\": {\"refunds\": %s}}]}".formatted(last, own));
        }
        Refund refund = refunds.get(last);
        return refund == null || !path.startsWith("/v2/payments/refunds/")
                ? error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
                : reply(200, refund.json());
    }

    private HttpReply token(HttpCall call) {
        byte[] pair = (CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8);
        if (expelled
                || !header(call, "Authorization")
                        .equals("Basic " + Base64.getEncoder().encodeToString(pair))) {
            return reply(
                    401, "{\"error\": \"invalid_client\", \"error_description\": \"Client Authentication failed\"}");
        }
        String token = "A21AA-" + tokens.size();
        tokens.put("Bearer " + token, clock().instant().plus(Duration.ofHours(9)));
        return reply(
                200, "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 32400}".formatted(token));
    }

    /** PayPal signs the body's checksum, so a body that was written again isn't its own: here the "signature" is a hash of the bytes. */
    private static HttpReply verify(JsonFields question, byte[] raw) {
        String text = new String(raw, StandardCharsets.UTF_8);
        String body = text.substring(text.indexOf("\"webhook_event\":") + 16, text.length() - 1);
        boolean own =
                hash(body).equals(question.text("transmission_sig")) && WEBHOOK.equals(question.text("webhook_id"));
        return reply(200, "{\"verification_status\": \"" + (own ? "SUCCESS" : "FAILURE") + "\"}");
    }

    static String hash(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A notification with PayPal's headers. */
    static InboundNotification signed(String body, Instant at, String certificate) {
        return new InboundNotification(
                Map.of(
                        "Paypal-Auth-Algo", List.of("SHA256withRSA"),
                        "Paypal-Cert-Url", List.of(certificate),
                        "Paypal-Transmission-Id", List.of("69cd13f0-d67a-11e5-baa3-778b53f4ae55"),
                        "Paypal-Transmission-Sig", List.of(hash(body)),
                        "Paypal-Transmission-Time", List.of(at.toString())),
                body.getBytes(StandardCharsets.UTF_8),
                at);
    }

    @Override
    public synchronized Optional<InboundNotification> notification(String ownReference) {
        Refund refund = refunds.values().stream()
                .filter(one -> one.own().equals(ownReference))
                .findFirst()
                .orElseThrow();
        String body = """
                {"id": "WH-%s", "create_time": "2026-01-01T00:00:00.000Z", "event_type": "PAYMENT.CAPTURE.REFUNDED", "resource": %s}""".formatted(ownReference, refund.json());
        return Optional.of(signed(body, clock().instant(), "https://api.paypal.com/v1/notifications/certs/CERT-1"));
    }

    @Override
    public synchronized void finish(String ownReference, Finish how) {
        refunds.replaceAll((id, refund) -> refund.own().equals(ownReference)
                ? new Refund(
                        id,
                        refund.own(),
                        refund.capture(),
                        refund.currency(),
                        refund.value(),
                        how == Finish.SETTLED ? "COMPLETED" : "FAILED")
                : refund);
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET, "A21AA-0");
    }
}
