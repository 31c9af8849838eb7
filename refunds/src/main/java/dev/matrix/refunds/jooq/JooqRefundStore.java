package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_HISTORY;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.refunds.spi.RefundStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** {@link RefundStore} in {@code matrix_refund} and {@code matrix_refund_history}. */
final class JooqRefundStore implements RefundStore {

    private static RefundRow row(Record row) {
        return new RefundRow(
                row.get(MATRIX_REFUND.ID),
                Owners.of(row.get(MATRIX_REFUND.OWNER_TYPE), row.get(MATRIX_REFUND.OWNER_ID)),
                row.get(MATRIX_REFUND.KEY_SPACE),
                row.get(MATRIX_REFUND.IDEM_KEY),
                row.get(MATRIX_REFUND.FINGERPRINT),
                row.get(MATRIX_REFUND.PAYMENT_ID),
                row.get(MATRIX_REFUND.CURRENCY),
                row.get(MATRIX_REFUND.AMOUNT),
                row.get(MATRIX_REFUND.TAX),
                row.get(MATRIX_REFUND.REASON),
                row.get(MATRIX_REFUND.STATUS),
                row.get(MATRIX_REFUND.ATTENTION),
                row.get(MATRIX_REFUND.DUE_AT),
                row.get(MATRIX_REFUND.CREATED_AT),
                row.get(MATRIX_REFUND.DOCUMENT),
                row.get(MATRIX_REFUND.VERSION));
    }

    @Override
    public boolean insert(Tx tx, RefundRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_REFUND)
                                .set(MATRIX_REFUND.ID, row.id())
                                .set(MATRIX_REFUND.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_REFUND.OWNER_ID, row.owner().id())
                                .set(MATRIX_REFUND.KEY_SPACE, row.keySpace())
                                .set(MATRIX_REFUND.IDEM_KEY, row.key())
                                .set(MATRIX_REFUND.FINGERPRINT, row.fingerprint())
                                .set(MATRIX_REFUND.PAYMENT_ID, row.paymentId())
                                .set(MATRIX_REFUND.CURRENCY, row.currency())
                                .set(MATRIX_REFUND.AMOUNT, row.amount())
                                .set(MATRIX_REFUND.TAX, row.tax())
                                .set(MATRIX_REFUND.REASON, row.reason())
                                .set(MATRIX_REFUND.STATUS, row.status())
                                .set(MATRIX_REFUND.ATTENTION, row.attention())
                                .set(MATRIX_REFUND.DUE_AT, row.dueAt())
                                .set(MATRIX_REFUND.CREATED_AT, row.createdAt())
                                .set(MATRIX_REFUND.DOCUMENT, row.document())
                                .set(MATRIX_REFUND.VERSION, row.version()))
                == 1;
    }

    @Override
    public Optional<RefundRow> byKey(Tx tx, Owner owner, String keySpace, String key) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND)
                .where(Owners.are(MATRIX_REFUND.OWNER_TYPE, MATRIX_REFUND.OWNER_ID, owner))
                .and(MATRIX_REFUND.KEY_SPACE.eq(keySpace))
                .and(MATRIX_REFUND.IDEM_KEY.eq(key))
                .fetchOptional(JooqRefundStore::row);
    }

    @Override
    public Optional<RefundRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND)
                .where(MATRIX_REFUND.ID.eq(id))
                .fetchOptional(JooqRefundStore::row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, RefundRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_REFUND)
                        .set(MATRIX_REFUND.STATUS, row.status())
                        .set(MATRIX_REFUND.ATTENTION, row.attention())
                        .set(MATRIX_REFUND.DUE_AT, row.dueAt())
                        .set(MATRIX_REFUND.DOCUMENT, row.document())
                        .set(MATRIX_REFUND.VERSION, row.version())
                        .where(MATRIX_REFUND.ID.eq(row.id()))
                        .and(MATRIX_REFUND.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public Page<RefundRow> page(Tx tx, Filter filter, PageRequest page) {
        List<RefundRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND)
                .where(wanted(filter))
                .and(page.cursor() == null ? noCondition() : MATRIX_REFUND.ID.gt(page.cursor()))
                .orderBy(MATRIX_REFUND.ID)
                .limit(page.limit() + 1)
                .fetch(JooqRefundStore::row);
        return Page.of(found, page, RefundRow::id);
    }

    private static Condition wanted(Filter filter) {
        Condition wanted = noCondition();
        if (filter.owner() != null) {
            wanted = wanted.and(Owners.are(MATRIX_REFUND.OWNER_TYPE, MATRIX_REFUND.OWNER_ID, filter.owner()));
        }
        if (filter.paymentId() != null) {
            wanted = wanted.and(MATRIX_REFUND.PAYMENT_ID.eq(filter.paymentId()));
        }
        if (filter.status() != null) {
            wanted = wanted.and(MATRIX_REFUND.STATUS.eq(filter.status()));
        }
        if (filter.reason() != null) {
            wanted = wanted.and(MATRIX_REFUND.REASON.eq(filter.reason()));
        }
        if (filter.attention() != null) {
            wanted = wanted.and(
                    val(",").concat(MATRIX_REFUND.ATTENTION).concat(",").like("%," + filter.attention() + ",%"));
        }
        if (filter.from() != null) {
            wanted = wanted.and(MATRIX_REFUND.CREATED_AT.ge(filter.from()));
        }
        return filter.to() == null ? wanted : wanted.and(MATRIX_REFUND.CREATED_AT.lt(filter.to()));
    }

    @Override
    public List<String> due(Tx tx, Instant now, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_REFUND.ID)
                .from(MATRIX_REFUND)
                .where(MATRIX_REFUND.DUE_AT.le(now))
                .orderBy(MATRIX_REFUND.DUE_AT, MATRIX_REFUND.ID)
                .limit(limit)
                .fetch(MATRIX_REFUND.ID);
    }

    @Override
    public Map<String, Long> countByStatus(Tx tx) {
        Map<String, Long> counts = new TreeMap<>();
        JooqTx.of(tx)
                .dsl()
                .select(MATRIX_REFUND.STATUS, count())
                .from(MATRIX_REFUND)
                .groupBy(MATRIX_REFUND.STATUS)
                .forEach(row -> counts.put(row.value1(), (long) row.value2()));
        return counts;
    }

    @Override
    public void addHistory(Tx tx, HistoryRow row) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        int last = dsl.select(coalesce(max(MATRIX_REFUND_HISTORY.SEQ), 0))
                .from(MATRIX_REFUND_HISTORY)
                .where(MATRIX_REFUND_HISTORY.REFUND_ID.eq(row.refundId()))
                .fetchSingle()
                .value1();
        dsl.insertInto(MATRIX_REFUND_HISTORY)
                .set(MATRIX_REFUND_HISTORY.REFUND_ID, row.refundId())
                .set(MATRIX_REFUND_HISTORY.SEQ, last + 1)
                .set(MATRIX_REFUND_HISTORY.AT, row.at())
                .set(MATRIX_REFUND_HISTORY.EVENT, row.event())
                .set(MATRIX_REFUND_HISTORY.LEG_ID, row.legId())
                .set(MATRIX_REFUND_HISTORY.ACTOR, row.actor())
                .set(MATRIX_REFUND_HISTORY.DETAIL, row.detail())
                .execute();
    }

    @Override
    public void eraseHistory(Tx tx, Owner owner) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_REFUND_HISTORY)
                .setNull(MATRIX_REFUND_HISTORY.DETAIL)
                .where(MATRIX_REFUND_HISTORY.EVENT.in(WRITTEN_BY_PEOPLE))
                .and(MATRIX_REFUND_HISTORY.REFUND_ID.in(select(MATRIX_REFUND.ID)
                        .from(MATRIX_REFUND)
                        .where(Owners.are(MATRIX_REFUND.OWNER_TYPE, MATRIX_REFUND.OWNER_ID, owner))))
                .execute();
    }

    @Override
    public List<HistoryRow> history(Tx tx, String refundId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_HISTORY)
                .where(MATRIX_REFUND_HISTORY.REFUND_ID.eq(refundId))
                .orderBy(MATRIX_REFUND_HISTORY.SEQ)
                .fetch(row -> new HistoryRow(
                        row.get(MATRIX_REFUND_HISTORY.REFUND_ID),
                        row.get(MATRIX_REFUND_HISTORY.SEQ),
                        row.get(MATRIX_REFUND_HISTORY.AT),
                        row.get(MATRIX_REFUND_HISTORY.EVENT),
                        row.get(MATRIX_REFUND_HISTORY.LEG_ID),
                        row.get(MATRIX_REFUND_HISTORY.ACTOR),
                        row.get(MATRIX_REFUND_HISTORY.DETAIL)));
    }
}
