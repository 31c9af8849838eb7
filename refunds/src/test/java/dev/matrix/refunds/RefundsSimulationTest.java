package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeStore;
import dev.matrix.refunds.spi.PaymentStore;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.RefundFeed;
import dev.matrix.refunds.spi.RefundLedgerStore;
import dev.matrix.refunds.spi.RefundLegStore;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundLegStoreContract;
import dev.matrix.refunds.spi.Subject.RefundSubject;
import dev.matrix.testkit.sim.Faults;
import dev.matrix.testkit.sim.Seeds;
import dev.matrix.testkit.sim.SimulatedNode;
import dev.matrix.testkit.sim.Simulation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever crashes, stalls or gets lost: never too much, never twice, and every leg ends or asks for a person. */
class RefundsSimulationTest {

    private static final Owner OWNER = Owner.user("u_42");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Money eur(long cents) {
        return Money.ofMinor(cents, Currencies.iso().get("EUR"));
    }

    /** Three nodes over one storage and one bank. */
    private static final class Scenario {

        private final long seed;
        private final BankRefunds.Flaw flaw;
        private final UnaryOperator<ProviderCapabilities> capabilities;
        private final FakeBank bank = new FakeBank(InstantSource.system());
        private final Map<String, Refunds> refunds = new HashMap<>();
        private final FakeDisputes disputes = new FakeDisputes();
        private final List<RefundSubject> desk = new ArrayList<>();
        private UnaryOperator<RefundLegStore> legs = UnaryOperator.identity();
        private int recorded;
        private int requested;
        private int disputed;

        Scenario(long seed) {
            this(seed, BankRefunds.Flaw.NONE, UnaryOperator.identity());
        }

        Scenario(long seed, BankRefunds.Flaw flaw, UnaryOperator<ProviderCapabilities> capabilities) {
            this.seed = seed;
            this.flaw = flaw;
            this.capabilities = capabilities;
        }

        private Matrix node(SimulatedNode node) {
            Matrix matrix = node.builder().build();
            BankRefunds provider = new BankRefunds(flaw, capabilities.apply(BankRefunds.usual()))
                    .with(disputes, (since, cursor, context) -> new RefundFeed.FeedPage(desk, null));
            refunds.put(node.name(), Refunds.on(matrix).provider(provider).build());
            return matrix;
        }

        private Refunds of(SimulatedNode node) {
            return Objects.requireNonNull(refunds.get(node.name()));
        }

        private void record(SimulatedNode node) {
            String id = "pay_" + ++recorded;
            Capture capture = Capture.of(bank.capture(eur(10_000)), eur(10_000), Instant.parse("2025-12-31T00:00:00Z"));
            of(node).payments()
                    .record(PaymentDraft.of(id, OWNER, "bank", capture).tax(eur(1_597), "tax_" + id));
        }

        private void refund(SimulatedNode node) {
            if (recorded > 0) {
                String payment = "pay_" + (1 + node.random().nextInt(recorded));
                RefundAmount amount =
                        new RefundAmount.Exact(eur(1_000 + node.random().nextInt(5_000)));
                String key = "k" + (++requested / 2);
                try {
                    of(node).refund(RefundRequest.of(payment, amount, RefundReason.GOODWILL, key));
                } catch (NotFoundException unrecorded) {
                    assertThat(unrecorded).hasMessageContaining(payment);
                }
            }
        }

        /** Somebody refunds a little at the bank's own desk; every other time the bank tells of it. */
        private void desk(SimulatedNode node) {
            if (recorded > 0) {
                String capture = "cpt_" + node.random().nextInt(recorded);
                String ref = bank.desk(capture, eur(100), "settled");
                desk.add(new RefundSubject(null, ref, capture));
                if (desk.size() % 2 == 0) {
                    of(node).receive("bank", FakeBank.told("evt_" + ref, NOW, "refund=," + ref + "," + capture));
                }
            }
        }

        /** A dispute is opened, or the one before goes on; the bank tells of it. */
        private void dispute(SimulatedNode node) {
            if (recorded > 0) {
                disputed += node.random().nextInt(2);
                DisputeStatus[] all = DisputeStatus.values();
                DisputeStatus status = all[node.random().nextInt(all.length - 1)];
                DisputeFacts facts = DisputeFacts.of("du_" + disputed, eur(3_000), "fraudulent", NOW)
                        .withCapture("cpt_" + disputed % recorded)
                        .withStatus(DisputeStage.CHARGEBACK, status, status.name());
                disputes.show(facts);
                String event = "evt_d" + node.random().nextLong();
                of(node).receive("bank", FakeBank.told(event, NOW, "dispute=du_" + disputed + ","));
            }
        }

        Scenario over(UnaryOperator<RefundLegStore> flawed) {
            legs = flawed;
            return this;
        }

        void run() {
            Simulation simulation = Simulation.seeded(seed)
                    .stores(time -> {
                        Stores sound = Stores.inMemory(time);
                        return sound.with(RefundLegStore.class, legs.apply(sound.get(RefundLegStore.class)));
                    })
                    .nodes(3, this::node)
                    .faults(faults())
                    .receiver(bank::answer)
                    .action("record", Duration.ofSeconds(20), this::record)
                    .action("refund", Duration.ofSeconds(6), this::refund)
                    .action("desk", Duration.ofSeconds(40), this::desk)
                    .action("dispute", Duration.ofSeconds(50), this::dispute)
                    .invariant("figures", this::figures)
                    .build();
            simulation.run(Duration.ofMinutes(4)).settle(Duration.ofDays(3));
        }

        /** A flaw shows sooner where more is lost. */
        private Faults faults() {
            Faults usual = Faults.standard().withCrash(0.004).withStall(0.01, Duration.ofMinutes(3));
            return flaw == BankRefunds.Flaw.NONE ? usual : usual.withNetwork(0.4, 0.1, 0.01, 0.03);
        }

        private void figures(Simulation simulation) {
            Stores stores = simulation.stores();
            Forms forms = new Forms(JsonCodec.of(Currencies.iso()), Currencies.iso());
            stores.transactions().inTransaction(tx -> {
                for (PaymentRow row : stores.get(PaymentStore.class)
                        .page(tx, null, PageRequest.first(1_000))
                        .items()) {
                    balances(tx, stores, forms, row);
                }
            });
            Map<String, Money> moved = new HashMap<>();
            bank.executions().stream()
                    .filter(done -> !done.ownReference().startsWith("desk_"))
                    .forEach(done -> moved.merge(done.captureRef(), done.amount(), Money::plus));
            assertThat(moved.values()).as("executed per capture").allMatch(sum -> sum.compareTo(eur(10_000)) <= 0);
            assertThat(bank.executions())
                    .extracting(done -> done.ownReference())
                    .doesNotHaveDuplicates();
        }

        private void balances(Tx tx, Stores stores, Forms forms, PaymentRow row) {
            Money zero = eur(0);
            List<Leg> legs = forms.legs(stores.get(RefundLegStore.class).ofPayment(tx, row.id()));
            Money open = sum(legs, leg -> leg.status().isOpen(), Leg::amount);
            Money paid = sum(legs, leg -> leg.status() == LegStatus.SUCCEEDED, Leg::amount);
            Money taxed = sum(legs, leg -> leg.status().isLive(), Leg::tax);
            RefundablePayment payment = forms.payment(row);
            assertThat(payment.reserved()).as("reserved of %s", row.id()).isEqualTo(open);
            assertThat(payment.refunded()).as("refunded of %s", row.id()).isEqualTo(paid);
            assertThat(payment.taxAllocated()).as("tax of %s", row.id()).isEqualTo(taxed);
            Money own =
                    sum(legs, leg -> leg.status().isLive() && !leg.document().outside(), Leg::amount);
            assertThat(own.compareTo(payment.captured())).isLessThanOrEqualTo(0);
            Set<String> capture = payment.captures().stream().map(Capture::ref).collect(Collectors.toSet());
            assertThat(legs.stream().filter(leg -> leg.document().outside()).count())
                    .as("what was refunded at the desk is known, of %s", row.id())
                    .isEqualTo(desk.stream()
                            .filter(one -> capture.contains(one.captureRef()))
                            .count());
            assertThat(payment.disputed()).as("disputed of %s", row.id()).isEqualTo(shown(tx, stores, forms, payment));
            Money posted = stores.get(RefundLedgerStore.class).ofPayment(tx, row.id()).stream()
                    .map(posting -> forms.money(posting.amount(), posting.currency()))
                    .reduce(zero, Money::plus);
            assertThat(posted.isZero()).as("the ledger of %s", row.id()).isTrue();
            for (Leg leg : legs) {
                boolean waits = leg.document().outsideRef() != null
                        && legs.stream().anyMatch(other -> other.status() == LegStatus.UNKNOWN);
                boolean over = waits
                        || !leg.status().isOpen()
                        || !leg.document().attention().isEmpty();
                assertThat(over)
                        .as("leg %s ends or is flagged; it is %s", leg.id(), leg.status())
                        .isTrue();
                if (leg.document().outside()) {
                    continue;
                }
                boolean executed = bank.executions().stream()
                        .anyMatch(done -> done.ownReference().equals(leg.id()));
                if (leg.status() == LegStatus.SUCCEEDED) {
                    assertThat(executed).as("leg %s was paid", leg.id()).isTrue();
                } else if (!leg.status().isOpen()) {
                    assertThat(executed).as("leg %s was not paid", leg.id()).isFalse();
                }
            }
        }

        /** What the bank's disputes hold of a payment, as the bank shows them. */
        private Money shown(Tx tx, Stores stores, Forms forms, RefundablePayment payment) {
            Money held = eur(0);
            for (DisputeDocument known :
                    forms.disputes(stores.get(DisputeStore.class).ofPayment(tx, payment.id()))) {
                DisputeFacts now = disputes.shown(known.facts().disputeRef());
                assertThat(known.facts().status())
                        .as("dispute %s", now.disputeRef())
                        .isIn(now.status(), DisputeStatus.UNDER_REVIEW);
                held = held.plus(DisputeRules.share(known, payment.captured()));
            }
            return held.min(payment.captured());
        }

        private static Money sum(List<Leg> legs, Predicate<Leg> which, Function<Leg, Money> what) {
            return legs.stream().filter(which).map(what).reduce(eur(0), Money::plus);
        }
    }

    @Test
    @Tag("A38")
    @Tag("A40")
    @Tag("R2")
    @Tag("R9")
    @Tag("R52")
    @Tag("A9")
    void neverTooMuchNeverTwiceWhateverFails() {
        Seeds.run(60, seed -> new Scenario(seed).run());
    }

    @Test
    @Tag("A38")
    @Tag("long")
    void tenThousandSeedsHold() {
        Seeds.run(10_000, seed -> new Scenario(seed).run());
    }

    @Test
    @Tag("A38")
    void aRunIsLongEnoughToProveSomething() {
        Scenario scenario = new Scenario(1);
        scenario.run();
        assertThat(scenario.bank.executions()).hasSizeGreaterThan(10);
        assertThat(scenario.desk).hasSizeGreaterThan(2);
        assertThat(scenario.disputed).isPositive();
    }

    @Test
    @Tag("A40")
    @Tag("A38")
    void anAbsenceThatIsTrustedTooEarlyIsFoundWhereABankIgnoresKeys() {
        assertFound(seed -> new Scenario(
                        seed,
                        BankRefunds.Flaw.KEY_IS_NEW_EACH_TIME,
                        capabilities -> capabilities.withAbsenceReliableAfter(Duration.ZERO))
                .run());
    }

    @Test
    @Tag("A38")
    void aReleaseOfWhatIsUnknownIsFound() {
        assertFound(seed -> new Scenario(seed, BankRefunds.Flaw.TIMEOUT_IS_DECLINED, UnaryOperator.identity()).run());
    }

    /** Sends what is unknown again under a new key, at once. */
    @Test
    @Tag("A38")
    @Tag("R14")
    void aNewKeyAfterAnUnknownOutcomeIsFound() {
        Forms forms = new Forms(JsonCodec.of(Currencies.iso()), Currencies.iso());
        UnaryOperator<RefundLegStore> rekeying = sound -> proxied((method, arguments) -> {
            if (method.getName().equals("settle")
                    && arguments[1] instanceof LegChange change
                    && change.status().equals("unknown")) {
                Leg leg = forms.leg(
                        sound.find((Tx) arguments[0], change.id()).orElseThrow().after(change));
                LegDocument.Edit again = leg.document().edit();
                again.newKey(leg.id());
                arguments[1] = new LegChange(
                        change.id(), "queued", null, leg.document().since(), null, forms.text(again.done()));
            }
            return method.invoke(sound, arguments);
        });
        assertFound(seed -> new Scenario(seed, BankRefunds.Flaw.NONE, UnaryOperator.identity())
                .over(rekeying)
                .run());
    }

    /**
     * A late result without a fence does no harm by itself, since what was in doubt stays so until a look-up; so it is the store's
     * contract that finds a missing fence.
     */
    @Test
    @Tag("A38")
    @Tag("R9")
    void aStoreWithoutAFenceIsFound() {
        RefundLegStoreContract unfenced = () -> {
            Stores sound = Stores.inMemory();
            RefundLegStore legs = sound.get(RefundLegStore.class);
            return sound.with(RefundLegStore.class, proxied((method, arguments) -> {
                if (method.getName().equals("settle") && arguments[1] instanceof LegChange change) {
                    arguments[2] = legs.find((Tx) arguments[0], change.id())
                            .orElseThrow()
                            .fence();
                }
                return method.invoke(legs, arguments);
            }));
        };
        assertThat(catchThrowable(unfenced::aWriteWithAnOldFenceChangesNothing)).isInstanceOf(AssertionError.class);
    }

    private interface Call {

        @Nullable
        Object on(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static RefundLegStore proxied(Call call) {
        return (RefundLegStore) Proxy.newProxyInstance(
                RefundLegStore.class.getClassLoader(),
                new Class<?>[] {RefundLegStore.class},
                (proxy, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** One seed after the other, so that the same one finds it on every machine. */
    private static void assertFound(Seeds.Scenario scenario) {
        for (long seed = 1; seed <= 40; seed++) {
            long next = seed;
            Throwable found = catchThrowable(() -> scenario.run(next));
            if (found != null) {
                assertThat(found).isInstanceOf(AssertionError.class);
                return;
            }
        }
        fail("No seed finds it.");
    }
}
