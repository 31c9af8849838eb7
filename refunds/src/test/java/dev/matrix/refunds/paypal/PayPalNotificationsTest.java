package dev.matrix.refunds.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.Subject.DisputeSubject;
import dev.matrix.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PayPal's notifications: forgeries cost no call, and the bytes go back unchanged. */
class PayPalNotificationsTest {

    private static final String CERTIFICATE = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    private static final String BODY = """
            {"id": "WH-1",   "create_time": "2026-01-01T00:00:00Z", "event_type": "CUSTOMER.DISPUTE.CREATED",
             "resource": {"dispute_id": "PP-D-1", "disputed_transactions": [{"seller_transaction_id": "CAP1"}]}}""";

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final FakePayPal paypal = new FakePayPal(clock);
    private final PayPalRefunds provider =
            PayPalRefunds.live(FakePayPal.CLIENT, FakePayPal.SECRET).notifiedBy(FakePayPal.WEBHOOK);

    private NotificationResult interpret(InboundNotification notification) {
        return provider.interpret(notification, paypal.context());
    }

    @Test
    @Tag("R31")
    void theBodyGoesBackAsItCame() {
        NotificationResult result = interpret(FakePayPal.signed(BODY, clock.instant(), CERTIFICATE));

        assertThat(result).isInstanceOfSatisfying(NotificationResult.Verified.class, verified -> {
            assertThat(verified.eventId()).isEqualTo("WH-1");
            assertThat(verified.subjects()).containsExactly(new DisputeSubject("PP-D-1", "CAP1"));
        });
    }

    @ParameterizedTest
    @Tag("A30")
    @Tag("R31")
    @Tag("R57")
    @ValueSource(
            strings = {
                "http://paypal.com/x",
                "https://paypal.com.evil.test/",
                "https://evil.test/paypal.com",
                "https://evilpaypal.com/",
                "https://paypal.com@evil.test/",
                "https://user@paypal.com/",
                "paypal.com"
            })
    void aCertificateFromElsewhereIsRejectedWithoutACall(String certificate) {
        assertThat(interpret(FakePayPal.signed(BODY, clock.instant(), certificate)))
                .isInstanceOf(NotificationResult.Rejected.class);
        assertThat(paypal.calls()).isEmpty();
    }

    @Test
    @Tag("R57")
    void whatIsOldOrNoEventIsRejectedWithoutACall() {
        Instant old = clock.instant().minus(Duration.ofDays(4)).minusSeconds(1);
        assertThat(interpret(FakePayPal.signed(BODY, old, CERTIFICATE)))
                .isInstanceOf(NotificationResult.Rejected.class);
        assertThat(interpret(FakePayPal.signed(BODY, clock.instant().plusSeconds(301), CERTIFICATE)))
                .isInstanceOf(NotificationResult.Rejected.class);
        for (String body : new String[] {"[]", "<html>", "{}", "{\"id\": \"1\"}, \"webhook_id\": \"x\""}) {
            assertThat(interpret(FakePayPal.signed(body, clock.instant(), CERTIFICATE)))
                    .isInstanceOf(NotificationResult.Rejected.class);
        }
        assertThat(paypal.calls()).isEmpty();
    }

    @Test
    @Tag("R31")
    void aForgeryIsRejectedByPayPal() {
        InboundNotification real = FakePayPal.signed(BODY, clock.instant(), CERTIFICATE);
        InboundNotification forged = new InboundNotification(
                real.headers(), BODY.replace("CAP1", "CAP2").getBytes(StandardCharsets.UTF_8), clock.instant());

        assertThat(interpret(forged)).isInstanceOf(NotificationResult.Rejected.class);
    }

    @Test
    @Tag("R57")
    void whileVerificationIsDownNothingIsTakenAndNothingRejected() {
        paypal.reachable(false);

        assertThat(interpret(FakePayPal.signed(BODY, clock.instant(), CERTIFICATE)))
                .isInstanceOf(NotificationResult.Unverifiable.class);
    }

    @Test
    @Tag("R31")
    void withoutAWebhookNothingIsTaken() {
        assertThat(PayPalRefunds.live(FakePayPal.CLIENT, FakePayPal.SECRET)
                        .interpret(FakePayPal.signed(BODY, clock.instant(), CERTIFICATE), paypal.context()))
                .isInstanceOf(NotificationResult.Rejected.class);
    }
}
