package dev.matrix.refunds.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.Subject.DisputeSubject;
import dev.matrix.refunds.spi.Subject.RefundSubject;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe's notifications: signed by it, of today, and read for what they name alone. */
class StripeNotificationsTest {

    private static final String SECRET = "whsec_test";
    private static final String BODY = """
            {"id": "evt_1", "object": "event", "created": 1767225600, "type": "refund.updated",
             "data": {"object": {"id": "re_1", "object": "refund", "payment_intent": "pi_1", "charge": "ch_1", "metadata": {"matrix_leg": "rfl_1"}}}}""";

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final ScriptedTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(500));
    private final StripeRefunds provider = StripeRefunds.withKey("sk_test").notifiedWith("whsec_old", SECRET);

    private NotificationResult interpret(String header, String body) {
        return provider.interpret(
                new InboundNotification(
                        Map.of("stripe-signature", List.of(header)),
                        body.getBytes(StandardCharsets.UTF_8),
                        clock.instant()),
                ProviderContext.of(transport, clock, new Random(1)));
    }

    private String signed(String body, long secondsAgo) {
        long at = clock.instant().getEpochSecond() - secondsAgo;
        return "t=" + at + ",v1=" + FakeStripe.signature(SECRET, at, body);
    }

    @Test
    @Tag("A29")
    @Tag("R30")
    void ofTwoSignaturesTheSecondMayBeTheRightOne() {
        long at = clock.instant().getEpochSecond();
        String header = "t=" + at + ",v1=" + "0".repeat(64) + ",v1=" + FakeStripe.signature(SECRET, at, BODY);

        assertThat(interpret(header, BODY)).isInstanceOfSatisfying(NotificationResult.Verified.class, verified -> {
            assertThat(verified.eventId()).isEqualTo("evt_1");
            assertThat(verified.occurredAt()).isEqualTo(clock.instant());
            assertThat(verified.subjects())
                    .containsExactly(
                            new RefundSubject("rfl_1", "re_1", "pi_1"), new RefundSubject("rfl_1", "re_1", "ch_1"));
        });
    }

    @Test
    @Tag("A29")
    void whatIsOldUnsignedOrWrittenAnewIsRejected() {
        String signature = FakeStripe.signature(SECRET, clock.instant().getEpochSecond(), BODY);
        for (String header : List.of(
                "t=" + clock.instant().getEpochSecond() + ",v0=" + signature,
                signed(BODY, 301),
                signed(BODY, -301),
                "t=1,t=2,v1=" + signature,
                "v1=" + signature,
                "t=99999999999,v1=" + signature,
                "t=x,v1=zz",
                "",
                "x".repeat(5_000))) {
            assertThat(interpret(header, BODY)).as(header).isInstanceOf(NotificationResult.Rejected.class);
        }
        assertThat(interpret(signed(BODY, 0), BODY.replace(" ", ""))).isInstanceOf(NotificationResult.Rejected.class);
        assertThat(interpret(signed(BODY, 300), BODY)).isInstanceOf(NotificationResult.Verified.class);
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    @Tag("R57")
    void withoutASecretNothingIsTaken() {
        NotificationResult result = StripeRefunds.withKey("sk_test")
                .interpret(
                        new InboundNotification(
                                Map.of("Stripe-Signature", List.of(signed(BODY, 0))),
                                BODY.getBytes(StandardCharsets.UTF_8),
                                clock.instant()),
                        ProviderContext.of(transport, clock, new Random(1)));

        assertThat(result).isInstanceOf(NotificationResult.Rejected.class);
    }

    @Test
    @Tag("R30")
    void disputesAndRefundedChargesAreNamed() {
        String dispute = """
                {"id": "evt_2", "created": 1767225600, "type": "charge.dispute.closed",
                 "data": {"object": {"id": "dp_1", "object": "dispute", "charge": "ch_1", "payment_intent": null}}}""";
        String refunded = """
                {"id": "evt_3", "created": 1767225600, "type": "charge.refunded",
                 "data": {"object": {"id": "ch_1", "object": "charge", "refunds": {"data": [{"id": "re_7", "charge": "ch_1", "metadata": {"matrix_leg": "no leg"}}]}}}}""";

        assertThat(((NotificationResult.Verified) interpret(signed(dispute, 0), dispute)).subjects())
                .containsExactly(new DisputeSubject("dp_1", "ch_1"));
        assertThat(((NotificationResult.Verified) interpret(signed(refunded, 0), refunded)).subjects())
                .containsExactly(new RefundSubject(null, "re_7", "ch_1"));
    }

    @ParameterizedTest
    @Tag("R30")
    @ValueSource(strings = {"invoice.paid", "charge.succeeded", "refund.invented"})
    void otherTypesAreVerifiedWithoutSubjects(String type) {
        String body = BODY.replace("refund.updated", type);

        assertThat(((NotificationResult.Verified) interpret(signed(body, 0), body)).subjects())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "<html>", "{}", "{\"id\": 1, \"type\": \"refund.updated\", \"created\": \"x\"}"})
    void aSignedBodyThatIsNoEventIsRejected(String body) {
        assertThat(interpret(signed(body, 0), body)).isInstanceOf(NotificationResult.Rejected.class);
    }
}
