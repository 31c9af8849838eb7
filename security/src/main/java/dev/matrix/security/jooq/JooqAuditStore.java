package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_ENTRY;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.or;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.TableField;

/** {@link AuditStore} in table {@code matrix_audit_entry}. */
final class JooqAuditStore implements AuditStore {

    @Override
    public boolean insert(Tx tx, AuditRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_AUDIT_ENTRY)
                                .set(MATRIX_AUDIT_ENTRY.ID, row.id())
                                .set(MATRIX_AUDIT_ENTRY.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_AUDIT_ENTRY.OWNER_ID, row.owner().id())
                                .set(MATRIX_AUDIT_ENTRY.OWNER_PSEUDONYM, row.ownerPseudonym())
                                .set(MATRIX_AUDIT_ENTRY.ACTOR, row.actor())
                                .set(MATRIX_AUDIT_ENTRY.ACTOR_PSEUDONYM, row.actorPseudonym())
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
        Condition held = or(holds.stream().map(JooqAuditStore::isHeldBy).toList());
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

    private static Condition isHeldBy(AuditHoldRow hold) {
        Condition owners = hold.ownerPseudonym() == null
                ? MATRIX_AUDIT_ENTRY
                        .OWNER_PSEUDONYM
                        .isNull()
                        .and(Owners.are(MATRIX_AUDIT_ENTRY.OWNER_TYPE, MATRIX_AUDIT_ENTRY.OWNER_ID, hold.owner()))
                : coalesce(MATRIX_AUDIT_ENTRY.OWNER_PSEUDONYM, "").eq(hold.ownerPseudonym());
        return owners.and(MATRIX_AUDIT_ENTRY.RECORDED_AT.ge(hold.from()))
                .and(MATRIX_AUDIT_ENTRY.RECORDED_AT.lt(hold.to()));
    }

    @Override
    public Page<AuditRow> page(Tx tx, AuditFilter filter, PageRequest page) {
        List<AuditRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_ENTRY)
                .where(wanted(filter))
                .and(MATRIX_AUDIT_ENTRY.ID.gt(page.cursor() == null ? "" : page.cursor()))
                .orderBy(MATRIX_AUDIT_ENTRY.ID)
                .limit(page.limit() + 1)
                .fetch(JooqAuditStore::row);
        return Page.of(found, page, AuditRow::id);
    }

    private static Condition wanted(AuditFilter filter) {
        Condition wanted = noCondition();
        if (filter.owner() != null) {
            wanted = Owners.are(MATRIX_AUDIT_ENTRY.OWNER_TYPE, MATRIX_AUDIT_ENTRY.OWNER_ID, filter.owner());
        }
        if (filter.actor() != null) {
            wanted = wanted.and(MATRIX_AUDIT_ENTRY.ACTOR.eq(filter.actor()));
        }
        if (filter.action() != null) {
            wanted = wanted.and(MATRIX_AUDIT_ENTRY.ACTION.eq(filter.action()));
        }
        if (filter.category() != null) {
            wanted = wanted.and(MATRIX_AUDIT_ENTRY.CATEGORY.eq(filter.category()));
        }
        if (filter.from() != null) {
            wanted = wanted.and(MATRIX_AUDIT_ENTRY.RECORDED_AT.ge(filter.from()));
        }
        return filter.to() == null ? wanted : wanted.and(MATRIX_AUDIT_ENTRY.RECORDED_AT.lt(filter.to()));
    }

    @Override
    public int blank(Tx tx, String pseudonym, int limit) {
        String actor = "person:" + pseudonym;
        int actors =
                blank(tx, MATRIX_AUDIT_ENTRY.ACTOR, actor, MATRIX_AUDIT_ENTRY.ACTOR_PSEUDONYM.eq(pseudonym), limit);
        int owners = blank(
                tx, MATRIX_AUDIT_ENTRY.OWNER_ID, pseudonym, MATRIX_AUDIT_ENTRY.OWNER_PSEUDONYM.eq(pseudonym), limit);
        return actors + owners;
    }

    private static int blank(Tx tx, TableField<?, String> field, String by, Condition whose, int limit) {
        List<String> ids = JooqTx.of(tx)
                .dsl()
                .select(MATRIX_AUDIT_ENTRY.ID)
                .from(MATRIX_AUDIT_ENTRY)
                .where(whose)
                .and(field.ne(by))
                .limit(limit)
                .fetch(MATRIX_AUDIT_ENTRY.ID);
        return ids.isEmpty()
                ? 0
                : JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_AUDIT_ENTRY)
                        .set(field, by)
                        .where(MATRIX_AUDIT_ENTRY.ID.in(ids))
                        .execute();
    }

    private static AuditRow row(Record row) {
        return new AuditRow(
                row.get(MATRIX_AUDIT_ENTRY.ID),
                Owners.of(row.get(MATRIX_AUDIT_ENTRY.OWNER_TYPE), row.get(MATRIX_AUDIT_ENTRY.OWNER_ID)),
                row.get(MATRIX_AUDIT_ENTRY.OWNER_PSEUDONYM),
                row.get(MATRIX_AUDIT_ENTRY.ACTOR),
                row.get(MATRIX_AUDIT_ENTRY.ACTOR_PSEUDONYM),
                row.get(MATRIX_AUDIT_ENTRY.ACTION),
                row.get(MATRIX_AUDIT_ENTRY.CATEGORY),
                row.get(MATRIX_AUDIT_ENTRY.SUCCESS),
                row.get(MATRIX_AUDIT_ENTRY.RECORDED_AT),
                row.get(MATRIX_AUDIT_ENTRY.BODY));
    }
}
