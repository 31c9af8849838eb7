package dev.matrix.security;

import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SecurityLockedOut;
import dev.matrix.core.event.payload.SecurityRecoveryCodesLow;
import dev.matrix.core.event.payload.SecuritySecondFactorChanged;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.Verification.HardLocked;
import dev.matrix.security.Verification.Locked;
import dev.matrix.security.Verification.Method;
import dev.matrix.security.Verification.NotEnrolled;
import dev.matrix.security.Verification.Rejected;
import dev.matrix.security.Verification.Verified;
import dev.matrix.security.spi.FactorGuardRow;
import dev.matrix.security.spi.FactorProofStore.RecoveryCodeRow;
import dev.matrix.security.spi.TotpDeviceRow;
import dev.matrix.security.spi.TotpDeviceRow.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges codes. What takes long, opening secrets and hashing, is done before the transaction that judges; that one holds the
 * person's guard from its first statement to its commit, so that n guesses at once count n, and of n right codes at once one
 * counts. What was opened before counts only if its row is still the same.
 */
final class Attempts {

    static final Duration PENDING_FOR = Duration.ofMinutes(15);

    private static final int WINDOW = 1;
    private static final int IMPORT_WINDOW = 10;
    private static final int MOST_DRIFT = 20;
    private static final int FEW_CODES = 2;

    private final FactorStores stores;
    private final FactorSecrets secrets;
    private final AttemptTurns turns;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;

    Attempts(
            FactorStores stores,
            FactorSecrets secrets,
            AttemptTurns turns,
            EventLog events,
            Ids ids,
            InstantSource clock) {
        this.stores = stores;
        this.secrets = secrets;
        this.turns = turns;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a code would be right for, if nothing has changed by the time that it is judged. */
    private record Candidate(
            @Nullable TotpDeviceRow device,
            long step,
            @Nullable RecoveryCodeRow code) {}

    private record Seen(List<TotpDeviceRow> devices, List<RecoveryCodeRow> codes, boolean locked) {}

    Verification verify(Subject subject, String code) {
        return turns.inTurn(subject, () -> {
            Seen seen = see(subject);
            List<TotpDeviceRow> active = seen.devices().stream()
                    .filter(device -> device.state() == State.ACTIVE)
                    .toList();
            if (active.isEmpty()) {
                return new NotEnrolled();
            }
            Optional<Candidate> candidate = seen.locked() ? Optional.empty() : candidate(active, seen.codes(), code);
            return judge(subject, candidate, "verified");
        });
    }

    Verification confirm(Subject subject, String deviceId, String code) {
        return turns.inTurn(subject, () -> {
            Seen seen = see(subject);
            TotpDeviceRow pending = seen.devices().stream()
                    .filter(device -> device.id().equals(deviceId) && isPending(device, clock.instant()))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("No device " + deviceId + " awaits its first code."));
            Optional<Candidate> candidate = seen.locked()
                    ? Optional.empty()
                    : byDevice(List.of(pending), code, pending.state() == State.IMPORTED ? IMPORT_WINDOW : WINDOW);
            return judge(subject, candidate, "confirmed");
        });
    }

    static boolean isPending(TotpDeviceRow device, Instant now) {
        return device.state() != State.ACTIVE && now.isBefore(device.createdAt().plus(PENDING_FOR));
    }

    private Seen see(Subject subject) {
        Instant now = clock.instant();
        return stores.transactions()
                .returning(tx -> new Seen(
                        stores.factors().devices(tx, subject.owner(), subject.id()),
                        stores.proofs().codes(tx, subject.owner(), subject.id()),
                        stores.factors()
                                .guard(tx, subject.owner(), subject.id())
                                .filter(guard -> guard.hardLocked() || GuessRules.lockedUntil(guard, now) != null)
                                .isPresent()));
    }

    private Optional<Candidate> candidate(List<TotpDeviceRow> devices, List<RecoveryCodeRow> codes, String code) {
        String recovery = RecoveryCode.normal(code);
        return recovery == null ? byDevice(devices, code, WINDOW) : byRecoveryCode(codes, recovery);
    }

    private Optional<Candidate> byDevice(List<TotpDeviceRow> devices, String code, int window) {
        String digits = TotpCode.digits(code);
        Optional<Candidate> found = Optional.empty();
        for (TotpDeviceRow device : devices) {
            Optional<TotpCode> codes = secrets.open(device);
            if (codes.isPresent() && digits.length() == device.digits()) {
                long centre = codes.get().step(clock.instant()) + device.drift();
                OptionalLong step = codes.get().match(digits, centre, window);
                found = step.isPresent() ? Optional.of(new Candidate(device, step.getAsLong(), null)) : found;
            }
        }
        return found;
    }

    private Optional<Candidate> byRecoveryCode(List<RecoveryCodeRow> codes, String normal) {
        return codes.stream()
                .filter(row -> row.slot() == RecoveryCode.slot(normal))
                .findFirst()
                .filter(row ->
                        RecoveryCode.isSame(row.hash(), turns.hashing(() -> RecoveryCode.hash(normal, row.salt()))))
                .map(row -> new Candidate(null, 0, row));
    }

    /** The commit comes before the answer: what isn't known to be committed is never told as right. */
    private Verification judge(Subject subject, Optional<Candidate> candidate, String change) {
        OwnTransaction.require(stores.transactions(), "Judging a code");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return stores.transactions().returning(tx -> {
            FactorGuardRow guard = stores.factors().lockGuard(tx, subject.owner(), subject.id(), now);
            if (guard.hardLocked()) {
                return new HardLocked();
            }
            Instant locked = GuessRules.lockedUntil(guard, now);
            if (locked != null) {
                if (GuessRules.slipped(guard, now)) {
                    stores.factors().saveGuard(tx, GuessRules.corrected(guard, now));
                }
                return new Locked(locked);
            }
            return candidate.isPresent() && accept(tx, subject, candidate.get(), change, now)
                    ? verified(tx, subject, guard, candidate.get(), now)
                    : rejected(tx, subject, guard, now);
        });
    }

    private boolean accept(Tx tx, Subject subject, Candidate candidate, String change, Instant now) {
        if (candidate.code() != null) {
            boolean used = stores.proofs().useCode(tx, subject.owner(), subject.id(), candidate.code());
            if (used) {
                burn(tx, subject, now);
            }
            return used;
        }
        TotpDeviceRow device = candidate.device();
        if (device == null || candidate.step() <= device.lastStep()) {
            return false;
        }
        long ahead = candidate.step() - Math.floorDiv(now.getEpochSecond(), device.periodSeconds());
        int drift = (int) Math.max(-MOST_DRIFT, Math.min(MOST_DRIFT, ahead));
        boolean accepted = stores.factors().replaceIfVersion(tx, device.accepted(candidate.step(), drift, now));
        if (accepted && device.state() != State.ACTIVE) {
            events.publish(
                    tx,
                    SecuritySecondFactorChanged.builder()
                            .id(subject.id())
                            .owner(subject.owner())
                            .subjectId(subject.id())
                            .deviceId(device.id())
                            .change(change)
                            .build());
        }
        return accepted;
    }

    /** A code that was overheard before the recovery code was used is void. */
    private void burn(Tx tx, Subject subject, Instant now) {
        for (TotpDeviceRow device : stores.factors().devices(tx, subject.owner(), subject.id())) {
            if (device.state() == State.ACTIVE) {
                long next = Math.floorDiv(now.getEpochSecond(), device.periodSeconds()) + device.drift() + 1;
                stores.factors().replaceIfVersion(tx, device.burnt(next));
            }
        }
    }

    private Verification verified(Tx tx, Subject subject, FactorGuardRow guard, Candidate candidate, Instant now) {
        stores.factors().saveGuard(tx, GuessRules.succeeded(guard));
        String id = ids.next("prf");
        stores.proofs().insertProof(tx, id, subject.owner(), subject.id(), now);
        int left = stores.proofs().codes(tx, subject.owner(), subject.id()).size();
        boolean recovery = candidate.code() != null;
        if (recovery && left <= FEW_CODES) {
            events.publish(tx, new SecurityRecoveryCodesLow(subject.id(), subject.owner(), subject.id(), left));
        }
        return new Verified(id, recovery ? Method.RECOVERY_CODE : Method.TOTP, left);
    }

    private Verification rejected(Tx tx, Subject subject, FactorGuardRow guard, Instant now) {
        FactorGuardRow failed = GuessRules.failed(guard, now);
        stores.factors().saveGuard(tx, failed);
        Instant until = GuessRules.lockedUntil(failed, now);
        if (until != null || failed.hardLocked()) {
            events.publish(
                    tx,
                    new SecurityLockedOut(
                            subject.id(),
                            subject.owner(),
                            subject.id(),
                            failed.hardLocked(),
                            failed.hardLocked() ? null : until));
        }
        return new Rejected();
    }
}
