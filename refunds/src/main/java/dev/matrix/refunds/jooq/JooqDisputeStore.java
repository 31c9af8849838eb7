package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_DISPUTE;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.refunds.spi.DisputeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/** {@link DisputeStore} in {@code matrix_dispute}. */
final class JooqDisputeStore implements DisputeStore {

    private static DisputeRow row(Record row) {
        return new DisputeRow(
                row.get(MATRIX_DISPUTE.ID),
                Owners.of(row.get(MATRIX_DISPUTE.OWNER_TYPE), row.get(MATRIX_DISPUTE.OWNER_ID)),
                row.get(MATRIX_DISPUTE.PAYMENT_ID),
                row.get(MATRIX_DISPUTE.PROVIDER),
                row.get(MATRIX_DISPUTE.DISPUTE_REF),
                row.get(MATRIX_DISPUTE.STATUS),
                row.get(MATRIX_DISPUTE.RESPOND_BY),
                row.get(MATRIX_DISPUTE.NEXT_AT),
                row.get(MATRIX_DISPUTE.LEASE_UNTIL),
                row.get(MATRIX_DISPUTE.FENCE),
                row.get(MATRIX_DISPUTE.DOCUMENT),
                row.get(MATRIX_DISPUTE.VERSION));
    }

    @Override
    public boolean insert(Tx tx, DisputeRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_DISPUTE)
                                .set(MATRIX_DISPUTE.ID, row.id())
                                .set(MATRIX_DISPUTE.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_DISPUTE.OWNER_ID, row.owner().id())
                                .set(MATRIX_DISPUTE.PAYMENT_ID, row.paymentId())
                                .set(MATRIX_DISPUTE.PROVIDER, row.provider())
                                .set(MATRIX_DISPUTE.DISPUTE_REF, row.disputeRef())
                                .set(MATRIX_DISPUTE.STATUS, row.status())
                                .set(MATRIX_DISPUTE.RESPOND_BY, row.respondBy())
                                .set(MATRIX_DISPUTE.NEXT_AT, row.nextAt())
                                .set(MATRIX_DISPUTE.LEASE_UNTIL, row.leaseUntil())
                                .set(MATRIX_DISPUTE.FENCE, row.fence())
                                .set(MATRIX_DISPUTE.DOCUMENT, row.document())
                                .set(MATRIX_DISPUTE.VERSION, row.version()))
                == 1;
    }

    private static Optional<DisputeRow> one(Tx tx, Condition wanted) {
        return JooqTx.of(tx).dsl().selectFrom(MATRIX_DISPUTE).where(wanted).fetchOptional(JooqDisputeStore::row);
    }

    @Override
    public Optional<DisputeRow> find(Tx tx, String id) {
        return one(tx, MATRIX_DISPUTE.ID.eq(id));
    }

    @Override
    public Optional<DisputeRow> byRef(Tx tx, String provider, String disputeRef) {
        return one(tx, MATRIX_DISPUTE.PROVIDER.eq(provider).and(MATRIX_DISPUTE.DISPUTE_REF.eq(disputeRef)));
    }

    @Override
    public List<DisputeRow> ofPayment(Tx tx, String paymentId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_DISPUTE)
                .where(MATRIX_DISPUTE.PAYMENT_ID.eq(paymentId))
                .orderBy(MATRIX_DISPUTE.ID)
                .fetch(JooqDisputeStore::row);
    }

    @Override
    public Page<DisputeRow> page(Tx tx, Filter filter, PageRequest page) {
        List<DisputeRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_DISPUTE)
                .where(wanted(filter))
                .and(page.cursor() == null ? noCondition() : MATRIX_DISPUTE.ID.gt(page.cursor()))
                .orderBy(MATRIX_DISPUTE.ID)
                .limit(page.limit() + 1)
                .fetch(JooqDisputeStore::row);
        return Page.of(found, page, DisputeRow::id);
    }

    private static Condition wanted(Filter filter) {
        Condition wanted = noCondition();
        if (filter.owner() != null) {
            wanted = wanted.and(Owners.are(MATRIX_DISPUTE.OWNER_TYPE, MATRIX_DISPUTE.OWNER_ID, filter.owner()));
        }
        if (filter.paymentId() != null) {
            wanted = wanted.and(MATRIX_DISPUTE.PAYMENT_ID.eq(filter.paymentId()));
        }
        if (filter.status() != null) {
            wanted = wanted.and(MATRIX_DISPUTE.STATUS.eq(filter.status()));
        }
        return filter.dueBefore() == null ? wanted : wanted.and(MATRIX_DISPUTE.RESPOND_BY.lt(filter.dueBefore()));
    }

    @Override
    public Optional<DisputeRow> claimDue(Tx tx, String provider, Instant now, Duration lease) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_DISPUTE.ID)
                .from(MATRIX_DISPUTE)
                .where(MATRIX_DISPUTE.PROVIDER.eq(provider))
                .and(MATRIX_DISPUTE.NEXT_AT.le(now))
                .orderBy(MATRIX_DISPUTE.NEXT_AT, MATRIX_DISPUTE.ID)
                .limit(1)
                .forUpdate()
                .skipLocked()
                .fetchOptional(MATRIX_DISPUTE.ID)
                .flatMap(id -> claim(tx, id, now, lease));
    }

    @Override
    public Optional<DisputeRow> claim(Tx tx, String id, Instant now, Duration lease) {
        int claimed = JooqTx.of(tx)
                .dsl()
                .update(MATRIX_DISPUTE)
                .set(MATRIX_DISPUTE.FENCE, MATRIX_DISPUTE.FENCE.plus(1))
                .set(MATRIX_DISPUTE.NEXT_AT, now.plus(lease))
                .set(MATRIX_DISPUTE.LEASE_UNTIL, now.plus(lease))
                .where(MATRIX_DISPUTE.ID.eq(id))
                .and(MATRIX_DISPUTE.LEASE_UNTIL.isNull().or(MATRIX_DISPUTE.LEASE_UNTIL.le(now)))
                .execute();
        return claimed == 1 ? find(tx, id) : Optional.empty();
    }

    @Override
    public boolean write(Tx tx, DisputeRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_DISPUTE)
                        .set(MATRIX_DISPUTE.STATUS, row.status())
                        .set(MATRIX_DISPUTE.RESPOND_BY, row.respondBy())
                        .set(MATRIX_DISPUTE.NEXT_AT, row.nextAt())
                        .set(MATRIX_DISPUTE.LEASE_UNTIL, row.leaseUntil())
                        .set(MATRIX_DISPUTE.DOCUMENT, row.document())
                        .set(MATRIX_DISPUTE.VERSION, row.version() + 1)
                        .where(MATRIX_DISPUTE.ID.eq(row.id()))
                        .and(MATRIX_DISPUTE.FENCE.eq(row.fence()))
                        .and(MATRIX_DISPUTE.VERSION.eq(row.version()))
                        .execute()
                == 1;
    }
}
