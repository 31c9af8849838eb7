package dev.matrix.refunds.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.refunds.DisputeAction;
import dev.matrix.refunds.DisputeStage;
import dev.matrix.refunds.DisputeStatus;
import dev.matrix.refunds.Evidence;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeProvider.DisputeCommand;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stripe's disputes: their words, deadlines and movements, and what answers them. */
class StripeDisputesTest {

    private static final DisputeCommand COMMAND = new DisputeCommand("dp_1", "dsp_1.1", null);

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final DisputeProvider disputes =
            StripeRefunds.withKey("sk_test").disputes().orElseThrow();

    private static HttpReply reply(int status, String body) {
        return ScriptedTransport.reply(status, Map.of(), body);
    }

    private static String dispute(String status, String more) {
        return """
                {"id": "dp_1", "object": "dispute", "amount": 8000, "currency": "usd", "charge": "ch_1", "payment_intent": "pi_1",
                 "created": 1767225600, "reason": "fraudulent", "status": "%s"%s}""".formatted(status, more);
    }

    private ProviderContext context(ScriptedTransport transport) {
        return ProviderContext.of(transport, clock, new Random(1));
    }

    private DisputeLookup fetch(int status, String body) {
        return disputes.fetch("dp_1", context(ScriptedTransport.replying(reply(status, body))));
    }

    @ParameterizedTest
    @Tag("R30")
    @Tag("R26")
    @CsvSource({
        "warning_needs_response,INQUIRY,NEEDS_RESPONSE",
        "warning_under_review,INQUIRY,UNDER_REVIEW",
        "warning_closed,INQUIRY,CLOSED",
        "needs_response,CHARGEBACK,NEEDS_RESPONSE",
        "under_review,CHARGEBACK,UNDER_REVIEW",
        "won,CHARGEBACK,WON",
        "lost,CHARGEBACK,LOST",
        "prevented,CHARGEBACK,PREVENTED",
        "charge_refunded,CHARGEBACK,CLOSED",
        "appeal_needs_response,APPEAL,NEEDS_RESPONSE",
        "xyz,CHARGEBACK,UNRECOGNISED"
    })
    void wordsAreStagesAndStatuses(String word, DisputeStage stage, DisputeStatus status) {
        assertThat(fetch(200, dispute(word, ""))).isInstanceOfSatisfying(DisputeLookup.Found.class, found -> {
            assertThat(found.facts().stage()).isEqualTo(stage);
            assertThat(found.facts().status()).isEqualTo(status);
            assertThat(found.facts().rawStatus()).isEqualTo(word);
        });
    }

    @Test
    @Tag("R30")
    @Tag("R38")
    void deadlineActionsAndMovementsAreAsReported() {
        DisputeLookup found = fetch(200, dispute("needs_response", """
                , "is_charge_refundable": false, "evidence_details": {"due_by": 1767830400, "submission_count": 0},
                "balance_transactions": [{"amount": -7000, "fee": 1500, "currency": "eur"}, {"amount": 2000, "fee": 0, "currency": "eur"}]"""));

        assertThat(found).isInstanceOfSatisfying(DisputeLookup.Found.class, one -> {
            assertThat(one.facts().respondBy()).isEqualTo(Instant.parse("2026-01-08T00:00:00Z"));
            assertThat(one.facts().actions()).contains(DisputeAction.SUBMIT_EVIDENCE, DisputeAction.ACCEPT);
            assertThat(one.facts().amount()).isEqualTo(Money.of("80.00", "USD"));
            assertThat(one.facts().withdrawn()).isEqualTo(Money.of("70.00", "EUR"));
            assertThat(one.facts().reinstated()).isEqualTo(Money.of("20.00", "EUR"));
            assertThat(one.facts().fee()).isEqualTo(Money.of("15.00", "EUR"));
            assertThat(one.facts().blocksRefunds()).isTrue();
            assertThat(one.facts().captureRef()).isEqualTo("pi_1");
        });
    }

    @Test
    @Tag("A27")
    @Tag("R30")
    void aDeadlineOfZeroIsNone() {
        DisputeLookup found = fetch(200, dispute("warning_needs_response", """
                , "is_charge_refundable": true, "evidence_details": {"due_by": 0, "submission_count": 1}"""));

        assertThat(found).isInstanceOfSatisfying(DisputeLookup.Found.class, one -> {
            assertThat(one.facts().respondBy()).isNull();
            assertThat(one.facts().blocksRefunds()).isFalse();
            assertThat(one.facts().evidenceSubmitted()).isTrue();
            assertThat(one.facts().actions()).containsExactly(DisputeAction.SUBMIT_EVIDENCE);
        });
    }

    @Test
    @Tag("R30")
    void anOutageAndAPageOfAProxyAreNoAbsence() {
        assertThat(fetch(500, "{}")).isInstanceOf(DisputeLookup.Unavailable.class);
        assertThat(fetch(404, "<html>")).isInstanceOf(DisputeLookup.Unavailable.class);
        assertThat(fetch(404, "{\"error\": {\"type\": \"invalid_request_error\", \"code\": \"resource_missing\"}}"))
                .isInstanceOf(DisputeLookup.Absent.class);
    }

    @Test
    @Tag("R28")
    @Tag("R30")
    void filesAreUploadedAndEvidenceSubmittedOnce() {
        ScriptedTransport transport = ScriptedTransport.replying(
                reply(200, "{\"id\": \"file_1\", \"object\": \"file\"}"), reply(200, dispute("under_review", "")));
        Evidence evidence = new Evidence(
                Map.of("product_description", "A plan & more"),
                List.of(new Evidence.File("receipt", "r\"1.pdf", "application/pdf", new byte[] {1, 2})));

        DisputeResult result = disputes.submitEvidence(COMMAND, evidence, context(transport));

        assertThat(result).isInstanceOf(DisputeResult.Taken.class);
        assertThat(transport.calls().get(0).uri()).hasToString("https://files.stripe.com/v1/files");
        assertThat(new String(transport.calls().get(0).body(), StandardCharsets.ISO_8859_1))
                .contains("filename=\"r%221.pdf\"", "dispute_evidence");
        assertThat(transport.calls().get(1).uri()).hasToString("https://api.stripe.com/v1/disputes/dp_1");
        assertThat(new String(transport.calls().get(1).body(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "evidence%5Bproduct_description%5D=A+plan+%26+more&evidence%5Breceipt%5D=file_1&submit=true");
    }

    @Test
    @Tag("R30")
    void anAnswerWhoseOutcomeIsNotKnownIsUnknown() {
        assertThat(disputes.accept(COMMAND, context(ScriptedTransport.replying(reply(500, "{}")))))
                .isInstanceOf(DisputeResult.Unknown.class);
        assertThat(disputes.accept(
                        COMMAND,
                        context(ScriptedTransport.replying(
                                FakeStripe.error(400, "invalid_request_error", "dispute_closed")))))
                .isInstanceOf(DisputeResult.Declined.class);
        assertThat(disputes.accept(COMMAND, context(ScriptedTransport.replying(reply(200, dispute("lost", ""))))))
                .isInstanceOf(DisputeResult.Taken.class);
    }
}
