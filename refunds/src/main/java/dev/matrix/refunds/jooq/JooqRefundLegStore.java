package dev.matrix.refunds.jooq;

import static dev.matrix.jooq.Subqueries.exists;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_LEG;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.refunds.jooq.generated.tables.MatrixRefundLeg;
import dev.matrix.refunds.spi.RefundLegStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/** {@link RefundLegStore} in {@code matrix_refund_leg}. */
final class JooqRefundLegStore implements RefundLegStore {

    private static final int OLDEST = 500;

    private static LegRow row(Record row) {
        return new LegRow(
                row.get(MATRIX_REFUND_LEG.ID),
                row.get(MATRIX_REFUND_LEG.REFUND_ID),
                row.get(MATRIX_REFUND_LEG.PAYMENT_ID),
                Owners.of(row.get(MATRIX_REFUND_LEG.OWNER_TYPE), row.get(MATRIX_REFUND_LEG.OWNER_ID)),
                row.get(MATRIX_REFUND_LEG.CAPTURE_ID),
                row.get(MATRIX_REFUND_LEG.PROVIDER),
                row.get(MATRIX_REFUND_LEG.CURRENCY),
                row.get(MATRIX_REFUND_LEG.AMOUNT),
                row.get(MATRIX_REFUND_LEG.TAX),
                row.get(MATRIX_REFUND_LEG.STATUS),
                row.get(MATRIX_REFUND_LEG.PROVIDER_REF),
                row.get(MATRIX_REFUND_LEG.NEXT_AT),
                row.get(MATRIX_REFUND_LEG.LEASE_UNTIL),
                row.get(MATRIX_REFUND_LEG.FENCE),
                row.get(MATRIX_REFUND_LEG.SERIAL),
                row.get(MATRIX_REFUND_LEG.DOCUMENT));
    }

    @Override
    public void insert(Tx tx, List<LegRow> legs) {
        for (LegRow leg : legs) {
            JooqTx.of(tx)
                    .dsl()
                    .insertInto(MATRIX_REFUND_LEG)
                    .set(MATRIX_REFUND_LEG.ID, leg.id())
                    .set(MATRIX_REFUND_LEG.REFUND_ID, leg.refundId())
                    .set(MATRIX_REFUND_LEG.PAYMENT_ID, leg.paymentId())
                    .set(MATRIX_REFUND_LEG.OWNER_TYPE, Owners.type(leg.owner()))
                    .set(MATRIX_REFUND_LEG.OWNER_ID, leg.owner().id())
                    .set(MATRIX_REFUND_LEG.CAPTURE_ID, leg.captureId())
                    .set(MATRIX_REFUND_LEG.PROVIDER, leg.provider())
                    .set(MATRIX_REFUND_LEG.CURRENCY, leg.currency())
                    .set(MATRIX_REFUND_LEG.AMOUNT, leg.amount())
                    .set(MATRIX_REFUND_LEG.TAX, leg.tax())
                    .set(MATRIX_REFUND_LEG.STATUS, leg.status())
                    .set(MATRIX_REFUND_LEG.PROVIDER_REF, leg.providerRef())
                    .set(MATRIX_REFUND_LEG.NEXT_AT, leg.nextAt())
                    .set(MATRIX_REFUND_LEG.LEASE_UNTIL, leg.leaseUntil())
                    .set(MATRIX_REFUND_LEG.FENCE, leg.fence())
                    .set(MATRIX_REFUND_LEG.SERIAL, leg.serial())
                    .set(MATRIX_REFUND_LEG.DOCUMENT, leg.document())
                    .execute();
        }
    }

    @Override
    public Optional<LegRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_LEG)
                .where(MATRIX_REFUND_LEG.ID.eq(id))
                .fetchOptional(JooqRefundLegStore::row);
    }

    @Override
    public List<LegRow> ofRefund(Tx tx, String refundId) {
        return fetch(tx, MATRIX_REFUND_LEG.REFUND_ID.eq(refundId));
    }

    @Override
    public List<LegRow> ofPayment(Tx tx, String paymentId) {
        return fetch(tx, MATRIX_REFUND_LEG.PAYMENT_ID.eq(paymentId));
    }

    private static List<LegRow> fetch(Tx tx, Condition wanted) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_LEG)
                .where(wanted)
                .orderBy(MATRIX_REFUND_LEG.ID)
                .fetch(JooqRefundLegStore::row);
    }

    @Override
    public Optional<String> byProviderRef(Tx tx, String provider, String providerRef) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_REFUND_LEG.ID)
                .from(MATRIX_REFUND_LEG)
                .where(MATRIX_REFUND_LEG.PROVIDER.eq(provider))
                .and(MATRIX_REFUND_LEG.PROVIDER_REF.eq(providerRef))
                .fetchOptional(MATRIX_REFUND_LEG.ID);
    }

    @Override
    public List<LegRow> claimDue(Tx tx, Instant now, List<ProviderShare> shares, Duration lease) {
        List<LegRow> claimed = new ArrayList<>();
        for (ProviderShare share : shares) {
            List<String> ids = candidates(tx, share, now);
            if (!ids.isEmpty()) {
                claimed.addAll(leased(tx, lock(tx, ids, now), now.plus(lease)));
            }
        }
        return claimed;
    }

    /**
     * The legs that a claim wants. Whoever claims at the same time ranks the same leg of a capture first, so both want that
     * one, and the lock decides. Usually those due longest are of many owners, and then they alone need to be ranked, however many
     * are due.
     */
    private static List<String> candidates(Tx tx, ProviderShare share, Instant now) {
        List<Ranked> oldest = ranked(tx, share, now, OLDEST);
        boolean fair = oldest.size() == share.limit() && oldest.stream().allMatch(Ranked::withinHalf);
        return (fair ? oldest : ranked(tx, share, now, Integer.MAX_VALUE))
                .stream().map(Ranked::id).toList();
    }

    private record Ranked(String id, boolean withinHalf) {}

    private static List<Ranked> ranked(Tx tx, ProviderShare share, Instant now, int oldest) {
        MatrixRefundLeg busy = MATRIX_REFUND_LEG.as("busy");
        Condition captureIsFree = MATRIX_REFUND_LEG
                .SERIAL
                .isFalse()
                .or(not(exists(selectOne()
                        .from(busy)
                        .where(busy.PAYMENT_ID.eq(MATRIX_REFUND_LEG.PAYMENT_ID))
                        .and(busy.CAPTURE_ID.eq(MATRIX_REFUND_LEG.CAPTURE_ID))
                        .and(busy.LEASE_UNTIL.gt(now)))));
        Field<String> capture = when(
                        MATRIX_REFUND_LEG.SERIAL,
                        concat(MATRIX_REFUND_LEG.PAYMENT_ID, val(" "), MATRIX_REFUND_LEG.CAPTURE_ID))
                .otherwise(MATRIX_REFUND_LEG.ID);
        var free = select(
                        MATRIX_REFUND_LEG.ID,
                        MATRIX_REFUND_LEG.OWNER_TYPE,
                        MATRIX_REFUND_LEG.OWNER_ID,
                        MATRIX_REFUND_LEG.NEXT_AT,
                        capture.as("of_what"))
                .from(MATRIX_REFUND_LEG)
                .where(MATRIX_REFUND_LEG.PROVIDER.eq(share.provider()))
                .and(MATRIX_REFUND_LEG.NEXT_AT.le(now))
                .and(MATRIX_REFUND_LEG.STATUS.in(CLAIMABLE))
                .and(captureIsFree)
                .orderBy(MATRIX_REFUND_LEG.NEXT_AT, MATRIX_REFUND_LEG.ID)
                .limit(oldest)
                .asTable("free");
        Field<String> id = field(name("free", "id"), SQLDataType.VARCHAR);
        Field<Instant> nextAt = field(name("free", "next_at"), SQLDataType.INSTANT);
        var due = select(
                        id.as("id"),
                        field(name("free", "owner_type")).as("owner_type"),
                        field(name("free", "owner_id")).as("owner_id"),
                        nextAt.as("next_at"),
                        rowNumber()
                                .over(partitionBy(field(name("free", "of_what")))
                                        .orderBy(nextAt, id))
                                .as("of_capture"))
                .from(free)
                .asTable("due");
        Field<String> dueId = field(name("due", "id"), SQLDataType.VARCHAR);
        Field<Instant> dueAt = field(name("due", "next_at"), SQLDataType.INSTANT);
        var fair = select(
                        dueId.as("id"),
                        dueAt.as("next_at"),
                        rowNumber()
                                .over(partitionBy(field(name("due", "owner_type")), field(name("due", "owner_id")))
                                        .orderBy(dueAt, dueId))
                                .as("of_owner"))
                .from(due)
                .where(field(name("due", "of_capture"), Integer.class).eq(1))
                .asTable("fair");
        Field<Integer> ofOwner = field(name("fair", "of_owner"), Integer.class);
        int half = (share.limit() + 1) / 2;
        return JooqTx.of(tx)
                .dsl()
                .select(field(name("fair", "id"), SQLDataType.VARCHAR), ofOwner)
                .from(fair)
                .orderBy(
                        when(ofOwner.le(half), 0).otherwise(1),
                        field(name("fair", "next_at")),
                        field(name("fair", "id")))
                .limit(share.limit())
                .fetch(row -> new Ranked(row.value1(), row.value2() <= half));
    }

    private static List<String> lock(Tx tx, List<String> ids, Instant now) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_REFUND_LEG.ID)
                .from(MATRIX_REFUND_LEG)
                .where(MATRIX_REFUND_LEG.ID.in(ids))
                .and(MATRIX_REFUND_LEG.NEXT_AT.le(now))
                .orderBy(MATRIX_REFUND_LEG.ID)
                .forUpdate()
                .skipLocked()
                .fetch(MATRIX_REFUND_LEG.ID);
    }

    private static List<LegRow> leased(Tx tx, List<String> ids, Instant until) {
        if (ids.isEmpty()) {
            return List.of();
        }
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_REFUND_LEG)
                .set(MATRIX_REFUND_LEG.FENCE, MATRIX_REFUND_LEG.FENCE.plus(1))
                .set(MATRIX_REFUND_LEG.NEXT_AT, until)
                .set(MATRIX_REFUND_LEG.LEASE_UNTIL, until)
                .where(MATRIX_REFUND_LEG.ID.in(ids))
                .execute();
        return fetch(tx, MATRIX_REFUND_LEG.ID.in(ids));
    }

    @Override
    public Optional<LegRow> claim(Tx tx, String id, Instant now, Duration lease) {
        int claimed = JooqTx.of(tx)
                .dsl()
                .update(MATRIX_REFUND_LEG)
                .set(MATRIX_REFUND_LEG.FENCE, MATRIX_REFUND_LEG.FENCE.plus(1))
                .set(MATRIX_REFUND_LEG.NEXT_AT, now.plus(lease))
                .set(MATRIX_REFUND_LEG.LEASE_UNTIL, now.plus(lease))
                .where(MATRIX_REFUND_LEG.ID.eq(id))
                .and(MATRIX_REFUND_LEG.LEASE_UNTIL.isNull().or(MATRIX_REFUND_LEG.LEASE_UNTIL.le(now)))
                .execute();
        return claimed == 1 ? find(tx, id) : Optional.empty();
    }

    @Override
    public boolean settle(Tx tx, LegChange change, long fence) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_REFUND_LEG)
                        .set(MATRIX_REFUND_LEG.STATUS, change.status())
                        .set(MATRIX_REFUND_LEG.PROVIDER_REF, change.providerRef())
                        .set(MATRIX_REFUND_LEG.NEXT_AT, change.nextAt())
                        .set(MATRIX_REFUND_LEG.LEASE_UNTIL, change.leaseUntil())
                        .set(MATRIX_REFUND_LEG.DOCUMENT, change.document())
                        .where(MATRIX_REFUND_LEG.ID.eq(change.id()))
                        .and(MATRIX_REFUND_LEG.FENCE.eq(fence))
                        .execute()
                == 1;
    }

    @Override
    public List<LegRow> neglected(Tx tx, Collection<String> providers, Instant before, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_LEG)
                .where(MATRIX_REFUND_LEG.PROVIDER.notIn(providers))
                .and(MATRIX_REFUND_LEG.NEXT_AT.lt(before))
                .and(MATRIX_REFUND_LEG.LEASE_UNTIL.isNull().or(MATRIX_REFUND_LEG.LEASE_UNTIL.lt(before)))
                .orderBy(MATRIX_REFUND_LEG.NEXT_AT, MATRIX_REFUND_LEG.ID)
                .limit(limit)
                .fetch(JooqRefundLegStore::row);
    }
}
