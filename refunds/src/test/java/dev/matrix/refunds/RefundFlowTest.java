package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Finish;
import dev.matrix.refunds.spi.RefundAttemptStore;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refunds from the request to their end, with a bank that behaves and one that doesn't. */
class RefundFlowTest extends Flow {

    private final Refunds refunds = Refunds.on(matrix)
            .provider(BankRefunds.sound())
            .policy(RefundPolicy.approvalAbove(eur("500.00")))
            .build();

    @Override
    Refunds refunds() {
        return refunds;
    }

    @Test
    @Tag("R10")
    @Tag("R23")
    @Tag("R41")
    void aRefundIsReservedSentSettledPostedAndPublished() {
        TestNode.record(refunds, bank, "pay_1", "100.00");

        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        assertThat(refund.status()).isEqualTo(RefundStatus.QUEUED);
        assertThat(payment().reserved()).isEqualTo(eur("60.00"));
        assertThat(payment().refundable()).isEqualTo(eur("40.00"));
        TestNode.drive(matrix);

        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(payment().reserved().isZero()).isTrue();
        assertThat(payment().refunded()).isEqualTo(eur("60.00"));
        assertThat(bank.executions()).hasSize(1);
        assertThat(refunds.ledger().ofPayment("pay_1").stream()
                        .map(RefundLedger.Posting::amount)
                        .reduce(eur("0.00"), Money::plus)
                        .isZero())
                .isTrue();
        BillingEvent event = events("payment.refunded").get(0);
        assertThat(event.key()).isEqualTo("matrix:" + refund.legs().get(0).id() + ".refunded");
        assertThat(((PaymentRefunded) event.payload()).amount()).isEqualTo(eur("60.00"));
        assertThat(events("refund.requested")).hasSize(1);
        assertThat(refunds.history(refund.id()))
                .extracting(RefundHistoryEntry::event)
                .containsExactly("requested", "succeeded");
        assertThat(refunds.refundsByStatus()).containsExactly(Map.entry(RefundStatus.SUCCEEDED, 1L));
    }

    @Test
    @Tag("R5")
    @Tag("R49")
    @Tag("A2")
    void aRepeatedKeyReplaysAndAnotherRequestUnderItIsRefused() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Refund first = accepted(refunds.refund(exact("5.00", "k1")));
        TestNode.drive(matrix);

        RefundOutcome again = refunds.refund(exact("5.0", "k1"));

        assertThat(((RefundOutcome.Accepted) again).replayed()).isTrue();
        assertThat(accepted(again).id()).isEqualTo(first.id());
        assertThat(accepted(again).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(refused(refunds.refund(exact("6.00", "k1")))).isEqualTo(RefusalCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(accepted(refunds.refund(exact("5.00", "k2"))).id()).isNotEqualTo(first.id());
        TestNode.drive(matrix);
        assertThat(bank.puts()).isEqualTo(2);
    }

    @Test
    @Tag("A3")
    @Tag("R11")
    @Tag("R13")
    void aLostReplyIsUnknownAndHeldUntilALookupFindsIt() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.DROP_AFTER_EXECUTION);
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);

        assertThat(now(refund).status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(payment().reserved()).isEqualTo(eur("60.00"));
        assertThat(payment().refundable()).isEqualTo(eur("40.00"));
        after(Duration.ofSeconds(9));
        assertThat(now(refund).status()).isEqualTo(RefundStatus.UNKNOWN);
        after(Duration.ofSeconds(1));

        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(bank.executions()).hasSize(1);
        assertThat(bank.puts()).isEqualTo(1);
    }

    @Test
    @Tag("A5")
    @Tag("A40")
    @Tag("R13")
    void anAbsenceIsBelievedOnlyWhenItCanBeAndThenTheSameKeyIsSent() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.DROP_BEFORE_EXECUTION);
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);
        after(Duration.ofSeconds(10));
        after(Duration.ofMinutes(4));
        assertThat(bank.puts()).as("before an absence can be believed").isEqualTo(1);

        after(Duration.ofMinutes(6));

        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(bank.puts()).isEqualTo(2);
        String leg = refund.legs().get(0).id();
        assertThat(bank.executions()).extracting(e -> e.ownReference()).containsExactly(leg);
        List<RefundAttemptStore.AttemptRow> attempts = stores.transactions()
                .returning(tx -> stores.get(RefundAttemptStore.class).attempts(tx, leg));
        assertThat(attempts).extracting(RefundAttemptStore.AttemptRow::key).containsExactly(leg, leg);
    }

    @Test
    @Tag("A7")
    @Tag("R13")
    @Tag("R14")
    void threeRoundsUnderOneKeyThenAPersonHasToLook() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.always(Behaviour.ERROR_BEFORE_EXECUTION);
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);
        for (int hours = 0; hours < 20; hours++) {
            after(Duration.ofHours(1));
        }
        assertThat(bank.puts()).isEqualTo(4);
        assertThat(now(refund).attention()).containsExactly(Attention.REVIEW);
        assertThat(payment().reserved()).isEqualTo(eur("60.00"));
        assertThat(events("refund.attention_required")).hasSize(1);
        assertThat(events("refund.attention_required").get(0).owner()).isEqualTo(Owner.platform());

        bank.always(Behaviour.ACCEPT);
        String leg = refund.legs().get(0).id();
        refunds.resolve(leg, new LegResolution.Resubmit(true), "ann", "The bank says no.");
        TestNode.drive(matrix);

        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now(refund).attention()).isEmpty();
        assertThat(bank.executions()).hasSize(1);
    }

    @Test
    @Tag("A5")
    void beyondTheKeysLifetimeNothingIsSentAndAPersonHasToLook() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.DROP_BEFORE_EXECUTION);
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);
        after(Duration.ofHours(25));

        assertThat(bank.puts()).isEqualTo(1);
        assertThat(now(refund).attention()).contains(Attention.REVIEW);
        assertThat(now(refund).status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThatThrownBy(() ->
                        refunds.resolve(refund.legs().get(0).id(), new LegResolution.Resubmit(false), "ann", null))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    @Tag("R12")
    @Tag("A6")
    void aRefusalAfterADoubtfulAttemptCountsOnlyWhenALookupAgrees() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.DROP_BEFORE_EXECUTION);
        bank.next(Behaviour.DECLINE);
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);
        after(Duration.ofMinutes(6));

        assertThat(now(refund).status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(payment().reserved()).isEqualTo(eur("60.00"));
    }

    @Test
    @Tag("A8")
    @Tag("R10")
    @Tag("R18")
    void aRefusalReleasesAndWhatWasNotExecutedIsTriedAgain() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.DECLINE);
        Refund declined = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);
        assertThat(now(declined).status()).isEqualTo(RefundStatus.FAILED);
        assertThat(payment().refundable()).isEqualTo(eur("100.00"));
        assertThat(events("refund.failed")).hasSize(1);

        bank.next(Behaviour.RATE_LIMIT);
        Refund limited = accepted(refunds.refund(exact("60.00", "k2")));
        TestNode.drive(matrix);
        assertThat(now(limited).status()).isEqualTo(RefundStatus.QUEUED);
        after(Duration.ofSeconds(29));
        assertThat(now(limited).status()).as("the bank asked for 30 s").isEqualTo(RefundStatus.QUEUED);
        after(Duration.ofSeconds(2));
        assertThat(now(limited).status()).isEqualTo(RefundStatus.SUCCEEDED);

        bank.next(Behaviour.EXPIRED_CREDENTIALS);
        Refund misconfigured = accepted(refunds.refund(exact("1.00", "k3")));
        TestNode.drive(matrix);
        assertThat(now(misconfigured).attention()).containsExactly(Attention.CONFIGURATION);
        after(Duration.ofMinutes(1));
        assertThat(now(misconfigured).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now(misconfigured).attention()).isEmpty();
    }

    @Test
    @Tag("A10")
    @Tag("R16")
    void aLateFailureIsReversedOnceAndTheAmountIsFreeAgain() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        TestNode.drive(matrix);
        bank.finish(refund.legs().get(0).id(), Finish.FAILED);

        refunds.advance(refund.id());
        refunds.advance(refund.id());

        assertThat(now(refund).status()).isEqualTo(RefundStatus.FAILED);
        assertThat(payment().refundable()).isEqualTo(eur("100.00"));
        assertThat(events("payment.refund_reversed")).hasSize(1);
        assertThat(refunds.ledger().ofPayment("pay_1"))
                .filteredOn(p -> p.kind().equals("reversed"))
                .hasSize(2);
    }

    @Test
    @Tag("A14")
    @Tag("R6")
    @Tag("R7")
    void capturesAreRefundedOldestFirstAndTheStatusFollowsFromTheLegs() {
        Instant first = Instant.parse("2026-02-01T00:00:00Z");
        PaymentDraft draft = PaymentDraft.of("pay_1", Owner.user("u_42"), "bank", Capture.of("c1", eur("70.00"), first))
                .and(Capture.of("c2", eur("50.00"), first.plusSeconds(1)));
        refunds.payments().record(draft);
        bank.next(Behaviour.ACCEPT);
        bank.next(Behaviour.DECLINE);

        Refund refund = accepted(refunds.refund(exact("100.00", "k1")));
        assertThat(refund.legs()).extracting(RefundLeg::amount).containsExactly(eur("70.00"), eur("30.00"));
        refunds.advance(refund.id());

        assertThat(now(refund).status()).isEqualTo(RefundStatus.PARTIALLY_SUCCEEDED);
        assertThat(payment().refunded()).isEqualTo(eur("70.00"));
        assertThat(payment().reserved().isZero()).isTrue();
        assertThat(payment().refundable()).isEqualTo(eur("50.00"));
    }

    @Test
    @Tag("A13")
    @Tag("A44")
    @Tag("R3")
    void whatCantBeMeantIsMalformedAndWhatCantBeDoneIsRefused() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        for (String amount : List.of("0.00", "-5.00", "-0.01")) {
            assertThatThrownBy(() -> exact(amount, "k")).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> Money.of("10.005", "USD")).isInstanceOf(ArithmeticException.class);
        RefundRequest dollars =
                RefundRequest.of("pay_1", new RefundAmount.Exact(Money.of("1.00", "USD")), RefundReason.GOODWILL, "k");
        assertThat(refused(refunds.refund(dollars))).isEqualTo(RefusalCode.CURRENCY_MISMATCH);
        assertThat(refused(refunds.refund(exact("100.01", "k")))).isEqualTo(RefusalCode.AMOUNT_EXCEEDS_REFUNDABLE);
        assertThat(refused(refunds.refund(exact("1.00", "k").via("nobody"))))
                .isEqualTo(RefusalCode.PROVIDER_NOT_REGISTERED);
        assertThatThrownBy(() -> refunds.refund(exact("1.00", "k").withOptions(Map.of("x", "y"))))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> exact("1.00", "k").withNote("a\0b")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> refunds.refundRemaining("pay_9", RefundReason.GOODWILL))
                .isInstanceOf(NotFoundException.class);
        assertThat(payment().reserved().isZero()).isTrue();
        assertThat(events("refund.requested")).isEmpty();
    }

    @Test
    @Tag("A4")
    @Tag("R9")
    @Tag("R11")
    void aNodeThatDiesAfterItsClaimLeavesALookupAndNotAGuess() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Refund refund = accepted(refunds.refund(exact("60.00", "k1")));
        // The claim step alone, as if the node died before its lane began.
        while (!matrix.runDueStep().orElse("").equals("refunds.claim")) {
            assertThat(matrix.nextDue()).isNotNull();
        }
        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUBMITTING);
        clock.advance(Duration.ofMinutes(2));
        Matrix second = TestNode.matrix(stores, clock, bank.transport());
        Refunds.on(second).provider(BankRefunds.sound()).build();
        TestNode.drive(second);
        assertThat(now(refund).status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(bank.puts()).isZero();

        // The first node's lane wakes up: its lease is over, so it sends nothing, and its result counts for nothing.
        TestNode.drive(matrix);
        assertThat(bank.puts()).isZero();
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofMinutes(2));
            TestNode.drive(second);
        }
        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(bank.executions()).hasSize(1);
        second.close();
    }

    @Test
    @Tag("R54")
    @Tag("A57")
    void nothingThatAProviderSaysMakesASettleFail() {
        List<RefundProvider> hostile = new ArrayList<>();
        for (ProviderResult result : Arrays.asList(
                null,
                new ProviderResult.Succeeded("a/b c", ProviderFacts.none()),
                new ProviderResult.Succeeded("other", ProviderFacts.none().withReferences("rfl_another", null)),
                new ProviderResult.Succeeded("dollars", ProviderFacts.ofAmount(Money.of("1.00", "USD"))),
                new ProviderResult.Unknown("x\0".repeat(1 << 19)))) {
            hostile.add(new Hostile("hostile" + hostile.size(), result));
        }
        ManualClock time = ManualClock.at("2026-03-01T10:00:00Z");
        Matrix own = TestNode.matrix(Stores.inMemory(time), time, bank.transport());
        RefundsBuilder builder = Refunds.on(own);
        hostile.forEach(builder::provider);
        Refunds all = builder.build();
        for (RefundProvider provider : hostile) {
            all.payments()
                    .record(PaymentDraft.of(
                            "pay_" + provider.name(),
                            Owner.user("u"),
                            provider.name(),
                            Capture.of("c", eur("5.00"), time.instant())));
            all.refundRemaining("pay_" + provider.name(), RefundReason.GOODWILL);
        }
        TestNode.drive(own);
        for (Refund refund : all.page(RefundQuery.all(), PageRequest.first(50)).items()) {
            assertThat(refund.status()).as(refund.paymentId()).isEqualTo(RefundStatus.UNKNOWN);
            assertThat(String.valueOf(refund.legs().get(0).message()).length()).isLessThanOrEqualTo(1_000);
        }
    }

    /** Answers as it was told; then throws an Error with a secret in it. */
    private record Hostile(String name, @Nullable ProviderResult result) implements RefundProvider {

        @Override
        public ProviderCapabilities capabilities() {
            return ProviderCapabilities.defaults().local();
        }

        @Override
        @SuppressWarnings("NullAway")
        public ProviderResult submit(RefundCommand command, ProviderContext context) {
            return result;
        }

        @Override
        public LookupResult lookup(RefundProbe probe, ProviderContext context) {
            throw new AssertionError("secret");
        }
    }
}
