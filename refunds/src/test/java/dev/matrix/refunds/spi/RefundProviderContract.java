package dev.matrix.refunds.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Execution;
import dev.matrix.refunds.spi.ProviderStand.Finish;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RefundProvider} promises. Implement it in a test class, hand out a new stand and a provider that talks to
 * it, and run it: a provider that passes never loses money by itself. Tests about capabilities that aren't declared are
 * skipped.
 */
public interface RefundProviderContract {

    /** A far side without a refund; asked once per test. */
    ProviderStand stand();

    /** The provider under test, as one that talks to a stand. */
    RefundProvider provider();

    /** Where refunds go, for a provider that needs to be told; null by default. */
    default @Nullable RefundDestination destination() {
        return null;
    }

    /** One refund of a new capture. */
    private RefundCommand command(ProviderStand stand, String reference, Money captured, Money amount) {
        return command(reference, stand.capture(captured), amount);
    }

    private RefundCommand command(String reference, String captureRef, Money amount) {
        return new RefundCommand(
                reference,
                reference,
                "ref_1",
                "pay_1",
                Owner.user("u_42"),
                captureRef,
                Map.of(),
                amount,
                RefundReason.CUSTOMER_REQUEST,
                destination(),
                Map.of(),
                1);
    }

    private RefundProbe probe(RefundCommand command) {
        return new RefundProbe(
                command.ownReference(),
                List.of(command.idempotencyKey()),
                null,
                command.captureRef(),
                Map.of(),
                command.amount(),
                null);
    }

    private Money money(String preferred) {
        String code = provider().capabilities().currencies().containsKey("EUR")
                        || !provider().capabilities().remote()
                ? "EUR"
                : provider().capabilities().currencies().keySet().stream()
                        .sorted()
                        .findFirst()
                        .orElse("EUR");
        Currency currency = Currencies.iso().get(code);
        return Money.ofRounded(new BigDecimal(preferred), currency, RoundingMode.HALF_UP);
    }

    private static Money total(List<Execution> executions, Money like) {
        return executions.stream().map(Execution::amount).collect(Money.summing(like.currency()));
    }

    /** Without an answer the outcome isn't known, unless the provider has looked by itself and found what a look-up finds. */
    private static void assertUnknownOrFound(ProviderResult result, LookupResult.Found found) {
        if (!(result instanceof ProviderResult.Unknown)) {
            assertThat(result).isInstanceOf(found.state().getClass());
            assertThat(((ProviderResult.Known) result).providerRef())
                    .isNotNull()
                    .isEqualTo(found.state().providerRef());
        }
    }

    private static boolean isIn(ProviderResult result, Class<?>... kinds) {
        return Arrays.stream(kinds).anyMatch(kind -> kind.isInstance(result));
    }

    @Test
    default void anAcceptedRefundMovesExactlyItsAmountOnce() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c1", money("100.00"), money("12.34"));

        ProviderResult result = provider().submit(command, stand.context());

        assertThat(isIn(result, ProviderResult.Succeeded.class, ProviderResult.Pending.class))
                .as("%s", result)
                .isTrue();
        assertThat(stand.executions()).containsExactly(new Execution("rfl_c1", command.captureRef(), command.amount()));
    }

    @Test
    default void aDeclinedRefundMovesNothing() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c2", money("100.00"), money("12.34"));
        stand.next(Behaviour.DECLINE);

        assertThat(provider().submit(command, stand.context())).isInstanceOf(ProviderResult.Declined.class);
        assertThat(stand.executions()).isEmpty();
    }

    @Test
    default void oneKeyMovesMoneyOnce() {
        assumeTrue(!provider().capabilities().keyLifetime().isZero());
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c3", money("100.00"), money("12.34"));

        provider().submit(command, stand.context());
        ProviderResult again = provider().submit(command, stand.context());

        assertThat(isIn(
                        again,
                        ProviderResult.Succeeded.class,
                        ProviderResult.Pending.class,
                        ProviderResult.Unknown.class))
                .as("%s", again)
                .isTrue();
        assertThat(stand.executions()).hasSize(1);
    }

    @Test
    default void oneKeyAtOnceFromManyThreadsMovesMoneyOnce() throws InterruptedException, ExecutionException {
        assumeTrue(!provider().capabilities().keyLifetime().isZero());
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c18", money("100.00"), money("12.34"));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<ProviderResult>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> provider().submit(command, stand.context()));
            }
            for (Future<ProviderResult> call : threads.invokeAll(calls)) {
                assertThat(isIn(
                                call.get(),
                                ProviderResult.Succeeded.class,
                                ProviderResult.Pending.class,
                                ProviderResult.Unknown.class))
                        .isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(stand.executions()).hasSize(1);
    }

    @Test
    default void whatMayHaveHappenedIsUnknownAndFoundByALookup() {
        for (Behaviour after : List.of(Behaviour.DROP_AFTER_EXECUTION, Behaviour.ERROR_AFTER_EXECUTION)) {
            ProviderStand stand = stand();
            RefundCommand command = command(stand, "rfl_c4", money("100.00"), money("12.34"));
            stand.next(after);

            ProviderResult result = provider().submit(command, stand.context());

            LookupResult found = provider().lookup(probe(command), stand.context());
            assertThat(found).as("%s", after).isInstanceOf(LookupResult.Found.class);
            assertUnknownOrFound(result, (LookupResult.Found) found);
            if (!provider().capabilities().keyLifetime().isZero()) {
                provider().submit(command, stand.context());
            }
            assertThat(stand.executions()).as("%s", after).hasSize(1);
        }
    }

    @Test
    default void whatDidNotHappenIsAbsentAndHappensOnceUnderTheSameKey() {
        for (Behaviour before : List.of(Behaviour.DROP_BEFORE_EXECUTION, Behaviour.ERROR_BEFORE_EXECUTION)) {
            ProviderStand stand = stand();
            RefundCommand command = command(stand, "rfl_c5", money("100.00"), money("12.34"));
            stand.next(before);

            ProviderResult result = provider().submit(command, stand.context());

            assertThat(isIn(result, ProviderResult.Unknown.class, ProviderResult.NotExecuted.class))
                    .as("%s: %s", before, result)
                    .isTrue();
            assertThat(provider().lookup(probe(command), stand.context())).isInstanceOf(LookupResult.Absent.class);
            provider().submit(command, stand.context());
            assertThat(stand.executions()).hasSize(1);
        }
    }

    @Test
    default void aRefusedConnectionAndARateLimitAreNotRefusalsOfTheRefund() {
        for (Behaviour behaviour : List.of(Behaviour.REFUSE_CONNECTION, Behaviour.RATE_LIMIT)) {
            ProviderStand stand = stand();
            RefundCommand command = command(stand, "rfl_c6", money("100.00"), money("12.34"));
            stand.next(behaviour);

            ProviderResult result = provider().submit(command, stand.context());

            assertThat(isIn(result, ProviderResult.NotExecuted.class, ProviderResult.Unknown.class))
                    .as("%s: %s", behaviour, result)
                    .isTrue();
            assertThat(stand.executions()).isEmpty();
            assertThat(provider().lookup(probe(command), stand.context())).isInstanceOf(LookupResult.Absent.class);
        }
    }

    @Test
    default void anUnreadableReplyIsUnknown() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c6b", money("100.00"), money("12.34"));
        stand.next(Behaviour.GARBLED_REPLY);

        ProviderResult result = provider().submit(command, stand.context());

        LookupResult found = provider().lookup(probe(command), stand.context());
        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertUnknownOrFound(result, (LookupResult.Found) found);
    }

    @Test
    default void aLookupOfWhatNeverWasIsAbsentAndCreatesNothing() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c7", money("100.00"), money("12.34"));

        assertThat(provider().lookup(probe(command), stand.context())).isInstanceOf(LookupResult.Absent.class);
        assertThat(stand.executions()).isEmpty();
    }

    @Test
    default void aLookupIntoAnOutageIsUnavailableAndNeverAbsent() {
        assumeTrue(provider().capabilities().remote());
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c7b", money("100.00"), money("12.34"));
        provider().submit(command, stand.context());
        stand.reachable(false);

        assertThat(provider().lookup(probe(command), stand.context())).isInstanceOf(LookupResult.Unavailable.class);
    }

    @Test
    default void aRefundIsFoundByItsOwnReferenceAlone() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c8", money("100.00"), money("12.34"));
        provider().submit(command, stand.context());

        LookupResult found = provider().lookup(probe(command), stand.context());

        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertThat(((LookupResult.Found) found).state().facts().ownReference()).isIn(null, "rfl_c8");
    }

    @Test
    default void aRefundIsFoundByTheProvidersReferenceAlone() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c8b", money("100.00"), money("12.34"));
        ProviderResult result = provider().submit(command, stand.context());
        String ref = result instanceof ProviderResult.Known known ? known.providerRef() : null;
        assumeTrue(ref != null);
        RefundProbe byReference = new RefundProbe("", List.of(), ref, command.captureRef(), Map.of(), null, null);

        LookupResult found = provider().lookup(byReference, stand.context());

        assertThat(found).isInstanceOf(LookupResult.Found.class);
        Money amount = ((LookupResult.Found) found).state().facts().amount();
        assertThat(amount).as("that one refund's amount, or none").isIn(null, command.amount());
    }

    @Test
    default void twoRefundsOfOneAmountAreTwoAndEachIsFound() {
        ProviderStand stand = stand();
        String capture = stand.capture(money("100.00"));
        RefundCommand first = command("rfl_c9a", capture, money("5.00"));
        RefundCommand second = command("rfl_c9b", capture, money("5.00"));
        provider().submit(first, stand.context());

        assertThat(provider().lookup(probe(second), stand.context())).isInstanceOf(LookupResult.Absent.class);
        provider().submit(second, stand.context());

        assertThat(stand.executions()).hasSize(2);
        assertThat(provider().lookup(probe(first), stand.context())).isInstanceOf(LookupResult.Found.class);
        assertThat(provider().lookup(probe(second), stand.context())).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    default void anUnknownStatusIsNotTakenForAnEnd() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c10", money("100.00"), money("12.34"));
        stand.next(Behaviour.UNKNOWN_STATUS);

        ProviderResult result = provider().submit(command, stand.context());

        assertThat(isIn(result, ProviderResult.Pending.class, ProviderResult.Unknown.class))
                .as("%s", result)
                .isTrue();
        if (result instanceof ProviderResult.Pending pending) {
            assertThat(pending.facts().rawStatus())
                    .as("the provider's own word")
                    .isNotNull();
        }
    }

    @Test
    default void aPendingRefundEndsAsTheProviderSays() {
        for (Finish how : Finish.values()) {
            ProviderStand stand = stand();
            RefundCommand command = command(stand, "rfl_c11", money("100.00"), money("12.34"));
            stand.next(Behaviour.ACCEPT_PENDING);
            assumeTrue(provider().submit(command, stand.context()) instanceof ProviderResult.Pending);
            stand.finish("rfl_c11", how);

            LookupResult found = provider().lookup(probe(command), stand.context());

            Class<?> end = how == Finish.SETTLED ? ProviderResult.Succeeded.class : ProviderResult.Declined.class;
            assertThat(found).isInstanceOf(LookupResult.Found.class);
            assertThat(((LookupResult.Found) found).state()).as("%s", how).isInstanceOf(end);
        }
    }

    @Test
    default void aSettledRefundThatFailsLaterIsDeclined() {
        assumeTrue(provider().capabilities().lateFailure());
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c11b", money("100.00"), money("12.34"));
        assumeTrue(provider().submit(command, stand.context()) instanceof ProviderResult.Succeeded);
        stand.finish("rfl_c11b", Finish.FAILED);

        LookupResult found = provider().lookup(probe(command), stand.context());

        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertThat(((LookupResult.Found) found).state()).isInstanceOf(ProviderResult.Declined.class);
    }

    @Test
    default void everyCurrencyArrivesExactly() {
        provider().capabilities().currencies().forEach((code, decimals) -> {
            Currency currency = Currencies.iso().get(code);
            Money smallest = Money.of(BigDecimal.ONE.movePointLeft(Math.min(decimals, currency.scale())), currency);
            for (Money amount : List.of(smallest, smallest.times(987_654_321L))) {
                ProviderStand stand = stand();
                RefundCommand command = command(stand, "rfl_c12", amount.times(2), amount);

                provider().submit(command, stand.context());

                assertThat(total(stand.executions(), amount)).as(code).isEqualTo(amount);
            }
        });
    }

    @Test
    default void expiredCredentialsAreAMatterOfConfigurationAndNoTextHoldsASecret() {
        assumeTrue(provider().capabilities().remote());
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c14", money("100.00"), money("12.34"));
        stand.next(Behaviour.EXPIRED_CREDENTIALS);

        ProviderResult result = provider().submit(command, stand.context());

        assertThat(result).isInstanceOf(ProviderResult.NotExecuted.class);
        assertThat(((ProviderResult.NotExecuted) result).why()).isEqualTo(Attempted.CONFIGURATION);
        for (String secret : stand.secrets()) {
            assertThat(result.toString()).doesNotContain(secret);
            assertThat(provider().toString()).doesNotContain(secret);
        }
    }

    @Test
    default void aCancelledRefundIsNotExecuted() {
        assumeTrue(provider().capabilities().cancellable());
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c15", money("100.00"), money("12.34"));
        stand.next(Behaviour.ACCEPT_PENDING);
        assumeTrue(provider().submit(command, stand.context()) instanceof ProviderResult.Pending);

        provider().cancel(probe(command), stand.context());

        LookupResult found = provider().lookup(probe(command), stand.context());
        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertThat(((LookupResult.Found) found).state()).isInstanceOf(ProviderResult.Declined.class);
    }

    @Test
    default void hostileReferencesNeverReachAnotherRefund() {
        ProviderStand stand = stand();
        RefundCommand victim = command(stand, "rfl_c16", money("100.00"), money("12.34"));
        provider().submit(victim, stand.context());
        for (String hostile : List.of("../refunds/rfl_c16", "a/b", "a?b=c", "a#b", "a%2fb", "a b", "..")) {
            RefundProbe probe =
                    new RefundProbe("rfl_other", List.of("rfl_other"), null, hostile, Map.of(), victim.amount(), null);
            LookupResult found = provider().lookup(probe, stand.context());
            assertThat(found).as(hostile).isNotInstanceOf(LookupResult.Found.class);
        }
    }

    @Test
    default void aNotificationIsVerifiedAndNamesItsRefundAndItself() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c13", money("100.00"), money("12.34"));
        ProviderResult result = provider().submit(command, stand.context());
        String ref = result instanceof ProviderResult.Known known ? known.providerRef() : null;
        InboundNotification sent = stand.notification("rfl_c13").orElse(null);
        assumeTrue(sent != null);

        NotificationResult first = provider().interpret(sent, stand.context());
        NotificationResult again = provider().interpret(sent, stand.context());

        assertThat(first).isInstanceOfSatisfying(NotificationResult.Verified.class, verified -> {
            assertThat(verified.subjects())
                    .anySatisfy(subject -> assertThat(subject)
                            .isInstanceOfSatisfying(
                                    Subject.RefundSubject.class,
                                    refund -> assertThat("rfl_c13".equals(refund.ownReference())
                                                    || (ref != null && ref.equals(refund.providerRef())))
                                            .isTrue()));
            assertThat(again)
                    .isInstanceOfSatisfying(
                            NotificationResult.Verified.class,
                            repeated -> assertThat(repeated.eventId()).isEqualTo(verified.eventId()));
        });
    }

    @Test
    default void aNotificationThatIsAlteredUnsignedOrOldIsRejected() {
        ProviderStand stand = stand();
        RefundCommand command = command(stand, "rfl_c13b", money("100.00"), money("12.34"));
        provider().submit(command, stand.context());
        InboundNotification sent = stand.notification("rfl_c13b").orElse(null);
        assumeTrue(sent != null);
        byte[] altered = new String(sent.body(), StandardCharsets.UTF_8)
                .replace("rfl_c13b", "rfl_c13c")
                .getBytes(StandardCharsets.UTF_8);
        ProviderContext context = stand.context();
        ProviderContext later = new ProviderContext(
                context.transport(),
                () -> context.clock().instant().plus(Duration.ofDays(30)),
                context.random(),
                context.stores(),
                context.currencies());

        assertThat(provider().interpret(new InboundNotification(sent.headers(), altered, sent.receivedAt()), context))
                .as("altered")
                .isInstanceOf(NotificationResult.Rejected.class);
        assertThat(provider().interpret(new InboundNotification(Map.of(), sent.body(), sent.receivedAt()), context))
                .as("unsigned")
                .isInstanceOf(NotificationResult.Rejected.class);
        assertThat(provider().interpret(sent, later)).as("old").isInstanceOf(NotificationResult.Rejected.class);
    }

    @Test
    default void nameAndCapabilitiesAreConstant() {
        assertThat(provider().name()).isEqualTo(provider().name()).matches("[a-z][a-z0-9_-]{1,31}");
        assertThat(provider().capabilities()).isEqualTo(provider().capabilities());
    }
}
