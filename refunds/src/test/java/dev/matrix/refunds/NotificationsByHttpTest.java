package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.stripe.StripeRefunds;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A story: what Stripe posts to the endpoint moves nothing by itself, and nothing is lost. */
class NotificationsByHttpTest {

    private static final String SECRET = "whsec_story";

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final AtomicReference<String> status = new AtomicReference<>("pending");
    private final AtomicReference<String> outside = new AtomicReference<>("");
    private final List<String> calls = new ArrayList<>();
    private final Matrix matrix =
            TestNode.matrix(Stores.inMemory(clock), clock, ScriptedTransport.answering(call -> stripe(call)));
    private final Refunds refunds = Refunds.on(matrix)
            .provider(StripeRefunds.withKey("sk_test_story").notifiedWith(SECRET))
            .build();
    private final ApiDispatcher api = ApiDispatcher.on(matrix)
            .modules(refunds.api())
            .authenticator(credentials -> new Authentication.NotMine())
            .checkReplies(true)
            .build();

    private HttpReply stripe(HttpCall call) {
        String path = call.uri().getPath();
        if (call.method().equals("GET") && path.equals("/v1/refunds")) {
            return ScriptedTransport.reply(200, Map.of(), "{\"object\": \"list\", \"data\": [], \"has_more\": false}");
        }
        calls.add(path);
        String own =
                path.equals("/v1/refunds/re_desk") ? "" : ", \"metadata\": {\"matrix_leg\": \"" + outside.get() + "\"}";
        String refund = """
                {"id": "%s", "object": "refund", "amount": 3000, "currency": "eur", "payment_intent": "pi_1", "status": "%s"%s}""".formatted(
                        path.endsWith("re_desk") ? "re_desk" : "re_1",
                        path.endsWith("re_desk") ? "succeeded" : status.get(),
                        own);
        return ScriptedTransport.reply(200, Map.of(), refund);
    }

    private int post(String provider, String body, String signature) {
        ApiHeaders headers = signature.isEmpty()
                ? ApiHeaders.of("Content-Type", "application/json")
                : ApiHeaders.of("Content-Type", "application/json", "Stripe-Signature", signature);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ApiResponse response = api.handle(new ApiRequest(
                "POST",
                "/v1/providers/" + provider + "/notifications",
                null,
                headers,
                new ByteArrayInputStream(bytes),
                "203.0.113.7"));
        return response.status();
    }

    private String event(String id, String refund) {
        return """
                {"id": "%s", "object": "event", "created": %s, "type": "refund.updated",
                 "data": {"object": {"id": "%s", "object": "refund", "payment_intent": "pi_1", "status": "failed", "amount": 1}}}""".formatted(id, clock.instant().getEpochSecond(), refund);
    }

    private String signed(String body) {
        String at = Long.toString(clock.instant().getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal((at + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + at + ",v1=" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Refund pendingRefund() {
        Money captured = Money.of("100.00", "EUR");
        refunds.payments()
                .record(PaymentDraft.of(
                        "pay_1",
                        Owner.user("u_42"),
                        "stripe",
                        Capture.of("pi_1", captured, Instant.parse("2026-02-01T00:00:00Z"))));
        Refund refund = ((RefundOutcome.Accepted) refunds.refund(RefundRequest.of(
                        "pay_1",
                        new RefundAmount.Exact(Money.of("30.00", "EUR")),
                        RefundReason.CUSTOMER_REQUEST,
                        "ticket-1")))
                .refund();
        outside.set(refund.legs().get(0).id());
        return refunds.advance(refund.id());
    }

    private RefundStatus statusOf(Refund refund) {
        return refunds.find(refund.id()).orElseThrow().status();
    }

    @Test
    @Tag("R20")
    @Tag("R57")
    void aNotificationHastensALookupAndItsBodyMovesNothing() {
        Refund refund = pendingRefund();
        assertThat(refund.status()).isEqualTo(RefundStatus.PENDING);
        status.set("succeeded");
        String body = event("evt_1", "re_1");

        assertThat(post("stripe", body, signed(body))).isEqualTo(200);
        TestNode.drive(matrix);

        assertThat(statusOf(refund)).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(refunds.payments().find("pay_1").orElseThrow().refunded()).isEqualTo(Money.of("30.00", "EUR"));
    }

    @Test
    @Tag("R20")
    void repeatedAndReorderedOnesChangeNothing() {
        Refund refund = pendingRefund();
        status.set("succeeded");
        String newer = event("evt_2", "re_1");
        String older = event("evt_1", "re_1");

        assertThat(post("stripe", newer, signed(newer))).isEqualTo(200);
        TestNode.drive(matrix);
        int lookups = calls.size();
        assertThat(post("stripe", newer, signed(newer))).isEqualTo(200);
        TestNode.drive(matrix);
        assertThat(calls).hasSize(lookups);
        assertThat(post("stripe", older, signed(older))).isEqualTo(200);
        TestNode.drive(matrix);

        assertThat(statusOf(refund)).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(refunds.payments().find("pay_1").orElseThrow().refunded()).isEqualTo(Money.of("30.00", "EUR"));
    }

    @Test
    @Tag("R57")
    @Tag("A62")
    void forgedOnesLeaveNoTrace() {
        Refund refund = pendingRefund();
        int before = calls.size();
        String body = event("evt_1", "re_1");

        assertThat(post("stripe", body, "")).isEqualTo(400);
        assertThat(post("stripe", body.replace("re_1", "re_2"), signed(body))).isEqualTo(400);
        assertThat(post("stripe", "<html>", signed("<html>"))).isEqualTo(400);
        assertThat(post("unknown", body, signed(body))).isEqualTo(404);
        assertThat(post("manual", body, signed(body))).isEqualTo(400);
        assertThat(post("stripe", "x".repeat((512 << 10) + 1), signed(body))).isEqualTo(413);
        TestNode.drive(matrix);

        assertThat(calls).hasSize(before);
        assertThat(statusOf(refund)).isEqualTo(RefundStatus.PENDING);
    }

    @Test
    @Tag("R17")
    @Tag("R20")
    void aRefundMadeAtStripesDeskIsImportedOnceItsPaymentIsKnown() {
        String body = event("evt_9", "re_desk");
        assertThat(post("stripe", body, signed(body))).isEqualTo(200);
        TestNode.drive(matrix);
        status.set("succeeded");

        pendingRefund();
        clock.advance(Duration.ofMinutes(2));
        TestNode.drive(matrix);

        RefundablePayment payment = refunds.payments().find("pay_1").orElseThrow();
        assertThat(payment.refunded()).isEqualTo(Money.of("60.00", "EUR"));
        assertThat(payment.reserved().isZero()).isTrue();
    }

    @Test
    @Tag("A37")
    void noAnswerOfTheEndpointHoldsASecret() {
        String body = event("evt_1", "re_1");
        ApiResponse response = api.handle(new ApiRequest(
                "POST",
                "/v1/providers/stripe/notifications",
                null,
                ApiHeaders.of("Stripe-Signature", "t=1,v1=" + SECRET),
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                "203.0.113.7"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.toString()).doesNotContain(SECRET);
    }
}
