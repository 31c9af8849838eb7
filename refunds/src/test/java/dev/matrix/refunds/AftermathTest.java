package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SlaCreditIssued;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.RefundAttemptStore;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundLegStore;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundSecretStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credits for missed service levels, destinations, erasure, retention, and what an older or a lonelier node makes of rows. */
class AftermathTest extends Flow {

    /** Pays to addresses, within this process; pending until it is told otherwise. */
    private static final class Chain implements RefundProvider {

        private final List<RefundCommand> sent = new ArrayList<>();
        private boolean settles = true;

        @Override
        public String name() {
            return "chain";
        }

        @Override
        public ProviderCapabilities capabilities() {
            return ProviderCapabilities.defaults()
                    .local()
                    .withKeyLifetime(ProviderCapabilities.FOREVER)
                    .withDestination()
                    .withResubmitPendingAfter(Duration.ofMinutes(10));
        }

        private ProviderResult.Known state(String own) {
            return settles
                    ? new ProviderResult.Succeeded("tx_" + own, ProviderFacts.none())
                    : new ProviderResult.Pending("tx_" + own, null, null, ProviderFacts.none());
        }

        @Override
        public ProviderResult submit(RefundCommand command, ProviderContext context) {
            sent.add(command);
            return state(command.ownReference());
        }

        @Override
        public LookupResult lookup(RefundProbe probe, ProviderContext context) {
            return new LookupResult.Found(state(probe.ownReference()));
        }

        @Override
        public Optional<String> destinationProblem(RefundDestination to) {
            return to.address().filter("0xbad"::equals).map(bad -> "It is no address.");
        }
    }

    private final Chain chain = new Chain();
    private final Refunds refunds = Refunds.on(matrix)
            .provider(BankRefunds.sound())
            .provider(chain)
            .followSlaCredits()
            .build();

    @Override
    Refunds refunds() {
        return refunds;
    }

    private SlaCreditIssued credit(String key, String amount, String tax) {
        Instant at = clock.instant();
        return SlaCreditIssued.builder()
                .id("slc_" + key)
                .owner(Owner.user("u_42"))
                .subscriptionId("sub_1")
                .tier("gold")
                .definitionVersion(1)
                .creditId("slc_" + key)
                .key(key)
                .period(new Period(at.minus(Duration.ofDays(30)), at, ZoneOffset.UTC))
                .base(eur("300.00"))
                .percent(BigDecimal.TEN)
                .amount(eur(amount))
                .tax(eur(tax))
                .settlement("refund")
                .reasons(List.of())
                .at(at)
                .build();
    }

    private void paid(String id, String amount, String tax) {
        Money captured = eur(amount);
        Capture capture = Capture.of(bank.capture(captured), captured, Instant.parse("2026-02-01T00:00:00Z"));
        refunds.payments()
                .record(PaymentDraft.of(id, Owner.user("u_42"), "bank", capture)
                        .tax(eur(tax), "tax_" + id)
                        .billed(null, "sub_1"));
    }

    @Test
    @Tag("A51")
    @Tag("R46")
    void aCreditForAMissedServiceLevelIsRefundedOnceWithItsOwnTax() {
        paid("pay_1", "119.00", "19.00");
        matrix.events().publish(credit("c1", "30.00", "5.70"));
        TestNode.drive(matrix);
        matrix.events().publish(credit("c1", "30.00", "5.70"));
        TestNode.drive(matrix);

        assertThat(all()).hasSize(1);
        assertThat(all().get(0).amount()).isEqualTo(eur("35.70"));
        assertThat(all().get(0).tax()).isEqualTo(eur("5.70"));
        assertThat(all().get(0).reason()).isEqualTo(RefundReason.SLA_CREDIT);
        PaymentRefunded event =
                (PaymentRefunded) events("payment.refunded").get(0).payload();
        assertThat(event.tax()).isEqualTo(eur("5.70"));
        // The customer's own key of the same name is another.
        RefundRequest own = exact("1.00", "c1");
        assertThat(refunds.refund(own)).isInstanceOf(RefundOutcome.Accepted.class);
    }

    @Test
    @Tag("A51")
    @Tag("R46")
    void aCreditThatIsNotCoveredIsFlaggedAndNothingIsDone() {
        paid("pay_1", "119.00", "19.00");
        refunds.refund(exact("99.00", "k"));
        TestNode.drive(matrix);
        matrix.events().publish(credit("c1", "30.00", "5.70"));
        matrix.events().publish(credit("c2", "-3.00", "0.00"));
        TestNode.drive(matrix);
        assertThat(all()).hasSize(1);
        assertThat(payment().refunded()).isEqualTo(eur("99.00"));
        assertThat(events("refund.attention_required")).hasSize(2);
    }

    private RefundRequest toAddress(String payment, String address, String key) {
        return RefundRequest.of(payment, new RefundAmount.Exact(eur("10.00")), RefundReason.GOODWILL, key)
                .via("chain")
                .withNote("A person's note.")
                .withMetadata(Map.of("ticket", "4711"))
                .to(RefundDestination.address(address));
    }

    @Test
    @Tag("R3")
    @Tag("R60")
    void aDestinationIsNeededOrRefusedAndReachesTheProviderAlone() {
        paid("pay_1", "100.00", "0.00");
        RefundRequest without = exact("10.00", "a").via("chain");
        assertThat(refused(refunds.refund(without))).isEqualTo(RefusalCode.DESTINATION_REQUIRED);
        assertThat(refused(refunds.refund(toAddress("pay_1", "0xbad", "b"))))
                .isEqualTo(RefusalCode.DESTINATION_INVALID);
        assertThatThrownBy(() -> refunds.refund(exact("1.00", "c").to(RefundDestination.address("0x1"))))
                .hasMessageContaining("takes no destination");
        Refund sent = accepted(refunds.refund(toAddress("pay_1", "0xa11ce", "d")));
        assertThat(accepted(refunds.refund(toAddress("pay_1", "0xa11ce", "d"))).id())
                .isEqualTo(sent.id());
        assertThat(refused(refunds.refund(toAddress("pay_1", "0xb0b", "d"))))
                .isEqualTo(RefusalCode.IDEMPOTENCY_KEY_REUSED);
        TestNode.drive(matrix);
        assertThat(chain.sent).hasSize(1);
        assertThat(chain.sent.get(0).destination()).isEqualTo(RefundDestination.address("0xa11ce"));
        assertThat(chain.sent.get(0).toString()).doesNotContain("0xa11ce");
        assertThat(sent.toString()).doesNotContain("0xa11ce");
    }

    @Test
    @Tag("A52")
    @Tag("R47")
    void anErasureEmptiesWhatIsPersonalAndLeavesTheFigures() {
        paid("pay_1", "100.00", "0.00");
        chain.settles = false;
        Refund sent = accepted(refunds.refund(toAddress("pay_1", "0xa11ce", "k")));
        TestNode.drive(matrix);
        Owner owner = Owner.user("u_42");
        assertThatThrownBy(() -> matrix.transactions().inTransaction(tx -> refunds.erase(tx, owner)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(sent.id());
        chain.settles = true;
        after(Duration.ofHours(1));
        Dispute dispute = refunds.disputes()
                .record(
                        "pay_1",
                        DisputeFacts.of("du_1", eur("5.00"), "fraudulent", clock.instant())
                                .withResponse(clock.instant().plusSeconds(60), Set.of(), false));
        refunds.disputes().saveEvidence(dispute.id(), new Evidence(Map.of("name", "Alice"), List.of()), "ann");

        int erased = matrix.transactions().<Integer>returning(tx -> refunds.erase(tx, owner));

        assertThat(erased).isEqualTo(1);
        assertThat(now(sent).note()).isEqualTo("erased");
        assertThat(now(sent).metadata()).isEmpty();
        assertThat(now(sent).amount()).isEqualTo(eur("10.00"));
        assertThat(refunds.disputes().evidence(dispute.id())).isEmpty();
        stores.transactions().inTransaction(tx -> {
            for (RefundSecretStore.Kind kind : RefundSecretStore.Kind.values()) {
                assertThat(stores.get(RefundSecretStore.class).after(tx, kind, null, 9))
                        .isEmpty();
            }
        });
        assertThat(matrix.transactions().<Integer>returning(tx -> refunds.erase(tx, owner)))
                .isZero();
    }

    @Test
    void aPendingRefundIsSentAgainUnderItsKeyAndKeepsItsAmount() {
        paid("pay_1", "100.00", "0.00");
        chain.settles = false;
        Refund sent = accepted(refunds.refund(toAddress("pay_1", "0xa11ce", "k")));
        TestNode.drive(matrix);
        after(Duration.ofMinutes(10));
        assertThat(chain.sent).hasSize(2);
        assertThat(chain.sent.get(1).idempotencyKey())
                .isEqualTo(chain.sent.get(0).idempotencyKey());
        assertThat(chain.sent.get(1).attempt()).isEqualTo(2);
        assertThat(now(sent).status()).isEqualTo(RefundStatus.PENDING);
        assertThat(payment().reserved()).isEqualTo(eur("10.00"));
    }

    @Test
    void whatIsOldEnoughIsDeleted() {
        paid("pay_1", "100.00", "0.00");
        Refund refund = accepted(refunds.refund(exact("10.00", "k")));
        TestNode.drive(matrix);
        String leg = refund.legs().get(0).id();
        after(Duration.ofDays(399));
        assertThat(attempts(leg)).hasSize(1);
        after(Duration.ofDays(2));
        assertThat(attempts(leg)).isEmpty();
        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    private List<RefundAttemptStore.AttemptRow> attempts(String leg) {
        return stores.transactions()
                .returning(tx -> stores.get(RefundAttemptStore.class).attempts(tx, leg));
    }

    private void spoil(String leg, String status, @Nullable String document) {
        stores.transactions().inTransaction(tx -> {
            RefundLegStore legs = stores.get(RefundLegStore.class);
            RefundLegStore.LegRow row = legs.find(tx, leg).orElseThrow();
            String json = document == null ? row.document() : document;
            legs.settle(tx, new LegChange(leg, status, null, clock.instant(), null, json), row.fence());
        });
    }

    @Test
    @Tag("R55")
    void aLegThatCannotBeReadRestsAloneAndOneOfANewerVersionIsLeftAlone() {
        paid("pay_1", "100.00", "0.00");
        paid("pay_2", "100.00", "0.00");
        paid("pay_3", "100.00", "0.00");
        String unreadable =
                accepted(refunds.refund(exact("1.00", "a"))).legs().get(0).id();
        RefundRequest other =
                RefundRequest.of("pay_2", new RefundAmount.Exact(eur("2.00")), RefundReason.GOODWILL, "b");
        Refund newer = accepted(refunds.refund(other));
        Refund sound = accepted(refunds.refund(
                RefundRequest.of("pay_3", new RefundAmount.Exact(eur("3.00")), RefundReason.GOODWILL, "c")));
        spoil(unreadable, "queued", "{\"keys\":7}");
        spoil(newer.legs().get(0).id(), "on_hold", null);

        TestNode.drive(matrix);

        assertThat(now(sound).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(bank.puts()).isEqualTo(1);
        assertThat(now(newer).status()).isEqualTo(RefundStatus.UNRECOGNISED);
        assertThat(now(newer).legs().get(0).status()).isEqualTo(LegStatus.UNRECOGNISED);
    }

    @Test
    @Tag("R55")
    void aLegWhoseProviderIsOnNoNodeIsFlaggedAfterAnHour() {
        paid("pay_1", "100.00", "0.00");
        Refund refund = accepted(refunds.refund(exact("10.00", "k")));
        Matrix lonely = TestNode.matrix(stores, clock, bank.transport());
        Refunds.on(lonely).build();
        clock.advance(Duration.ofMinutes(50));
        TestNode.drive(lonely);
        assertThat(now(refund).attention()).isEmpty();
        clock.advance(Duration.ofMinutes(20));
        TestNode.drive(lonely);
        assertThat(now(refund).attention()).containsExactly(Attention.CONFIGURATION);
        assertThat(bank.puts()).isZero();
        lonely.close();
        clock.advance(Duration.ofHours(1));
        TestNode.drive(matrix);
        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now(refund).attention()).isEmpty();
    }

    @Test
    @Tag("R14")
    void aNewKeyIsTakenOnceByItselfOnlyWhereThatWasChosenAndTheOldOneIsForgotten() {
        FakeBank absent = new FakeBank(clock);
        Matrix own = TestNode.matrix(Stores.inMemory(clock), clock, absent.transport());
        Refunds rekeying = Refunds.on(own)
                .provider(BankRefunds.sound())
                .rekeyAfterAbsence(true)
                .build();
        TestNode.record(rekeying, absent, "pay_1", "100.00");
        absent.always(Behaviour.ERROR_BEFORE_EXECUTION);
        Refund refund = accepted(rekeying.refund(exact("10.00", "k")));
        String leg = refund.legs().get(0).id();
        for (int hours = 0; hours < 23; hours++) {
            TestNode.drive(own);
            clock.advance(Duration.ofHours(1));
        }
        assertThat(absent.puts()).as("three rounds under the first key").isEqualTo(4);
        absent.always(Behaviour.ACCEPT);
        for (int hours = 0; hours < 12; hours++) {
            TestNode.drive(own);
            clock.advance(Duration.ofHours(1));
        }
        assertThat(rekeying.find(refund.id()).orElseThrow().status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(absent.executions()).hasSize(1);
        assertThat(rekeying.history(refund.id()))
                .extracting(RefundHistoryEntry::event)
                .contains("rekeyed");
        assertThat(rekeying.page(RefundQuery.all(), PageRequest.first(9)).items())
                .hasSize(1);
        assertThat(leg).startsWith("rfl_");
        List<BillingEvent> none = events("payment.refunded");
        assertThat(none).isEmpty();
        own.close();
    }
}
