package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_SUBJECT_KEY;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.value;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectFieldOrAsterisk;

/** {@link SubjectKeyStore} in table {@code matrix_subject_key}. */
final class JooqSubjectKeyStore implements SubjectKeyStore {

    private static final List<SelectFieldOrAsterisk> ROW = List.of(
            MATRIX_SUBJECT_KEY.PSEUDONYM,
            MATRIX_SUBJECT_KEY.OWNER_TYPE,
            MATRIX_SUBJECT_KEY.OWNER_ID,
            MATRIX_SUBJECT_KEY.SUBJECT_ID,
            MATRIX_SUBJECT_KEY.WRAPPED,
            MATRIX_SUBJECT_KEY.KEY_VERSION,
            MATRIX_SUBJECT_KEY.CREATED_AT);

    @Override
    public boolean insertIfAbsent(Tx tx, SubjectKeyRow row) {
        if (row.owner() == null || row.subjectId() == null) {
            throw new IllegalArgumentException("A new subject key names its owner and subject.");
        }
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_SUBJECT_KEY)
                                .set(MATRIX_SUBJECT_KEY.PSEUDONYM, row.pseudonym())
                                .set(MATRIX_SUBJECT_KEY.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_SUBJECT_KEY.OWNER_ID, row.owner().id())
                                .set(MATRIX_SUBJECT_KEY.SUBJECT_ID, row.subjectId())
                                .set(MATRIX_SUBJECT_KEY.WRAPPED, row.wrapped())
                                .set(MATRIX_SUBJECT_KEY.KEY_VERSION, row.keyVersion())
                                .set(MATRIX_SUBJECT_KEY.CREATED_AT, row.createdAt()))
                == 1;
    }

    @Override
    public Optional<SubjectKeyRow> find(Tx tx, Owner owner, String subjectId) {
        return select(tx, person(owner, subjectId)).fetchOptional(JooqSubjectKeyStore::row);
    }

    @Override
    public Optional<SubjectKeyRow> byPseudonym(Tx tx, String pseudonym) {
        return select(tx, MATRIX_SUBJECT_KEY.PSEUDONYM.eq(pseudonym)).fetchOptional(JooqSubjectKeyStore::row);
    }

    @Override
    public boolean destroy(Tx tx, Owner owner, String subjectId) {
        return destroy(tx, person(owner, subjectId));
    }

    @Override
    public boolean destroyByPseudonym(Tx tx, String pseudonym) {
        return destroy(tx, MATRIX_SUBJECT_KEY.PSEUDONYM.eq(pseudonym).and(MATRIX_SUBJECT_KEY.WRAPPED.isNotNull()));
    }

    private static boolean destroy(Tx tx, Condition one) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_SUBJECT_KEY)
                        .set(MATRIX_SUBJECT_KEY.OWNER_TYPE, value(null, MATRIX_SUBJECT_KEY.OWNER_TYPE))
                        .set(MATRIX_SUBJECT_KEY.OWNER_ID, value(null, MATRIX_SUBJECT_KEY.OWNER_ID))
                        .set(MATRIX_SUBJECT_KEY.SUBJECT_ID, value(null, MATRIX_SUBJECT_KEY.SUBJECT_ID))
                        .set(MATRIX_SUBJECT_KEY.WRAPPED, value(null, MATRIX_SUBJECT_KEY.WRAPPED))
                        .where(one)
                        .execute()
                == 1;
    }

    @Override
    public List<SubjectKeyRow> wrappedBefore(Tx tx, int version, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .select(ROW)
                .from(MATRIX_SUBJECT_KEY)
                .where(MATRIX_SUBJECT_KEY.WRAPPED.isNotNull())
                .and(MATRIX_SUBJECT_KEY.KEY_VERSION.lt(version))
                .limit(limit)
                .fetch(JooqSubjectKeyStore::row);
    }

    @Override
    public boolean rewrap(Tx tx, String pseudonym, int expectedVersion, byte[] wrapped, int newVersion) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_SUBJECT_KEY)
                        .set(MATRIX_SUBJECT_KEY.WRAPPED, wrapped)
                        .set(MATRIX_SUBJECT_KEY.KEY_VERSION, newVersion)
                        .where(MATRIX_SUBJECT_KEY.PSEUDONYM.eq(pseudonym))
                        .and(MATRIX_SUBJECT_KEY.KEY_VERSION.eq(expectedVersion))
                        .and(MATRIX_SUBJECT_KEY.WRAPPED.isNotNull())
                        .execute()
                == 1;
    }

    private static Condition person(Owner owner, String subjectId) {
        return Owners.are(MATRIX_SUBJECT_KEY.OWNER_TYPE, MATRIX_SUBJECT_KEY.OWNER_ID, owner)
                .and(MATRIX_SUBJECT_KEY.SUBJECT_ID.eq(subjectId));
    }

    private static ResultQuery<Record> select(Tx tx, Condition condition) {
        return JooqTx.of(tx).dsl().select(ROW).from(MATRIX_SUBJECT_KEY).where(condition);
    }

    private static SubjectKeyRow row(Record row) {
        Short ownerType = row.get(MATRIX_SUBJECT_KEY.OWNER_TYPE);
        return new SubjectKeyRow(
                row.get(MATRIX_SUBJECT_KEY.PSEUDONYM),
                ownerType == null ? null : Owners.of(ownerType, row.get(MATRIX_SUBJECT_KEY.OWNER_ID)),
                row.get(MATRIX_SUBJECT_KEY.SUBJECT_ID),
                row.get(MATRIX_SUBJECT_KEY.WRAPPED),
                row.get(MATRIX_SUBJECT_KEY.KEY_VERSION),
                row.get(MATRIX_SUBJECT_KEY.CREATED_AT));
    }
}
