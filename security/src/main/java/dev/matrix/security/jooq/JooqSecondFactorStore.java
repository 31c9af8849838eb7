package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_FACTOR_GUARD;
import static dev.matrix.security.jooq.generated.Tables.MATRIX_TOTP_DEVICE;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.security.spi.FactorGuardRow;
import dev.matrix.security.spi.SecondFactorStore;
import dev.matrix.security.spi.TotpDeviceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link SecondFactorStore} in tables {@code matrix_totp_device} and {@code matrix_factor_guard}. */
final class JooqSecondFactorStore implements SecondFactorStore {

    private static Condition guardOf(Owner owner, String subjectId) {
        return Owners.are(MATRIX_FACTOR_GUARD.OWNER_TYPE, MATRIX_FACTOR_GUARD.OWNER_ID, owner)
                .and(MATRIX_FACTOR_GUARD.SUBJECT_ID.eq(subjectId));
    }

    @Override
    public FactorGuardRow lockGuard(Tx tx, Owner owner, String subjectId, Instant now) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(insertInto(MATRIX_FACTOR_GUARD)
                .set(MATRIX_FACTOR_GUARD.OWNER_TYPE, Owners.type(owner))
                .set(MATRIX_FACTOR_GUARD.OWNER_ID, owner.id())
                .set(MATRIX_FACTOR_GUARD.SUBJECT_ID, subjectId)
                .set(MATRIX_FACTOR_GUARD.FAILURES, 0)
                .set(MATRIX_FACTOR_GUARD.GUESSES, 0)
                .set(MATRIX_FACTOR_GUARD.GUESSES_AT, now)
                .set(MATRIX_FACTOR_GUARD.HARD_LOCKED, false));
        return guard(own.dsl()
                .selectFrom(MATRIX_FACTOR_GUARD)
                .where(guardOf(owner, subjectId))
                .forUpdate()
                .fetchSingle());
    }

    @Override
    public Optional<FactorGuardRow> guard(Tx tx, Owner owner, String subjectId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_FACTOR_GUARD)
                .where(guardOf(owner, subjectId))
                .fetchOptional()
                .map(JooqSecondFactorStore::guard);
    }

    @Override
    public void saveGuard(Tx tx, FactorGuardRow row) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_FACTOR_GUARD)
                .set(MATRIX_FACTOR_GUARD.FAILURES, row.failures())
                .set(MATRIX_FACTOR_GUARD.LOCKED_AT, row.lockedAt())
                .set(MATRIX_FACTOR_GUARD.GUESSES, row.level())
                .set(MATRIX_FACTOR_GUARD.GUESSES_AT, row.levelAt())
                .set(MATRIX_FACTOR_GUARD.HARD_LOCKED, row.hardLocked())
                .where(guardOf(row.owner(), row.subjectId()))
                .execute();
    }

    @Override
    public void deleteGuard(Tx tx, Owner owner, String subjectId) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_FACTOR_GUARD)
                .where(guardOf(owner, subjectId))
                .execute();
    }

    private static Condition of(Owner owner, String subjectId) {
        return Owners.are(MATRIX_TOTP_DEVICE.OWNER_TYPE, MATRIX_TOTP_DEVICE.OWNER_ID, owner)
                .and(MATRIX_TOTP_DEVICE.SUBJECT_ID.eq(subjectId));
    }

    @Override
    public List<TotpDeviceRow> devices(Tx tx, Owner owner, String subjectId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TOTP_DEVICE)
                .where(of(owner, subjectId))
                .orderBy(MATRIX_TOTP_DEVICE.ID)
                .fetch(JooqSecondFactorStore::device);
    }

    @Override
    public void insert(Tx tx, TotpDeviceRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_TOTP_DEVICE)
                .set(MATRIX_TOTP_DEVICE.ID, row.id())
                .set(MATRIX_TOTP_DEVICE.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_TOTP_DEVICE.OWNER_ID, row.owner().id())
                .set(MATRIX_TOTP_DEVICE.SUBJECT_ID, row.subjectId())
                .set(MATRIX_TOTP_DEVICE.ACCOUNT, row.account())
                .set(MATRIX_TOTP_DEVICE.ALGORITHM, row.algorithm())
                .set(MATRIX_TOTP_DEVICE.DIGITS, row.digits())
                .set(MATRIX_TOTP_DEVICE.PERIOD_SECONDS, row.periodSeconds())
                .set(MATRIX_TOTP_DEVICE.SEALED, row.sealed())
                .set(MATRIX_TOTP_DEVICE.STATE, row.state().name())
                .set(MATRIX_TOTP_DEVICE.LAST_STEP, row.lastStep())
                .set(MATRIX_TOTP_DEVICE.DRIFT, row.drift())
                .set(MATRIX_TOTP_DEVICE.VERSION, row.version())
                .set(MATRIX_TOTP_DEVICE.CREATED_AT, row.createdAt())
                .set(MATRIX_TOTP_DEVICE.LAST_USED_AT, row.lastUsedAt())
                .execute();
    }

    @Override
    public boolean replaceIfVersion(Tx tx, TotpDeviceRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_TOTP_DEVICE)
                        .set(MATRIX_TOTP_DEVICE.SEALED, row.sealed())
                        .set(MATRIX_TOTP_DEVICE.STATE, row.state().name())
                        .set(MATRIX_TOTP_DEVICE.LAST_STEP, row.lastStep())
                        .set(MATRIX_TOTP_DEVICE.DRIFT, row.drift())
                        .set(MATRIX_TOTP_DEVICE.VERSION, row.version())
                        .set(MATRIX_TOTP_DEVICE.LAST_USED_AT, row.lastUsedAt())
                        .where(MATRIX_TOTP_DEVICE.ID.eq(row.id()))
                        .and(MATRIX_TOTP_DEVICE.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public boolean delete(Tx tx, Owner owner, String subjectId, String id) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_TOTP_DEVICE)
                        .where(of(owner, subjectId))
                        .and(MATRIX_TOTP_DEVICE.ID.eq(id))
                        .execute()
                == 1;
    }

    @Override
    public List<TotpDeviceRow> after(Tx tx, @Nullable String after, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TOTP_DEVICE)
                .where(MATRIX_TOTP_DEVICE.ID.gt(after == null ? "" : after))
                .orderBy(MATRIX_TOTP_DEVICE.ID)
                .limit(limit)
                .fetch(JooqSecondFactorStore::device);
    }

    private static FactorGuardRow guard(Record row) {
        return new FactorGuardRow(
                Owners.of(row.get(MATRIX_FACTOR_GUARD.OWNER_TYPE), row.get(MATRIX_FACTOR_GUARD.OWNER_ID)),
                row.get(MATRIX_FACTOR_GUARD.SUBJECT_ID),
                row.get(MATRIX_FACTOR_GUARD.FAILURES),
                row.get(MATRIX_FACTOR_GUARD.LOCKED_AT),
                row.get(MATRIX_FACTOR_GUARD.GUESSES),
                row.get(MATRIX_FACTOR_GUARD.GUESSES_AT),
                row.get(MATRIX_FACTOR_GUARD.HARD_LOCKED));
    }

    private static TotpDeviceRow device(Record row) {
        return new TotpDeviceRow(
                row.get(MATRIX_TOTP_DEVICE.ID),
                Owners.of(row.get(MATRIX_TOTP_DEVICE.OWNER_TYPE), row.get(MATRIX_TOTP_DEVICE.OWNER_ID)),
                row.get(MATRIX_TOTP_DEVICE.SUBJECT_ID),
                row.get(MATRIX_TOTP_DEVICE.ACCOUNT),
                row.get(MATRIX_TOTP_DEVICE.ALGORITHM),
                row.get(MATRIX_TOTP_DEVICE.DIGITS),
                row.get(MATRIX_TOTP_DEVICE.PERIOD_SECONDS),
                row.get(MATRIX_TOTP_DEVICE.SEALED),
                TotpDeviceRow.State.valueOf(row.get(MATRIX_TOTP_DEVICE.STATE)),
                row.get(MATRIX_TOTP_DEVICE.LAST_STEP),
                row.get(MATRIX_TOTP_DEVICE.DRIFT),
                row.get(MATRIX_TOTP_DEVICE.VERSION),
                row.get(MATRIX_TOTP_DEVICE.CREATED_AT),
                row.get(MATRIX_TOTP_DEVICE.LAST_USED_AT));
    }
}
