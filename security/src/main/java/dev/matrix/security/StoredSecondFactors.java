package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SecuritySecondFactorChanged;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.FactorChange.Codes;
import dev.matrix.security.FactorChange.Enrolment;
import dev.matrix.security.FactorChange.Imported;
import dev.matrix.security.FactorChange.ProofRequired;
import dev.matrix.security.FactorChange.Removed;
import dev.matrix.security.spi.FactorGuardRow;
import dev.matrix.security.spi.FactorProofStore.RecoveryCodeRow;
import dev.matrix.security.spi.TotpDeviceRow;
import dev.matrix.security.spi.TotpDeviceRow.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@link SecondFactors} over their stores. A change, its event and its entry in the audit log commit together. */
record StoredSecondFactors(
        FactorStores stores,
        FactorSecrets secrets,
        Attempts attempts,
        AttemptTurns turns,
        EventLog events,
        AuditLog audit,
        Ids ids,
        InstantSource clock,
        RandomGenerator random)
        implements SecondFactors {

    private static final int MOST_DEVICES = 5;
    private static final Duration PROOF_COUNTS_FOR = Duration.ofMinutes(5);

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public FactorChange beginTotp(Subject subject, TotpOptions options, @Nullable String proofId) {
        return stores.transactions().returning(tx -> beginTotp(tx, subject, options, proofId));
    }

    @Override
    public FactorChange beginTotp(Tx tx, Subject subject, TotpOptions options, @Nullable String proofId) {
        byte[] secret = new byte[options.algorithm().secretBytes()];
        random.nextBytes(secret);
        String id = add(tx, subject, options, secret, State.PENDING, proofId);
        if (id == null) {
            return new ProofRequired();
        }
        String text = Base32.encode(secret);
        String uri = TotpUri.write(options, text);
        return new Enrolment(id, text, uri, QrCode.of(uri), warnings(options));
    }

    @Override
    public FactorChange importTotp(Subject subject, String otpauthUri, @Nullable String proofId) {
        return stores.transactions().returning(tx -> importTotp(tx, subject, otpauthUri, proofId));
    }

    @Override
    public FactorChange importTotp(Tx tx, Subject subject, String otpauthUri, @Nullable String proofId) {
        TotpUri.Parsed parsed = TotpUri.parse(otpauthUri);
        String id = add(tx, subject, parsed.options(), parsed.secret(), State.IMPORTED, proofId);
        return id == null ? new ProofRequired() : new Imported(id);
    }

    /** Adds a device that awaits its first code; null: it needs a proof. */
    private @Nullable String add(
            Tx tx, Subject subject, TotpOptions options, byte[] secret, State state, @Nullable String proofId) {
        Instant now = now();
        stores.factors().lockGuard(tx, subject.owner(), subject.id(), now);
        List<TotpDeviceRow> devices = stores.factors().devices(tx, subject.owner(), subject.id());
        long active =
                devices.stream().filter(each -> each.state() == State.ACTIVE).count();
        if (active > 0 && !proves(tx, subject, proofId, now)) {
            return null;
        }
        if (active >= MOST_DEVICES) {
            throw new ConflictException(subject + " has " + MOST_DEVICES + " devices, the most there are; remove one.");
        }
        devices.stream()
                .filter(each -> each.state() != State.ACTIVE)
                .forEach(each -> stores.factors().delete(tx, subject.owner(), subject.id(), each.id()));
        String id = ids.next("otp");
        stores.factors()
                .insert(
                        tx,
                        new TotpDeviceRow(
                                id,
                                subject.owner(),
                                subject.id(),
                                options.account(),
                                options.algorithm().name(),
                                options.digits(),
                                options.periodSeconds(),
                                secrets.seal(subject, id, secret),
                                state,
                                -1,
                                0,
                                1,
                                now,
                                null));
        tell(tx, subject, Actor.person(subject), id, state == State.IMPORTED ? "imported" : "begun", Map.of());
        return id;
    }

    private static List<String> warnings(TotpOptions options) {
        return options.isUsual()
                ? List.of()
                : List.of(
                        "Many authenticator apps know SHA1, 6 digits and 30 seconds alone, and make wrong codes of all"
                                + " else.");
    }

    private boolean proves(Tx tx, Subject subject, @Nullable String proofId, Instant now) {
        return proofId != null
                && stores.proofs().useProof(tx, proofId, subject.owner(), subject.id(), now.minus(PROOF_COUNTS_FOR));
    }

    @Override
    public Verification confirmTotp(Subject subject, String deviceId, String code) {
        return attempts.confirm(subject, deviceId, code);
    }

    @Override
    public Verification verify(Subject subject, String code, boolean firstFactorVerified) {
        return firstFactorVerified ? attempts.verify(subject, code) : new Verification.FirstFactorRequired();
    }

    @Override
    public List<FactorDevice> devices(Subject subject) {
        Instant now = now();
        return stores
                .transactions()
                .returning(tx -> stores.factors().devices(tx, subject.owner(), subject.id()))
                .stream()
                .filter(row -> row.state() == State.ACTIVE || Attempts.isPending(row, now))
                .map(row -> new FactorDevice(row.id(), row.account(), row.state(), row.createdAt(), row.lastUsedAt()))
                .toList();
    }

    @Override
    public FactorStatus status(Subject subject) {
        Instant now = now();
        return stores.transactions().returning(tx -> {
            boolean enrolled = stores.factors().devices(tx, subject.owner(), subject.id()).stream()
                    .anyMatch(row -> row.state() == State.ACTIVE);
            int left = stores.proofs().codes(tx, subject.owner(), subject.id()).size();
            return stores.factors()
                    .guard(tx, subject.owner(), subject.id())
                    .map(guard ->
                            new FactorStatus(enrolled, left, GuessRules.lockedUntil(guard, now), guard.hardLocked()))
                    .orElse(new FactorStatus(enrolled, left, null, false));
        });
    }

    @Override
    public FactorChange remove(Subject subject, String deviceId, @Nullable String proofId) {
        return stores.transactions().returning(tx -> remove(tx, subject, deviceId, proofId));
    }

    @Override
    public FactorChange remove(Tx tx, Subject subject, String deviceId, @Nullable String proofId) {
        Instant now = now();
        stores.factors().lockGuard(tx, subject.owner(), subject.id(), now);
        List<TotpDeviceRow> devices = stores.factors().devices(tx, subject.owner(), subject.id());
        if (devices.stream().noneMatch(each -> each.id().equals(deviceId))) {
            throw new NotFoundException("No device " + deviceId + ".");
        }
        if (!proves(tx, subject, proofId, now)) {
            return new ProofRequired();
        }
        stores.factors().delete(tx, subject.owner(), subject.id(), deviceId);
        boolean last = devices.stream()
                .noneMatch(each -> each.state() == State.ACTIVE && !each.id().equals(deviceId));
        if (last) {
            stores.proofs().replaceCodes(tx, subject.owner(), subject.id(), List.of());
        }
        tell(tx, subject, Actor.person(subject), deviceId, "removed", Map.of());
        return new Removed();
    }

    @Override
    public FactorChange renewRecoveryCodes(Subject subject, @Nullable String proofId) {
        List<String> codes = new ArrayList<>();
        List<RecoveryCodeRow> rows = new ArrayList<>();
        for (int slot = 0; slot < RecoveryCode.SLOTS; slot++) {
            String code = RecoveryCode.next(slot, random);
            byte[] salt = RecoveryCode.salt(random);
            byte[] hash = turns.hashing(() -> RecoveryCode.hash(code.replace("-", ""), salt));
            codes.add(code);
            rows.add(new RecoveryCodeRow(slot, salt, hash));
        }
        Instant now = now();
        return stores.transactions().returning(tx -> {
            stores.factors().lockGuard(tx, subject.owner(), subject.id(), now);
            if (!proves(tx, subject, proofId, now)) {
                return new ProofRequired();
            }
            stores.proofs().replaceCodes(tx, subject.owner(), subject.id(), rows);
            tell(tx, subject, Actor.person(subject), null, "recovery_codes_renewed", Map.of());
            return new Codes(codes);
        });
    }

    @Override
    public void reset(Subject subject, Actor admin, String reason) {
        stores.transactions().inTransaction(tx -> reset(tx, subject, admin, reason));
    }

    @Override
    public void reset(Tx tx, Subject subject, Actor admin, String reason) {
        forgive(tx, subject);
        stores.eraseAll(tx, subject);
        tell(tx, subject, admin, null, "reset", Map.of("reason", Texts.require("A reason", reason, 500)));
    }

    @Override
    public void unlock(Subject subject, Actor admin, String reason) {
        stores.transactions().inTransaction(tx -> unlock(tx, subject, admin, reason));
    }

    @Override
    public void unlock(Tx tx, Subject subject, Actor admin, String reason) {
        forgive(tx, subject);
        tell(tx, subject, admin, null, "unlocked", Map.of("reason", Texts.require("A reason", reason, 500)));
    }

    private void forgive(Tx tx, Subject subject) {
        Instant now = now();
        FactorGuardRow guard = stores.factors().lockGuard(tx, subject.owner(), subject.id(), now);
        stores.factors().saveGuard(tx, GuessRules.forgiven(guard, now));
    }

    private void tell(
            Tx tx, Subject subject, Actor actor, @Nullable String deviceId, String change, Map<String, String> data) {
        Map<String, String> told = new HashMap<>(data);
        if (deviceId != null) {
            told.put("device", deviceId);
        }
        audit.append(
                tx,
                AuditEntry.of(
                                subject.owner(),
                                actor,
                                "second_factor." + change,
                                Category.AUTHENTICATION,
                                Target.person(subject))
                        .data(told));
        events.publish(
                tx,
                SecuritySecondFactorChanged.builder()
                        .id(subject.id())
                        .owner(subject.owner())
                        .subjectId(subject.id())
                        .deviceId(deviceId)
                        .change(change)
                        .build());
    }
}
