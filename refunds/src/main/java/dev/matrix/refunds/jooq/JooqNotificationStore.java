package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_FEED;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_NOTIFICATION;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.refunds.spi.NotificationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link NotificationStore} in {@code matrix_refund_notification} and {@code matrix_refund_feed}. */
final class JooqNotificationStore implements NotificationStore {

    private static NotificationRow stored(Record row) {
        return new NotificationRow(
                row.get(MATRIX_REFUND_NOTIFICATION.PROVIDER),
                row.get(MATRIX_REFUND_NOTIFICATION.EVENT_ID),
                row.get(MATRIX_REFUND_NOTIFICATION.NO),
                Kind.valueOf(row.get(MATRIX_REFUND_NOTIFICATION.KIND)),
                row.get(MATRIX_REFUND_NOTIFICATION.OWN_REF),
                row.get(MATRIX_REFUND_NOTIFICATION.PROVIDER_REF),
                row.get(MATRIX_REFUND_NOTIFICATION.CAPTURE_REF),
                row.get(MATRIX_REFUND_NOTIFICATION.RECEIVED_AT),
                row.get(MATRIX_REFUND_NOTIFICATION.NEXT_AT),
                row.get(MATRIX_REFUND_NOTIFICATION.LEASE_UNTIL),
                row.get(MATRIX_REFUND_NOTIFICATION.FENCE),
                row.get(MATRIX_REFUND_NOTIFICATION.ROUNDS));
    }

    private static Condition is(NotificationRow row) {
        return MATRIX_REFUND_NOTIFICATION
                .PROVIDER
                .eq(row.provider())
                .and(MATRIX_REFUND_NOTIFICATION.EVENT_ID.eq(row.eventId()))
                .and(MATRIX_REFUND_NOTIFICATION.NO.eq(row.no()));
    }

    @Override
    public boolean insert(Tx tx, List<NotificationRow> notification) {
        for (NotificationRow row : notification) {
            int inserted = JooqTx.of(tx)
                    .insertIfAbsent(insertInto(MATRIX_REFUND_NOTIFICATION)
                            .set(MATRIX_REFUND_NOTIFICATION.PROVIDER, row.provider())
                            .set(MATRIX_REFUND_NOTIFICATION.EVENT_ID, row.eventId())
                            .set(MATRIX_REFUND_NOTIFICATION.NO, row.no())
                            .set(MATRIX_REFUND_NOTIFICATION.KIND, row.kind().name())
                            .set(MATRIX_REFUND_NOTIFICATION.OWN_REF, row.ownRef())
                            .set(MATRIX_REFUND_NOTIFICATION.PROVIDER_REF, row.providerRef())
                            .set(MATRIX_REFUND_NOTIFICATION.CAPTURE_REF, row.captureRef())
                            .set(MATRIX_REFUND_NOTIFICATION.RECEIVED_AT, row.receivedAt())
                            .set(MATRIX_REFUND_NOTIFICATION.NEXT_AT, row.nextAt())
                            .set(MATRIX_REFUND_NOTIFICATION.FENCE, row.fence())
                            .set(MATRIX_REFUND_NOTIFICATION.ROUNDS, row.rounds()));
            if (inserted == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<NotificationRow> claimDue(Tx tx, String provider, Instant now, Duration lease) {
        Instant until = now.plus(lease);
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_NOTIFICATION)
                .where(MATRIX_REFUND_NOTIFICATION.PROVIDER.eq(provider))
                .and(MATRIX_REFUND_NOTIFICATION.NEXT_AT.le(now))
                .orderBy(
                        MATRIX_REFUND_NOTIFICATION.NEXT_AT,
                        MATRIX_REFUND_NOTIFICATION.EVENT_ID,
                        MATRIX_REFUND_NOTIFICATION.NO)
                .limit(1)
                .forUpdate()
                .skipLocked()
                .fetchOptional(JooqNotificationStore::stored)
                .map(row -> {
                    NotificationRow leased = new NotificationRow(
                            row.provider(),
                            row.eventId(),
                            row.no(),
                            row.kind(),
                            row.ownRef(),
                            row.providerRef(),
                            row.captureRef(),
                            row.receivedAt(),
                            until,
                            until,
                            row.fence() + 1,
                            row.rounds());
                    JooqTx.of(tx)
                            .dsl()
                            .update(MATRIX_REFUND_NOTIFICATION)
                            .set(MATRIX_REFUND_NOTIFICATION.FENCE, leased.fence())
                            .set(MATRIX_REFUND_NOTIFICATION.NEXT_AT, until)
                            .set(MATRIX_REFUND_NOTIFICATION.LEASE_UNTIL, until)
                            .where(is(row))
                            .execute();
                    return leased;
                });
    }

    @Override
    public boolean settle(Tx tx, NotificationRow row, @Nullable Instant nextAt, int rounds) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_REFUND_NOTIFICATION)
                        .set(MATRIX_REFUND_NOTIFICATION.NEXT_AT, nextAt)
                        .setNull(MATRIX_REFUND_NOTIFICATION.LEASE_UNTIL)
                        .set(MATRIX_REFUND_NOTIFICATION.ROUNDS, rounds)
                        .where(is(row))
                        .and(MATRIX_REFUND_NOTIFICATION.FENCE.eq(row.fence()))
                        .execute()
                == 1;
    }

    @Override
    public void hasten(Tx tx, String provider, String captureRef, Instant now) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_REFUND_NOTIFICATION)
                .set(MATRIX_REFUND_NOTIFICATION.NEXT_AT, now)
                .where(MATRIX_REFUND_NOTIFICATION.PROVIDER.eq(provider))
                .and(MATRIX_REFUND_NOTIFICATION.CAPTURE_REF.eq(captureRef))
                .and(MATRIX_REFUND_NOTIFICATION.NEXT_AT.gt(now))
                .and(MATRIX_REFUND_NOTIFICATION.LEASE_UNTIL.isNull())
                .execute();
    }

    @Override
    public int forget(Tx tx, Instant before, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_REFUND_NOTIFICATION)
                .where(row(
                                MATRIX_REFUND_NOTIFICATION.PROVIDER,
                                MATRIX_REFUND_NOTIFICATION.EVENT_ID,
                                MATRIX_REFUND_NOTIFICATION.NO)
                        .in(select(
                                        MATRIX_REFUND_NOTIFICATION.PROVIDER,
                                        MATRIX_REFUND_NOTIFICATION.EVENT_ID,
                                        MATRIX_REFUND_NOTIFICATION.NO)
                                .from(MATRIX_REFUND_NOTIFICATION)
                                .where(MATRIX_REFUND_NOTIFICATION.RECEIVED_AT.lt(before))
                                .limit(limit)))
                .execute();
    }

    @Override
    public Optional<FeedState> feed(Tx tx, String provider) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_FEED)
                .where(MATRIX_REFUND_FEED.PROVIDER.eq(provider))
                .fetchOptional(row -> new FeedState(
                        row.get(MATRIX_REFUND_FEED.SINCE),
                        row.get(MATRIX_REFUND_FEED.BEGUN_AT),
                        row.get(MATRIX_REFUND_FEED.NEXT_PAGE)));
    }

    @Override
    public void setFeed(Tx tx, String provider, FeedState state) {
        int inserted = JooqTx.of(tx)
                .insertIfAbsent(insertInto(MATRIX_REFUND_FEED)
                        .set(MATRIX_REFUND_FEED.PROVIDER, provider)
                        .set(MATRIX_REFUND_FEED.SINCE, state.since())
                        .set(MATRIX_REFUND_FEED.BEGUN_AT, state.begunAt())
                        .set(MATRIX_REFUND_FEED.NEXT_PAGE, state.cursor()));
        if (inserted == 0) {
            JooqTx.of(tx)
                    .dsl()
                    .update(MATRIX_REFUND_FEED)
                    .set(MATRIX_REFUND_FEED.SINCE, state.since())
                    .set(MATRIX_REFUND_FEED.BEGUN_AT, state.begunAt())
                    .set(MATRIX_REFUND_FEED.NEXT_PAGE, state.cursor())
                    .where(MATRIX_REFUND_FEED.PROVIDER.eq(provider))
                    .execute();
        }
    }
}
