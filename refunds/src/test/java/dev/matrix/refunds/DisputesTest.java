package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.RefundSecretStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Disputes from the inquiry to the appeal, what they hold back, and how they are answered. */
class DisputesTest extends Flow {

    private static final Set<DisputeAction> EVERYTHING = EnumSet.allOf(DisputeAction.class);

    private final FakeDisputes far = new FakeDisputes();
    private final Refunds refunds = Refunds.on(matrix)
            .provider(BankRefunds.sound().with(far, null))
            .autoAcceptDisputes(eur("5.00"))
            .build();
    private final Instant deadline = clock.instant().plus(Duration.ofDays(10));

    @Override
    Refunds refunds() {
        return refunds;
    }

    private DisputeFacts chargeback(String amount) {
        return DisputeFacts.of("du_1", eur(amount), "fraudulent", clock.instant())
                .withCapture("cpt_0")
                .withResponse(deadline, EVERYTHING, false);
    }

    private static DisputeFacts as(DisputeFacts facts, DisputeStage stage, DisputeStatus status) {
        return facts.withStatus(stage, status, status.name());
    }

    private static DisputeFacts ended(DisputeFacts facts, DisputeStatus status) {
        return as(facts, facts.stage(), status);
    }

    /** The bank shows it and tells of it. */
    private Dispute told(DisputeFacts facts) {
        far.show(facts);
        refunds.receive(
                "bank",
                FakeBank.told("evt_" + clock.instant(), clock.instant(), "dispute=" + facts.disputeRef() + ","));
        TestNode.drive(matrix);
        return dispute();
    }

    private Dispute dispute() {
        return refunds.disputes()
                .page(DisputeQuery.all(), PageRequest.first(10))
                .items()
                .get(0);
    }

    @Test
    @Tag("A24")
    @Tag("R27")
    @Tag("R26")
    @Tag("R20")
    void aChargebackBlocksRefundsAndItsEndDecidesWhatIsLeft() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Dispute opened = told(chargeback("100.00"));
        assertThat(opened.id()).startsWith("dsp_");
        assertThat(payment().disputed()).isEqualTo(eur("100.00"));
        assertThat(events("dispute.opened")).hasSize(1);
        assertThat(refused(refunds.refund(exact("1.00", "a")))).isEqualTo(RefusalCode.PAYMENT_DISPUTED);

        far.show(chargeback("100.00").withBlocking(false));
        after(Duration.ofDays(1));
        assertThat(payment().disputed().isZero()).as("the daily fetch").isTrue();
        far.show(ended(chargeback("100.00"), DisputeStatus.WON));
        after(Duration.ofDays(1));
        assertThat(dispute().status()).isEqualTo(DisputeStatus.WON);
        assertThat(refunds.refund(exact("10.00", "b"))).isInstanceOf(RefundOutcome.Accepted.class);
        TestNode.drive(matrix);

        clock.advance(Duration.ofMinutes(1));
        told(ended(chargeback("30.00").withMovements(eur("30.00"), null, null), DisputeStatus.LOST));
        assertThat(payment().refundable()).isEqualTo(eur("60.00"));
        clock.advance(Duration.ofMinutes(1));
        told(ended(chargeback("100.00"), DisputeStatus.LOST));
        assertThat(refused(refunds.refund(exact("1.00", "c")))).isEqualTo(RefusalCode.CHARGED_BACK);
    }

    @Test
    @Tag("A41")
    @Tag("R37")
    @Tag("R23")
    void anEndIsNotAlwaysTheLastWord() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        DisputeFacts taken = chargeback("80.00").withMovements(eur("80.00"), null, eur("15.00"));
        told(ended(taken, DisputeStatus.LOST));
        assertThat(payment().disputed()).isEqualTo(eur("80.00"));
        assertThat(refunds.ledger().ofPayment("pay_1"))
                .extracting(RefundLedger.Posting::account)
                .contains(RefundLedger.Account.DISPUTES, RefundLedger.Account.PROVIDER_FEES);
        assertThat(posted().isZero()).isTrue();

        clock.advance(Duration.ofDays(40));
        told(ended(taken.withMovements(eur("80.00"), eur("80.00"), eur("15.00")), DisputeStatus.WON));

        assertThat(payment().disputed().isZero()).isTrue();
        assertThat(posted().isZero()).isTrue();
        assertThat(refunds.ledger().ofPayment("pay_1").stream()
                        .filter(row -> row.account() == RefundLedger.Account.DISPUTES)
                        .map(RefundLedger.Posting::amount)
                        .reduce(eur("0.00"), Money::plus)
                        .isZero())
                .as("what was taken came back")
                .isTrue();
        assertThat(events("dispute.closed")).hasSize(2);
        assertThat(refunds.refund(exact("100.00", "k"))).isInstanceOf(RefundOutcome.Accepted.class);
    }

    @Test
    @Tag("A42")
    @Tag("R38")
    void aDisputeAboveWhatWasCapturedOrInAnotherCurrencyHoldsItAll() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        told(chargeback("108.00"));
        assertThat(payment().disputed()).isEqualTo(eur("100.00"));
        assertThat(payment().refundable().isZero()).isTrue();
        assertThat(dispute().amount()).isEqualTo(eur("108.00"));

        Money dollars = Money.of("120.00", "USD");
        clock.advance(Duration.ofMinutes(1));
        told(chargeback("108.00").withMovements(dollars, null, null));
        assertThat(payment().disputed()).isEqualTo(eur("100.00"));
        assertThat(refunds.ledger().ofPayment("pay_1"))
                .extracting(RefundLedger.Posting::amount)
                .containsExactlyInAnyOrder(dollars, dollars.negated());
    }

    @Test
    @Tag("A25")
    @Tag("R27")
    void refundsAndDisputesTogetherAreExposure() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        refunds.refund(exact("40.00", "k"));
        TestNode.drive(matrix);
        told(chargeback("100.00"));
        assertThat(payment().attention()).containsExactly(Attention.EXPOSURE);
        assertThat(events("refund.attention_required")).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        told(ended(chargeback("100.00"), DisputeStatus.WON));
        assertThat(payment().attention()).isEmpty();
    }

    @Test
    @Tag("A26")
    @Tag("R26")
    void anUnknownStatusIsFlaggedAndChangesNeitherDeadlineNorMoney() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        told(chargeback("60.00"));
        clock.advance(Duration.ofMinutes(1));
        DisputeFacts odd = chargeback("60.00")
                .withStatus(DisputeStage.CHARGEBACK, DisputeStatus.UNRECOGNISED, "xyz")
                .withBlocking(false)
                .withResponse(null, Set.of(), false);
        Dispute dispute = told(odd);
        assertThat(dispute.status()).isEqualTo(DisputeStatus.UNRECOGNISED);
        assertThat(dispute.rawStatus()).isEqualTo("xyz");
        assertThat(dispute.attention()).containsExactly(Attention.UNRECOGNISED_STATUS);
        assertThat(dispute.respondBy()).isEqualTo(deadline);
        assertThat(payment().disputed()).isEqualTo(eur("60.00"));
    }

    @Test
    @Tag("R26")
    void stagesGoForwardAndStatusesWithinThem() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        DisputeFacts facts = chargeback("60.00");
        told(as(facts, DisputeStage.INQUIRY, DisputeStatus.NEEDS_RESPONSE).withBlocking(false));
        assertThat(payment().disputed().isZero()).isTrue();
        for (DisputeStage stage : DisputeStage.values()) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(told(as(facts, stage, DisputeStatus.UNDER_REVIEW)).stage())
                    .isEqualTo(stage);
            clock.advance(Duration.ofMinutes(1));
            told(as(facts, stage, DisputeStatus.LOST));
        }
        clock.advance(Duration.ofMinutes(1));
        Dispute stays = told(as(facts, DisputeStage.ARBITRATION, DisputeStatus.WON));
        assertThat(stays.stage()).as("an earlier stage tells nothing new").isEqualTo(DisputeStage.APPEAL);
        assertThat(stays.status()).isEqualTo(DisputeStatus.LOST);
    }

    @Test
    @Tag("A27")
    @Tag("R28")
    void evidenceIsADraftUntilItIsSubmittedInTimeAndOnce() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String id = told(chargeback("60.00")).id();
        assertThat(refunds.disputes().submit(id, "ann")).isInstanceOf(DisputeOutcome.Refused.class);
        Evidence evidence = new Evidence(
                Map.of("product_description", "Hosting."),
                List.of(new Evidence.File("receipt", "r.pdf", "application/pdf", new byte[(1 << 20) + 7])));
        Dispute draft = refunds.disputes().saveEvidence(id, evidence, "ann");
        assertThat(draft.evidence()).isEqualTo(Dispute.EvidenceState.DRAFT);
        Evidence read = refunds.disputes().evidence(id).orElseThrow();
        assertThat(read.texts()).isEqualTo(evidence.texts());
        assertThat(read.files().get(0).content()).hasSize((1 << 20) + 7);
        assertThat(evidence.toString()).doesNotContain("Hosting");

        clock.set(deadline);
        assertThat(refunds.disputes().submit(id, "ann")).isInstanceOf(DisputeOutcome.Taken.class);
        assertThat(far.answers()).containsExactly("evidence [product_description] 1");
        assertThat(dispute().evidence()).isEqualTo(Dispute.EvidenceState.SUBMITTED);
        assertThat(refunds.disputes().submit(id, "ann")).isInstanceOf(DisputeOutcome.Refused.class);
        assertThatThrownBy(() -> refunds.disputes().saveEvidence(id, evidence, "ann"))
                .isInstanceOf(ConflictException.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refunds.disputes().accept(id, "ann")).isInstanceOf(DisputeOutcome.Refused.class);
        assertThat(far.answers()).hasSize(1);
    }

    @Test
    @Tag("A27")
    @Tag("R28")
    void whatTheProviderDoesNotListOrTakesNoAnswerToIsRefusedWithoutACall() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String id = told(chargeback("60.00").withResponse(deadline, Set.of(DisputeAction.ACCEPT), false))
                .id();
        assertThat(refunds.disputes().offer(id, eur("10.00"), "ann", null)).isInstanceOf(DisputeOutcome.Refused.class);
        clock.advance(Duration.ofMinutes(1));
        told(chargeback("60.00").withResponse(null, EVERYTHING, false));
        assertThat(refunds.disputes().accept(id, "ann")).isInstanceOf(DisputeOutcome.Refused.class);
        assertThat(far.answers()).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        told(chargeback("60.00"));
        assertThat(refunds.disputes().offer(id, eur("10.00"), "ann", null)).isInstanceOf(DisputeOutcome.Taken.class);
        assertThat(far.answers()).containsExactly("offer 10.00 EUR");
        assertThat(bank.executions()).as("an answer makes no refund").isEmpty();
    }

    @Test
    @Tag("R28")
    void anAnswerInDoubtIsFetchedBeforeAnotherIsSent() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String id = told(chargeback("60.00")).id();
        refunds.disputes().saveEvidence(id, new Evidence(Map.of("a", "b"), List.of()), "ann");
        far.loseNextReply();
        DisputeOutcome lost = refunds.disputes().submit(id, "ann");
        assertThat(lost).isInstanceOf(DisputeOutcome.Unknown.class);
        assertThat(lost.toString()).doesNotContain("secret");
        assertThat(dispute().answerInDoubt()).isEqualTo(DisputeAction.SUBMIT_EVIDENCE);

        far.down(true);
        assertThat(refunds.disputes().submit(id, "ann")).isInstanceOf(DisputeOutcome.Refused.class);
        far.down(false);
        after(Duration.ofMinutes(2));

        assertThat(dispute().evidence()).isEqualTo(Dispute.EvidenceState.SUBMITTED);
        assertThat(dispute().answerInDoubt()).isNull();
        assertThat(refunds.disputes().submit(id, "ann")).isInstanceOf(DisputeOutcome.Refused.class);
        assertThat(far.answers()).hasSize(1);
    }

    @Test
    @Tag("R29")
    void eachDeadlineIsRemindedOfOnceForEachLeadTime() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        told(chargeback("60.00"));
        clock.set(deadline.minus(Duration.ofDays(3)).minusSeconds(1));
        TestNode.drive(matrix);
        assertThat(events("dispute.evidence_due")).isEmpty();
        after(Duration.ofSeconds(1));
        after(Duration.ofMinutes(1));
        assertThat(events("dispute.evidence_due")).hasSize(1);
        assertThat(events("dispute.evidence_due").get(0).owner()).isEqualTo(Owner.platform());
        after(Duration.ofDays(2));
        assertThat(events("dispute.evidence_due")).hasSize(2);
        after(Duration.ofHours(23));
        assertThat(events("dispute.evidence_due")).hasSize(2);
    }

    @Test
    @Tag("R29")
    void aSmallDisputeIsAcceptedOnceByAFreshFetch() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        told(chargeback("5.00"));
        after(Duration.ofDays(1));
        assertThat(far.answers()).as("the limit itself is not below it").isEmpty();

        far.show(DisputeFacts.of("du_2", eur("4.99"), "fraudulent", clock.instant())
                .withCapture("cpt_0")
                .withResponse(deadline, EVERYTHING, false));
        refunds.receive("bank", FakeBank.told("evt_2", clock.instant(), "dispute=du_2,"));
        TestNode.drive(matrix);
        after(Duration.ofDays(1));
        after(Duration.ofDays(1));
        assertThat(far.answers()).containsExactly("accept");
        assertThat(payment().disputed()).isEqualTo(eur("9.99"));
    }

    @Test
    @Tag("R60")
    @Tag("R50")
    void hostsRecordDisputesThatNobodyCanBeAskedFor() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        TestNode.record(refunds, bank, "pay_2", "100.00");
        Dispute first = refunds.disputes().record("pay_1", chargeback("20.00"));
        assertThat(refunds.disputes().record("pay_1", chargeback("20.00")).id()).isEqualTo(first.id());
        assertThatThrownBy(() -> refunds.disputes().record("pay_2", chargeback("20.00")))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() ->
                        refunds.disputes().record("pay_1", DisputeFacts.of("a/b", eur("1.00"), "x", clock.instant())))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(refused(refunds.refund(exact("1.00", "k")))).isEqualTo(RefusalCode.PAYMENT_DISPUTED);
    }

    @Test
    @Tag("R8")
    void aScheduledRefundDoesNotStartWhileItsPaymentIsDisputed() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Refund scheduled = accepted(
                refunds.refund(exact("10.00", "k").executeAt(clock.instant().plus(Duration.ofHours(1)))));
        refunds.disputes().record("pay_1", chargeback("20.00"));
        far.show(chargeback("20.00"));
        after(Duration.ofHours(2));
        assertThat(now(scheduled).status()).isEqualTo(RefundStatus.CANCELLED);
        assertThat(payment().reserved().isZero()).isTrue();
        assertThat(bank.puts()).isZero();
    }

    @Test
    @Tag("R28")
    void aProviderMaySayNoAndNothingWasSentMayBeTriedAgain() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String id = told(chargeback("60.00")).id();
        far.answerNext(new DisputeResult.Declined("Too late for us."));
        assertThat(refunds.disputes().accept(id, "ann")).isEqualTo(new DisputeOutcome.Refused("Too late for us."));
        far.answerNext(new DisputeResult.NotExecuted(Attempted.RATE_LIMITED, "Slow down.", null));
        assertThat(refunds.disputes().accept(id, "ann").toString()).contains("try again", "Slow down");
        assertThat(dispute().answerInDoubt()).isNull();
        assertThat(dispute().status()).isEqualTo(DisputeStatus.NEEDS_RESPONSE);
        assertThat(refunds.disputes().accept(id, "ann")).isInstanceOf(DisputeOutcome.Taken.class);
        assertThat(dispute().status()).isEqualTo(DisputeStatus.ACCEPTED);
        assertThat(payment().disputed()).isEqualTo(eur("60.00"));

        DisputeProvider bare = new DisputeProvider() {
            @Override
            public DisputeLookup fetch(String disputeRef, ProviderContext context) {
                return new DisputeLookup.Absent();
            }

            @Override
            public DisputeResult submitEvidence(DisputeCommand command, Evidence evidence, ProviderContext context) {
                return new DisputeResult.Pending();
            }

            @Override
            public DisputeResult accept(DisputeCommand command, ProviderContext context) {
                return new DisputeResult.Pending();
            }
        };
        DisputeProvider.DisputeCommand command = new DisputeProvider.DisputeCommand("du_1", "k", null);
        assertThat(bare.oneSubmission()).isTrue();
        assertThat(bare.offer(command, eur("1.00"), bank.context())).isInstanceOf(DisputeResult.Declined.class);
        assertThat(far.fetch("du_none", bank.context())).isInstanceOf(DisputeLookup.Absent.class);
    }

    @Test
    void evidenceIsSealedAgainAfterARotation() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String id = told(chargeback("60.00")).id();
        refunds.disputes().saveEvidence(id, new Evidence(Map.of("name", "Alice"), List.of()), "ann");
        RefundSecretStore.SecretRow before = sealed(id);
        assertThat(before.toString()).doesNotContain("Alice").contains(id);
        matrix.keys().rotate("refund-evidence", clock.instant());
        after(Duration.ofMinutes(11));
        after(Duration.ofMinutes(11));
        assertThat(sealed(id).sealed()).isNotEqualTo(before.sealed());
        assertThat(refunds.disputes().evidence(id).orElseThrow().texts()).containsEntry("name", "Alice");
    }

    private RefundSecretStore.SecretRow sealed(String dispute) {
        return stores.transactions()
                .returning(tx -> stores.get(RefundSecretStore.class)
                        .of(tx, RefundSecretStore.Kind.EVIDENCE, dispute)
                        .get(0));
    }
}
