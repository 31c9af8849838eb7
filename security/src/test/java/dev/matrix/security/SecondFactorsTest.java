package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.security.FactorChange.Codes;
import dev.matrix.security.FactorChange.Enrolment;
import dev.matrix.security.FactorChange.ProofRequired;
import dev.matrix.security.FactorChange.Removed;
import dev.matrix.security.Verification.FirstFactorRequired;
import dev.matrix.security.Verification.HardLocked;
import dev.matrix.security.Verification.Locked;
import dev.matrix.security.Verification.NotEnrolled;
import dev.matrix.security.Verification.Rejected;
import dev.matrix.security.Verification.Verified;
import dev.matrix.security.spi.SecondFactorStore;
import dev.matrix.security.spi.TotpDeviceRow;
import dev.matrix.testkit.OtherThread;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A second factor from its enrolment to its end, and what guessers get. */
class SecondFactorsTest extends SecondFactorStory {

    private String wrong(AuthenticatorApp app) {
        String right = now(app);
        return (right.charAt(0) == '9' ? "0" : "9") + right.substring(1);
    }

    @Test
    void aPersonEnrolsAndProves() {
        assertThat(factors.verify(ALICE, "123456", true)).isInstanceOf(NotEnrolled.class);
        Enrolment enrolment = (Enrolment) factors.beginTotp(ALICE, TotpOptions.of("Acme", "alice"), null);
        assertThat(enrolment.warnings()).isEmpty();
        assertThat(enrolment.uri()).contains(enrolment.secret());
        assertThat(enrolment).hasToString("Enrolment[" + enrolment.deviceId() + "]");
        AuthenticatorApp app = new AuthenticatorApp(enrolment);
        assertThat(factors.verify(ALICE, now(app), true)).as("not confirmed").isInstanceOf(NotEnrolled.class);
        assertThat(factors.confirmTotp(ALICE, app.deviceId, wrong(app))).isInstanceOf(Rejected.class);
        assertThat(factors.confirmTotp(ALICE, app.deviceId, now(app))).isInstanceOf(Verified.class);
        wait(30);
        String code = now(app);
        assertThat(factors.verify(ALICE, code.substring(0, 3) + " " + code.substring(3), true))
                .isInstanceOf(Verified.class);
        assertThat(factors.status(ALICE)).isEqualTo(new FactorStatus(true, 0, null, false));
        assertThat(factors.devices(ALICE)).extracting(FactorDevice::id).containsExactly(app.deviceId);
    }

    @Test
    @Tag("SE24")
    @Tag("G23")
    void aStepIsAcceptedOnce() {
        Enrolment enrolment = (Enrolment) factors.beginTotp(ALICE, TotpOptions.of("Acme", "alice"), null);
        AuthenticatorApp app = new AuthenticatorApp(enrolment);
        String confirming = now(app);
        assertThat(factors.confirmTotp(ALICE, app.deviceId, confirming)).isInstanceOf(Verified.class);
        assertThat(factors.verify(ALICE, confirming, true))
                .as("the confirming code again")
                .isInstanceOf(Rejected.class);
        wait(60);
        String before = app.code(node.clock.instant());
        String after = app.code(node.clock.instant().plusSeconds(30));
        assertThat(factors.verify(ALICE, after, true)).as("T + 1").isInstanceOf(Verified.class);
        assertThat(factors.verify(ALICE, before, true)).as("then T").isInstanceOf(Rejected.class);
        assertThat(factors.verify(ALICE, after, true)).as("again").isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("SE24")
    @Tag("G24")
    void of100RequestsAtOnceWithOneRightCodeOnTwoNodesOneIsVerified() {
        AuthenticatorApp app = enrolled();
        Node two = new Node(stores, node.clock, "two", wiring -> wiring);
        String code = now(app);
        List<OtherThread<Boolean>> callers = IntStream.range(0, 100)
                .mapToObj(i -> OtherThread.running(() -> {
                    SecondFactors on = i % 2 == 0 ? factors : two.security.secondFactors();
                    return on.verify(ALICE, code, true) instanceof Verified;
                }))
                .toList();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(1);
    }

    /** Reads a person's devices as they were, once; all else is the store's. */
    private static SecondFactorStore late(SecondFactorStore real, List<TotpDeviceRow> before) {
        AtomicBoolean told = new AtomicBoolean();
        return (SecondFactorStore) Proxy.newProxyInstance(
                SecondFactorStore.class.getClassLoader(),
                new Class<?>[] {SecondFactorStore.class},
                (proxy, method, arguments) -> method.getName().equals("devices") && told.compareAndSet(false, true)
                        ? before
                        : method.invoke(real, arguments));
    }

    @Test
    @Tag("SE24")
    @Tag("SE58")
    @Tag("G60")
    void whatWasReadBeforeAnotherNodeAcceptedTheCodeCountsNoMore() {
        AuthenticatorApp app = enrolled();
        SecondFactorStore real = stores.get(SecondFactorStore.class);
        List<TotpDeviceRow> before = stores.transactions().returning(tx -> real.devices(tx, ALICE.owner(), ALICE.id()));
        Node two =
                new Node(stores.with(SecondFactorStore.class, late(real, before)), node.clock, "two", wiring -> wiring);
        String code = now(app);
        assertThat(factors.verify(ALICE, code, true)).isInstanceOf(Verified.class);
        assertThat(two.security.secondFactors().verify(ALICE, code, true)).isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("SE25")
    @Tag("G25")
    void of100WrongCodesAtOnce5AreJudgedAndThenOneEach15Minutes() {
        AuthenticatorApp app = enrolled();
        String wrong = wrong(app);
        List<OtherThread<Boolean>> callers = IntStream.range(0, 100)
                .mapToObj(i -> OtherThread.running(() -> factors.verify(ALICE, wrong, true) instanceof Rejected))
                .toList();
        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(5);
        Locked locked = (Locked) factors.verify(ALICE, now(app), true);
        assertThat(locked.until()).isEqualTo(node.clock.instant().plus(Duration.ofMinutes(15)));
        node.clock.set(locked.until().minusNanos(1_000));
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Locked.class);
        node.clock.set(locked.until());
        assertThat(factors.verify(ALICE, wrong(app), true)).isInstanceOf(Rejected.class);
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Locked.class);
        wait(900);
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
        assertThat(node.matrix
                        .events()
                        .page(EventQuery.all(), PageRequest.first(99))
                        .items())
                .anySatisfy(event -> assertThat(event.type().toString()).contains("locked_out"));
    }

    @Test
    @Tag("SE25")
    @Tag("G25")
    void withoutTheFirstFactorNothingIsCounted() {
        AuthenticatorApp app = enrolled();
        for (int i = 0; i < 1_000; i++) {
            assertThat(factors.verify(ALICE, wrong(app), false)).isInstanceOf(FirstFactorRequired.class);
        }
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
    }

    @Test
    @Tag("SE26")
    @Tag("G25")
    void fiftyWrongCodesWithinADayLockUntilSomebodyUnlocks() {
        AuthenticatorApp app = enrolled();
        for (int i = 0; i < 50; i++) {
            assertThat(factors.verify(ALICE, wrong(app), true))
                    .as("guess %s", i)
                    .isInstanceOf(Rejected.class);
            wait(60);
            if (i % 4 == 3 && i < 49) {
                assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
                wait(60);
            }
        }
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(HardLocked.class);
        node.clock.advance(Duration.ofDays(100));
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(HardLocked.class);
        factors.unlock(ALICE, Node.HOST, "Alice called");
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
    }

    @Test
    @Tag("SE26")
    @Tag("G25")
    void oneWrongCodeADayNeverLocks() {
        AuthenticatorApp app = enrolled();
        for (int day = 0; day < 100; day++) {
            assertThat(factors.verify(ALICE, wrong(app), true)).isInstanceOf(Rejected.class);
            wait(60);
            assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
            node.clock.advance(Duration.ofDays(1));
        }
    }

    @Test
    @Tag("SE27")
    @Tag("G26")
    void aChangeNeedsAFreshProofOfTheSamePersonOnce() {
        AuthenticatorApp app = enrolled();
        Subject bob = new Subject(ALICE.owner(), "bob");
        AuthenticatorApp bobs = enrolled(bob, null);
        Verified foreign = (Verified) factors.verify(bob, now(bobs), true);
        wait(60);
        String old = proof(app);
        node.clock.advance(Duration.ofMinutes(5));
        String used = proof(app);
        assertThat(factors.renewRecoveryCodes(ALICE, used)).isInstanceOf(Codes.class);
        for (@Nullable String bad : new @Nullable String[] {null, "prf_none", foreign.id(), old, used}) {
            assertThat(factors.remove(ALICE, app.deviceId, bad)).isInstanceOf(ProofRequired.class);
            assertThat(factors.beginTotp(ALICE, TotpOptions.of("Acme", "more"), bad))
                    .isInstanceOf(ProofRequired.class);
            assertThat(factors.renewRecoveryCodes(ALICE, bad)).isInstanceOf(ProofRequired.class);
        }
        assertThatThrownBy(() -> factors.remove(ALICE, bobs.deviceId, proof(app)))
                .isInstanceOf(NotFoundException.class);
        assertThat(factors.remove(ALICE, app.deviceId, proof(app))).isInstanceOf(Removed.class);
        assertThat(factors.status(ALICE)).isEqualTo(new FactorStatus(false, 0, null, false));
    }

    @Test
    @Tag("G21")
    @Tag("G62")
    void aPersonHasAtMost5DevicesAndOneThatAwaitsItsFirstCode() {
        AuthenticatorApp app = enrolled();
        for (int i = 0; i < 4; i++) {
            enrolled(ALICE, proof(app));
        }
        assertThatThrownBy(() -> factors.beginTotp(ALICE, TotpOptions.of("Acme", "sixth"), proof(app)))
                .isInstanceOf(ConflictException.class);
        Subject bob = new Subject(ALICE.owner(), "bob");
        Enrolment first = (Enrolment) factors.beginTotp(bob, TotpOptions.of("Acme", "bob"), null);
        Enrolment second = (Enrolment) factors.beginTotp(bob, TotpOptions.of("Acme", "bob"), null);
        assertThatThrownBy(() -> factors.confirmTotp(bob, first.deviceId(), "123456"))
                .isInstanceOf(NotFoundException.class);
        node.clock.advance(Duration.ofMinutes(15));
        assertThatThrownBy(() -> factors.confirmTotp(bob, second.deviceId(), now(new AuthenticatorApp(second))))
                .as("15 minutes later")
                .isInstanceOf(NotFoundException.class);
        assertThat(factors.devices(bob)).isEmpty();
    }

    @Test
    @Tag("SE28")
    @Tag("G27")
    void secretsThatWereSwappedOrAlteredOpenNothing() {
        AuthenticatorApp app = enrolled();
        Subject bob = new Subject(ALICE.owner(), "bob");
        AuthenticatorApp bobs = enrolled(bob, null);
        SecondFactorStore store = stores.get(SecondFactorStore.class);
        stores.transactions().inTransaction(tx -> {
            TotpDeviceRow one = store.devices(tx, ALICE.owner(), ALICE.id()).get(0);
            TotpDeviceRow other = store.devices(tx, bob.owner(), bob.id()).get(0);
            byte[] altered = one.sealed().clone();
            altered[altered.length - 1] ^= 1;
            store.replaceIfVersion(tx, other.sealed(one.sealed()));
            store.replaceIfVersion(tx, one.sealed(altered));
        });
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Rejected.class);
        assertThat(factors.verify(bob, now(app), true)).isInstanceOf(Rejected.class);
        assertThat(factors.verify(bob, now(bobs), true)).isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("SE49")
    @Tag("G49")
    void aClockThatDriftsIsFollowedAndOneThatJumpsIsNot() {
        AuthenticatorApp app = enrolled();
        for (int month = 1; month <= 12; month++) {
            node.clock.advance(Duration.ofDays(30));
            Instant slow = node.clock.instant().minusSeconds(30L * month);
            assertThat(factors.verify(ALICE, app.code(slow), true))
                    .as("month %s", month)
                    .isInstanceOf(Verified.class);
        }
        wait(600);
        Instant jumped = node.clock.instant().minusSeconds(30L * (12 + 5));
        assertThat(factors.verify(ALICE, app.code(jumped), true)).isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("SE49")
    void aUsedCodeStaysUsedWhenTheClockIsSetBack() {
        AuthenticatorApp app = enrolled();
        String code = now(app);
        assertThat(factors.verify(ALICE, code, true)).isInstanceOf(Verified.class);
        wait(-60);
        assertThat(factors.verify(ALICE, code, true)).isInstanceOf(Rejected.class);
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Rejected.class);
    }

    @Test
    @Tag("SE62")
    @Tag("G61")
    void aLockThatBeganInTheFutureEndsAQuarterOfAnHourAfterTheClockIsRight() {
        AuthenticatorApp app = enrolled();
        Instant right = node.clock.instant();
        node.clock.advance(Duration.ofDays(365));
        IntStream.range(0, 5).forEach(i -> factors.verify(ALICE, wrong(app), true));
        node.clock.set(right);
        assertThat(factors.verify(ALICE, now(app), true)).isEqualTo(new Locked(right.plus(Duration.ofMinutes(15))));
        node.clock.set(right.plus(Duration.ofMinutes(15)));
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
    }

    @Test
    @Tag("SE61")
    @Tag("G60")
    void anUnknownPersonsAttemptWritesNoRow() {
        for (int i = 0; i < 100; i++) {
            Subject unknown = new Subject(ALICE.owner(), "unknown" + i);
            assertThat(factors.verify(unknown, "123456", true)).isInstanceOf(NotEnrolled.class);
            boolean guarded = stores.transactions()
                    .returning(tx -> stores.get(SecondFactorStore.class)
                            .guard(tx, unknown.owner(), unknown.id())
                            .isPresent());
            assertThat(guarded).isFalse();
        }
    }

    @Test
    @Tag("SE60")
    @Tag("G59")
    void aCodeIsNotJudgedInsideATransaction() {
        AuthenticatorApp app = enrolled();
        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> factors.verify(ALICE, now(app), true)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
    }

    @Test
    @Tag("SE46")
    void whoHasLostAllIsResetAndNothingTellsASecret() {
        Enrolment enrolment = (Enrolment) factors.beginTotp(ALICE, TotpOptions.of("Acme", "alice"), null);
        AuthenticatorApp app = new AuthenticatorApp(enrolment);
        factors.confirmTotp(ALICE, app.deviceId, now(app));
        factors.reset(ALICE, Node.HOST, "Lost her phone");
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(NotEnrolled.class);
        String told = node.matrix
                        .events()
                        .page(EventQuery.all(), PageRequest.first(99))
                        .items()
                        .toString()
                + node.security
                        .auditLog()
                        .entries((Owner) null, PageRequest.first(99))
                        .items();
        assertThat(told).contains("reset").doesNotContain(enrolment.secret());
    }

    @Test
    @Tag("K4")
    void secretsFollowARotationOfTheirKey() {
        AuthenticatorApp app = enrolled();
        SecondFactorStore store = stores.get(SecondFactorStore.class);
        KeyUse use = new KeyUse("totp", ALICE.owner(), app.deviceId + " " + ALICE.id());
        node.matrix.keys().rotate("totp", node.clock.instant());
        for (int minute = 0; minute < 30; minute++) {
            wait(60);
            node.runSteps();
        }
        TotpDeviceRow device = stores.transactions()
                .returning(tx -> store.devices(tx, ALICE.owner(), ALICE.id()).get(0));
        assertThat(node.matrix.keys().versions())
                .filteredOn(version -> version.purpose().equals("totp"))
                .hasSizeGreaterThan(1);
        assertThat(device.version()).as("sealed again").isEqualTo(3);
        assertThat(node.matrix.keys().isCurrent(use, device.sealed())).isTrue();
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Verified.class);
    }

    @Test
    @Tag("G64")
    void aDeviceWithAnAlgorithmThatOnlyNewerNodesKnowIsRejected() {
        AuthenticatorApp app = enrolled();
        SecondFactorStore store = stores.get(SecondFactorStore.class);
        stores.transactions().inTransaction(tx -> {
            TotpDeviceRow row = store.devices(tx, ALICE.owner(), ALICE.id()).get(0);
            store.delete(tx, ALICE.owner(), ALICE.id(), row.id());
            store.insert(
                    tx,
                    new TotpDeviceRow(
                            row.id(),
                            row.owner(),
                            row.subjectId(),
                            row.account(),
                            "SHA3",
                            6,
                            30,
                            row.sealed(),
                            row.state(),
                            row.lastStep(),
                            row.drift(),
                            row.version(),
                            row.createdAt(),
                            null));
        });
        assertThat(factors.verify(ALICE, now(app), true)).isInstanceOf(Rejected.class);
    }
}
