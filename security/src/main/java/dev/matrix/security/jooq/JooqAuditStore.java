package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_ENTRY;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.or;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record;

/** {@link AuditStore} in table {@code matrix_audit_entry}. */
final class JooqAuditStore implements AuditStore {

    @Override
    public boolean insert(Tx tx, AuditRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_AUDIT_ENTRY)
                                .set(MATRIX_AUDIT_ENTRY.ID, row.id())
                                .set(MATRIX_AUDIT_ENTRY.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_AUDIT_ENTRY.OWNER_ID, row.owner().id())
                                .set(MATRIX_AUDIT_ENTRY.ACTOR, row.actor())
                                .set(MATRIX_AUDIT_ENTRY.ACTION, row.action())
                                .set(MATRIX_AUDIT_ENTRY.CATEGORY, row.category())
                                .set(MATRIX_AUDIT_ENTRY.SUCCESS, row.success())
                                .set(MATRIX_AUDIT_ENTRY.RECORDED_AT, row.at())
                                .set(MATRIX_AUDIT_ENTRY.BODY, row.body()))
                == 1;
    }

    @Override
    public List<AuditRow> find(Tx tx, Collection<String> ids) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_ENTRY)
                .where(MATRIX_AUDIT_ENTRY.ID.in(ids))
                .fetch(JooqAuditStore::row);
    }

    @Override
    public List<AuditRow> due(
            Tx tx, String category, Instant before, String kept, List<AuditHoldRow> holds, int limit) {
        Condition held = or(holds.stream()
                .map(hold -> Owners.are(MATRIX_AUDIT_ENTRY.OWNER_TYPE, MATRIX_AUDIT_ENTRY.OWNER_ID, hold.owner())
                        .and(MATRIX_AUDIT_ENTRY.RECORDED_AT.ge(hold.from()))
                        .and(MATRIX_AUDIT_ENTRY.RECORDED_AT.lt(hold.to())))
                .toList());
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_ENTRY)
                .where(MATRIX_AUDIT_ENTRY.CATEGORY.eq(category))
                .and(MATRIX_AUDIT_ENTRY.RECORDED_AT.lt(before))
                .and(MATRIX_AUDIT_ENTRY.ACTION.ne(kept))
                .and(holds.isEmpty() ? noCondition() : held.not())
                .orderBy(MATRIX_AUDIT_ENTRY.RECORDED_AT, MATRIX_AUDIT_ENTRY.ID)
                .limit(limit)
                .fetch(JooqAuditStore::row);
    }

    @Override
    public void delete(Tx tx, Collection<String> ids) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_AUDIT_ENTRY)
                .where(MATRIX_AUDIT_ENTRY.ID.in(ids))
                .execute();
    }

    @Override
    public Page<AuditRow> page(Tx tx, List<Owner> owners, PageRequest page) {
        Condition wanted = owners.isEmpty()
                ? noCondition()
                : or(owners.stream()
                        .map(owner -> Owners.are(MATRIX_AUDIT_ENTRY.OWNER_TYPE, MATRIX_AUDIT_ENTRY.OWNER_ID, owner))
                        .toList());
        List<AuditRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_ENTRY)
                .where(wanted)
                .and(MATRIX_AUDIT_ENTRY.ID.gt(page.cursor() == null ? "" : page.cursor()))
                .orderBy(MATRIX_AUDIT_ENTRY.ID)
                .limit(page.limit() + 1)
                .fetch(JooqAuditStore::row);
        return Page.of(found, page, AuditRow::id);
    }

    private static AuditRow row(Record row) {
        return new AuditRow(
                row.get(MATRIX_AUDIT_ENTRY.ID),
                Owners.of(row.get(MATRIX_AUDIT_ENTRY.OWNER_TYPE), row.get(MATRIX_AUDIT_ENTRY.OWNER_ID)),
                row.get(MATRIX_AUDIT_ENTRY.ACTOR),
                row.get(MATRIX_AUDIT_ENTRY.ACTION),
                row.get(MATRIX_AUDIT_ENTRY.CATEGORY),
                row.get(MATRIX_AUDIT_ENTRY.SUCCESS),
                row.get(MATRIX_AUDIT_ENTRY.RECORDED_AT),
                row.get(MATRIX_AUDIT_ENTRY.BODY));
    }
}
