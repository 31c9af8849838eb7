package dev.matrix.refunds.paypal;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.Missing;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.Subject;
import dev.matrix.refunds.spi.Subject.DisputeSubject;
import dev.matrix.refunds.spi.Subject.RefundSubject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PayPal's notifications, which PayPal itself verifies: the headers and the body's bytes, unchanged, go back to it
 * (verify-webhook-signature). What can be told here is judged first, so that forgeries cost no call.
 */
record PayPalNotifications(PayPalApi api, String webhookId) {

    // PayPal repeats a notification for three days.
    private static final Duration OLDEST = Duration.ofDays(4);
    private static final Duration EARLIEST = Duration.ofMinutes(5);
    private static final int LONGEST_HEADER = 500;
    private static final Map<String, String> HEADERS = Map.of(
            "auth_algo", "PAYPAL-AUTH-ALGO",
            "cert_url", "PAYPAL-CERT-URL",
            "transmission_id", "PAYPAL-TRANSMISSION-ID",
            "transmission_sig", "PAYPAL-TRANSMISSION-SIG",
            "transmission_time", "PAYPAL-TRANSMISSION-TIME");

    NotificationResult interpret(InboundNotification notification, ProviderContext context) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            String value = notification.header(header.getValue()).orElse("");
            if (value.isEmpty()
                    || value.length() > LONGEST_HEADER
                    || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
                return new NotificationResult.Rejected("There is no one header " + header.getValue() + ".");
            }
            values.put(header.getKey(), value);
        }
        if (!isPayPals(values.getOrDefault("cert_url", ""))) {
            return new NotificationResult.Rejected("The certificate's address isn't PayPal's.");
        }
        Instant sent = instant(values.get("transmission_time"));
        Instant now = context.clock().instant();
        if (sent == null || sent.isBefore(now.minus(OLDEST)) || sent.isAfter(now.plus(EARLIEST))) {
            return new NotificationResult.Rejected(
                    "It is more than " + OLDEST.toDays() + " days old, or from the future.");
        }
        JsonFields event = ProviderApi.read(notification.body());
        String id = event == null ? null : event.text("id");
        Instant created = event == null ? null : instant(event.text("create_time"));
        if (event == null || id == null || created == null) {
            return new NotificationResult.Rejected("The body is no event of PayPal's.");
        }
        ProviderAnswer answer = api.post(
                context,
                "/v1/notifications/verify-webhook-signature",
                Map.of(),
                "application/json",
                question(values, notification.body()));
        if (answer instanceof Missing missing) {
            return new NotificationResult.Unverifiable(missing.cause());
        }
        Answered answered = (Answered) answer;
        String verdict = answered.isSuccess() ? answered.body().text("verification_status") : null;
        if ("SUCCESS".equals(verdict)) {
            return new NotificationResult.Verified(id, created, subjects(event));
        }
        return "FAILURE".equals(verdict)
                ? new NotificationResult.Rejected("PayPal says that the signature isn't its own.")
                : new NotificationResult.Unverifiable(
                        "PayPal answered " + answered.status() + " when asked to verify.");
    }

    /** https, at paypal.com or a name below it. */
    private static boolean isPayPals(String address) {
        try {
            URI uri = new URI(address);
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            return "https".equals(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && (host.equals("paypal.com") || host.endsWith(".paypal.com"));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** The body goes in as it came: if it were written again, its signature would not match. It was read as one JSON object before. */
    private byte[] question(Map<String, String> values, byte[] body) {
        Map<String, Json> members = new LinkedHashMap<>();
        values.forEach((name, value) -> members.put(name, new JsonString(value)));
        members.put("webhook_id", new JsonString(webhookId));
        byte[] head = ProviderApi.json(new JsonObject(members));
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + body.length + 20);
        out.write(head, 0, head.length - 1);
        out.writeBytes(",\"webhook_event\":".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        out.write('}');
        return out.toByteArray();
    }

    /** A time as PayPal writes it (RFC 3339); null where it is none. */
    static @Nullable Instant instant(@Nullable String time) {
        try {
            return time == null ? null : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static List<Subject> subjects(JsonFields event) {
        JsonFields resource = event.fields("resource");
        String type = event.text("event_type");
        if (resource == null || type == null) {
            return List.of();
        }
        return switch (type) {
            case "PAYMENT.CAPTURE.REFUNDED",
                    "PAYMENT.CAPTURE.REVERSED",
                    "PAYMENT.REFUND.PENDING",
                    "PAYMENT.REFUND.FAILED" -> {
                String ref = resource.text("id");
                yield ref == null
                        ? List.of()
                        : List.of(new RefundSubject(
                                ProviderFacts.ownReference(resource.text("custom_id")),
                                ref,
                                PayPalReplies.capture(resource)));
            }
            case "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED" ->
                disputes(resource);
            default -> List.of();
        };
    }

    private static List<Subject> disputes(JsonFields dispute) {
        String ref = dispute.text("dispute_id");
        if (ref == null) {
            return List.of();
        }
        List<Subject> subjects = new ArrayList<>();
        for (JsonFields transaction : dispute.list("disputed_transactions")) {
            subjects.add(new DisputeSubject(ref, transaction.text("seller_transaction_id")));
        }
        return subjects.isEmpty() ? List.of(new DisputeSubject(ref, null)) : subjects;
    }
}
