package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_CUSTOMER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_REJECTED;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_SUBSCRIPTION_VERSION;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.selectDistinct;

import dev.matrix.analytics.spi.TimelineStore;
import dev.matrix.analytics.spi.VersionRow;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jooq.Record;

/** {@link TimelineStore} in tables {@code matrix_analytics_subscription_version} and {@code matrix_analytics_rejected}. */
final class JooqTimelineStore implements TimelineStore {

    private static final String INSERT = """
            insert into matrix_analytics_subscription_version (event_id, customer_no, recorded_at, terms)
            select event_id, customer_no, timestamptz 'epoch' + recorded_us * interval '1 microsecond', terms
            from unnest(?, ?, ?, ?) as n (event_id, customer_no, recorded_us, terms)
            on conflict do nothing
            returning event_id
            """;

    private static VersionRow row(Record row) {
        return new VersionRow(
                row.get(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.EVENT_ID),
                row.get(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO),
                row.get(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.RECORDED_AT),
                row.get(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.TERMS));
    }

    @Override
    public void lockCustomers(Tx tx, SortedSet<Integer> customers) {
        JooqTx.of(tx)
                .dsl()
                .select(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO)
                .from(MATRIX_ANALYTICS_CUSTOMER)
                .where(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO.in(customers))
                .orderBy(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO)
                .forUpdate()
                .fetch();
    }

    @Override
    public List<VersionRow> versions(Tx tx, Collection<Integer> customers) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION)
                .where(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO.in(customers))
                .fetch(JooqTimelineStore::row);
    }

    @Override
    public Set<String> insertVersions(Tx tx, List<VersionRow> versions) {
        JooqTx own = JooqTx.of(tx);
        return switch (own.database()) {
            case POSTGRESQL -> insertAtOnce(own, versions);
            case H2 -> {
                Set<String> inserted = new HashSet<>();
                versions.forEach(version -> {
                    if (insert(own, version) == 1) {
                        inserted.add(version.eventId());
                    }
                });
                yield inserted;
            }
        };
    }

    private static Set<String> insertAtOnce(JooqTx tx, List<VersionRow> versions) {
        PostgresBatch.Parameters parameters = batch -> batch.texts(versions, VersionRow::eventId)
                .ints(versions, VersionRow::customer)
                .instants(versions, VersionRow::recordedAt)
                .texts(versions, VersionRow::terms);
        return new HashSet<>(PostgresBatch.fetch(tx, INSERT, parameters, row -> row.getString(1)));
    }

    private static int insert(JooqTx tx, VersionRow version) {
        return tx.insertIfAbsent(insertInto(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION)
                .set(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.EVENT_ID, version.eventId())
                .set(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO, version.customer())
                .set(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.RECORDED_AT, version.recordedAt())
                .set(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.TERMS, version.terms()));
    }

    @Override
    public Set<String> known(Tx tx, Collection<String> eventIds) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.EVENT_ID)
                .from(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION)
                .where(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.EVENT_ID.in(eventIds))
                .fetchSet(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.EVENT_ID);
    }

    @Override
    public void replaceTerms(Tx tx, List<VersionRow> versions) {
        for (VersionRow version : versions) {
            JooqTx.of(tx)
                    .dsl()
                    .update(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION)
                    .set(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.TERMS, version.terms())
                    .where(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.EVENT_ID.eq(version.eventId()))
                    .execute();
        }
    }

    @Override
    public List<VersionRow> scan(Tx tx, int after, int customers) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION)
                .where(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO.in(
                        selectDistinct(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO)
                                .from(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION)
                                .where(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO.gt(after))
                                .orderBy(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO)
                                .limit(customers)))
                .orderBy(MATRIX_ANALYTICS_SUBSCRIPTION_VERSION.CUSTOMER_NO)
                .fetch(JooqTimelineStore::row);
    }

    @Override
    public void reject(Tx tx, String eventId, String reason, Instant recordedAt) {
        JooqTx.of(tx)
                .insertIfAbsent(insertInto(MATRIX_ANALYTICS_REJECTED)
                        .set(MATRIX_ANALYTICS_REJECTED.EVENT_ID, eventId)
                        .set(MATRIX_ANALYTICS_REJECTED.REASON, reason)
                        .set(MATRIX_ANALYTICS_REJECTED.RECORDED_AT, recordedAt));
    }

    @Override
    public Map<String, Long> rejected(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_ANALYTICS_REJECTED.REASON, count())
                .from(MATRIX_ANALYTICS_REJECTED)
                .groupBy(MATRIX_ANALYTICS_REJECTED.REASON)
                .fetchMap(row -> row.value1(), row -> row.value2().longValue());
    }
}
