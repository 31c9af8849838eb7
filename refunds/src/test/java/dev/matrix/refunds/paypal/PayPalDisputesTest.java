package dev.matrix.refunds.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.refunds.DisputeAction;
import dev.matrix.refunds.DisputeStage;
import dev.matrix.refunds.DisputeStatus;
import dev.matrix.refunds.Evidence;
import dev.matrix.refunds.spi.DisputeFacts;
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

/** PayPal's disputes: its words, who paid in the end, and what answers them. */
class PayPalDisputesTest {

    private static final DisputeCommand COMMAND = new DisputeCommand("PP-D-1", "dsp_1.1", "Please see.");
    private static final String TOKEN = "{\"access_token\": \"A21AA-0\", \"expires_in\": 32400}";

    /** One that has no token yet. */
    private static DisputeProvider disputes() {
        return PayPalRefunds.live(FakePayPal.CLIENT, FakePayPal.SECRET)
                .disputes()
                .orElseThrow();
    }

    private static HttpReply reply(int status, String body) {
        return ScriptedTransport.reply(status, Map.of(), body);
    }

    private static ScriptedTransport answering(int status, String body) {
        return ScriptedTransport.answering(
                call -> call.uri().getPath().endsWith("/token") ? reply(200, TOKEN) : reply(status, body));
    }

    private static ProviderContext context(ScriptedTransport transport) {
        return ProviderContext.of(transport, ManualClock.at("2026-01-01T00:00:00Z"), new Random(1));
    }

    private DisputeFacts facts(String status, String more) {
        String body = """
                {"dispute_id": "PP-D-1", "create_time": "2026-01-01T00:00:00.000Z", "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
                 "dispute_amount": {"currency_code": "USD", "value": "96.00"}, "status": "%s",
                 "disputed_transactions": [{"seller_transaction_id": "CAP1"}]%s}""".formatted(status, more);
        return ((DisputeLookup.Found) disputes().fetch("PP-D-1", context(answering(200, body)))).facts();
    }

    @ParameterizedTest
    @Tag("R31")
    @Tag("A53")
    @CsvSource({
        "WAITING_FOR_SELLER_RESPONSE,,NEEDS_RESPONSE",
        "WAITING_FOR_BUYER_RESPONSE,,UNDER_REVIEW",
        "UNDER_REVIEW,,UNDER_REVIEW",
        "OPEN,,UNDER_REVIEW",
        "RESOLVED,RESOLVED_BUYER_FAVOUR,LOST",
        "RESOLVED,RESOLVED_SELLER_FAVOUR,WON",
        "RESOLVED,CANCELED_BY_BUYER,CANCELLED",
        "RESOLVED,RESOLVED_WITH_PAYOUT,WON",
        "RESOLVED,,UNRECOGNISED",
        "RESOLVED,SOMETHING_NEW,UNRECOGNISED",
        "OTHER,,UNRECOGNISED"
    })
    void wordsAreStatuses(String status, String outcome, DisputeStatus expected) {
        DisputeFacts facts =
                facts(status, outcome == null ? "" : ", \"dispute_outcome\": {\"outcome_code\": \"" + outcome + "\"}");

        assertThat(facts.status()).isEqualTo(expected);
        assertThat(facts.captureRef()).isEqualTo("CAP1");
    }

    @Test
    @Tag("A53")
    @Tag("R31")
    void whoPaidThePayoutTellsWhoLost() {
        String paid = """
                , "dispute_outcome": {"outcome_code": "RESOLVED_WITH_PAYOUT"}, "money_movements": [
                {"affected_party": "BUYER", "type": "CREDIT", "amount": {"currency_code": "USD", "value": "96.00"}},
                {"affected_party": "SELLER", "type": "DEBIT", "amount": {"currency_code": "USD", "value": "96.00"}},
                {"affected_party": "SELLER", "type": "DEBIT", "reason": "DISPUTE_FEE", "amount": {"currency_code": "USD", "value": "15.00"}}%s]""";

        DisputeFacts debited = facts("RESOLVED", paid.formatted(""));
        DisputeFacts returned = facts("RESOLVED", paid.formatted("""
                , {"affected_party": "SELLER", "type": "CREDIT", "amount": {"currency_code": "USD", "value": "96.00"}}"""));

        assertThat(debited.status()).isEqualTo(DisputeStatus.LOST);
        assertThat(debited.withdrawn()).isEqualTo(Money.of("96.00", "USD"));
        assertThat(debited.fee()).isEqualTo(Money.of("15.00", "USD"));
        assertThat(returned.status()).isEqualTo(DisputeStatus.WON);
        assertThat(returned.reinstated()).isEqualTo(Money.of("96.00", "USD"));
    }

    @Test
    @Tag("R31")
    void onlyWhatPayPalAllowsIsPossible() {
        DisputeFacts facts = facts("OPEN", """
                , "dispute_life_cycle_stage": "INQUIRY", "seller_response_due_date": "2026-01-11T00:00:00.000Z",
                "allowed_response_options": {"accept_claim": {"accept_claim_types": ["REFUND"]}, "make_offer": {"offer_types": ["REFUND"]}}""");

        assertThat(facts.status()).isEqualTo(DisputeStatus.NEEDS_RESPONSE);
        assertThat(facts.stage()).isEqualTo(DisputeStage.INQUIRY);
        assertThat(facts.actions()).containsExactlyInAnyOrder(DisputeAction.ACCEPT, DisputeAction.OFFER);
        assertThat(facts.respondBy()).isEqualTo(Instant.parse("2026-01-11T00:00:00Z"));
        assertThat(facts("UNDER_REVIEW", ", \"allowed_response_options\": {\"accept_claim\": {}}")
                        .actions())
                .isEmpty();
    }

    @Test
    @Tag("R31")
    void anOutageIsNoAbsence() {
        assertThat(disputes().fetch("PP-D-1", context(answering(500, "{}"))))
                .isInstanceOf(DisputeLookup.Unavailable.class);
        assertThat(disputes().fetch("PP-D-1", context(answering(404, "{\"name\": \"RESOURCE_NOT_FOUND\"}"))))
                .isInstanceOf(DisputeLookup.Absent.class);
    }

    @Test
    @Tag("R31")
    void answersGoWhereTheyBelongAndAreReadByAFetch() {
        ScriptedTransport evidence = answering(200, "{\"links\": []}");
        ScriptedTransport offer = answering(200, "{\"links\": []}");

        DisputeResult given = disputes()
                .submitEvidence(
                        COMMAND,
                        new Evidence(
                                Map.of("PROOF_OF_FULFILLMENT", "Sent \"yesterday\""),
                                List.of(new Evidence.File("proof", "p.pdf", "application/pdf", new byte[] {1}))),
                        context(evidence));
        DisputeResult offered = disputes().offer(COMMAND, Money.of("20.00", "USD"), context(offer));

        assertThat(given).isInstanceOf(DisputeResult.Pending.class);
        assertThat(evidence.calls().get(1).uri().getPath()).isEqualTo("/v1/customer/disputes/PP-D-1/provide-evidence");
        assertThat(new String(evidence.calls().get(1).body(), StandardCharsets.UTF_8))
                .contains("\"evidence_type\":\"PROOF_OF_FULFILLMENT\"", "name=\"file1\"; filename=\"p.pdf\"");
        assertThat(offered).isInstanceOf(DisputeResult.Pending.class);
        assertThat(offer.calls().get(1).uri().getPath()).endsWith("/make-offer");
        assertThat(new String(offer.calls().get(1).body(), StandardCharsets.UTF_8))
                .contains("\"value\":\"20.00\"", "\"note\":\"Please see.\"");
    }

    @Test
    @Tag("R31")
    void aRefusedAnswerIsDeclinedAndALostOneUnknown() {
        assertThat(disputes().accept(COMMAND, context(answering(422, "{\"name\": \"UNPROCESSABLE_ENTITY\"}"))))
                .isInstanceOf(DisputeResult.Declined.class);
        assertThat(disputes().accept(COMMAND, context(answering(500, "{}")))).isInstanceOf(DisputeResult.Unknown.class);
        assertThat(disputes().accept(COMMAND, context(answering(429, "{\"name\": \"RATE_LIMIT_REACHED\"}"))))
                .isInstanceOf(DisputeResult.NotExecuted.class);
    }
}
