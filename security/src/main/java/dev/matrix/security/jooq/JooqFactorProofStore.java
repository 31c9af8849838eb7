package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_FACTOR_VERIFICATION;
import static dev.matrix.security.jooq.generated.Tables.MATRIX_RECOVERY_CODE;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.security.spi.FactorProofStore;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;

/** {@link FactorProofStore} in tables {@code matrix_recovery_code} and {@code matrix_factor_verification}. */
final class JooqFactorProofStore implements FactorProofStore {

    private static Condition codesOf(Owner owner, String subjectId) {
        return Owners.are(MATRIX_RECOVERY_CODE.OWNER_TYPE, MATRIX_RECOVERY_CODE.OWNER_ID, owner)
                .and(MATRIX_RECOVERY_CODE.SUBJECT_ID.eq(subjectId));
    }

    @Override
    public List<RecoveryCodeRow> codes(Tx tx, Owner owner, String subjectId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_RECOVERY_CODE)
                .where(codesOf(owner, subjectId))
                .orderBy(MATRIX_RECOVERY_CODE.SLOT)
                .fetch(row -> new RecoveryCodeRow(
                        row.get(MATRIX_RECOVERY_CODE.SLOT),
                        row.get(MATRIX_RECOVERY_CODE.SALT),
                        row.get(MATRIX_RECOVERY_CODE.HASH)));
    }

    @Override
    public void replaceCodes(Tx tx, Owner owner, String subjectId, List<RecoveryCodeRow> rows) {
        var dsl = JooqTx.of(tx).dsl();
        dsl.deleteFrom(MATRIX_RECOVERY_CODE).where(codesOf(owner, subjectId)).execute();
        for (RecoveryCodeRow row : rows) {
            dsl.insertInto(MATRIX_RECOVERY_CODE)
                    .set(MATRIX_RECOVERY_CODE.OWNER_TYPE, Owners.type(owner))
                    .set(MATRIX_RECOVERY_CODE.OWNER_ID, owner.id())
                    .set(MATRIX_RECOVERY_CODE.SUBJECT_ID, subjectId)
                    .set(MATRIX_RECOVERY_CODE.SLOT, row.slot())
                    .set(MATRIX_RECOVERY_CODE.SALT, row.salt())
                    .set(MATRIX_RECOVERY_CODE.HASH, row.hash())
                    .execute();
        }
    }

    @Override
    public boolean useCode(Tx tx, Owner owner, String subjectId, RecoveryCodeRow code) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_RECOVERY_CODE)
                        .where(codesOf(owner, subjectId))
                        .and(MATRIX_RECOVERY_CODE.SLOT.eq(code.slot()))
                        .and(MATRIX_RECOVERY_CODE.HASH.eq(code.hash()))
                        .execute()
                == 1;
    }

    @Override
    public void insertProof(Tx tx, String id, Owner owner, String subjectId, Instant at) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_FACTOR_VERIFICATION)
                .set(MATRIX_FACTOR_VERIFICATION.ID, id)
                .set(MATRIX_FACTOR_VERIFICATION.OWNER_TYPE, Owners.type(owner))
                .set(MATRIX_FACTOR_VERIFICATION.OWNER_ID, owner.id())
                .set(MATRIX_FACTOR_VERIFICATION.SUBJECT_ID, subjectId)
                .set(MATRIX_FACTOR_VERIFICATION.VERIFIED_AT, at)
                .execute();
    }

    @Override
    public boolean useProof(Tx tx, String id, Owner owner, String subjectId, Instant since) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_FACTOR_VERIFICATION)
                        .where(MATRIX_FACTOR_VERIFICATION.ID.eq(id))
                        .and(Owners.are(
                                MATRIX_FACTOR_VERIFICATION.OWNER_TYPE, MATRIX_FACTOR_VERIFICATION.OWNER_ID, owner))
                        .and(MATRIX_FACTOR_VERIFICATION.SUBJECT_ID.eq(subjectId))
                        .and(MATRIX_FACTOR_VERIFICATION.VERIFIED_AT.ge(since))
                        .execute()
                == 1;
    }

    @Override
    public int deleteProofs(Tx tx, Instant before, int limit) {
        var dsl = JooqTx.of(tx).dsl();
        List<String> old = dsl.select(MATRIX_FACTOR_VERIFICATION.ID)
                .from(MATRIX_FACTOR_VERIFICATION)
                .where(MATRIX_FACTOR_VERIFICATION.VERIFIED_AT.lt(before))
                .limit(limit)
                .fetch(MATRIX_FACTOR_VERIFICATION.ID);
        return dsl.deleteFrom(MATRIX_FACTOR_VERIFICATION)
                .where(MATRIX_FACTOR_VERIFICATION.ID.in(old))
                .execute();
    }
}
