package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_SUBSCRIBER;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.value;
import static org.jooq.impl.DSL.when;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@link SubscriberStore} in table {@code matrix_event_subscriber}; patterns one a line. */
final class JooqSubscriberStore implements SubscriberStore {

    /** A name that is just being forgotten stands in the insert's way, and is gone as the update comes to it. */
    @Override
    public void register(Tx tx, Subscriber subscriber) {
        JooqTx own = JooqTx.of(tx);
        String patterns = String.join("\n", new TreeSet<>(subscriber.patterns()));
        while (insert(own, subscriber, patterns) == 0 && update(own, subscriber, patterns) == 0) {}
    }

    private static int insert(JooqTx tx, Subscriber subscriber, String patterns) {
        return tx.insertIfAbsent(insertInto(MATRIX_EVENT_SUBSCRIBER)
                .set(MATRIX_EVENT_SUBSCRIBER.NAME, subscriber.name())
                .set(MATRIX_EVENT_SUBSCRIBER.PATTERNS, patterns)
                .set(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL, subscriber.inline())
                .set(MATRIX_EVENT_SUBSCRIBER.SINCE, subscriber.since()));
    }

    private static int update(JooqTx tx, Subscriber subscriber, String patterns) {
        return tx.dsl()
                .update(MATRIX_EVENT_SUBSCRIBER)
                .set(MATRIX_EVENT_SUBSCRIBER.PATTERNS, patterns)
                .set(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL, subscriber.inline())
                .set(
                        MATRIX_EVENT_SUBSCRIBER.SINCE,
                        when(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNull(), MATRIX_EVENT_SUBSCRIBER.SINCE)
                                .otherwise(subscriber.since()))
                .set(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT, value(null, MATRIX_EVENT_SUBSCRIBER.RETIRED_AT))
                .where(MATRIX_EVENT_SUBSCRIBER.NAME.eq(subscriber.name()))
                .execute();
    }

    @Override
    public List<Subscriber> all(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_EVENT_SUBSCRIBER.NAME,
                        MATRIX_EVENT_SUBSCRIBER.PATTERNS,
                        MATRIX_EVENT_SUBSCRIBER.INLINE_CALL,
                        MATRIX_EVENT_SUBSCRIBER.SINCE)
                .from(MATRIX_EVENT_SUBSCRIBER)
                .where(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNull())
                .orderBy(MATRIX_EVENT_SUBSCRIBER.NAME)
                .fetch(row ->
                        new Subscriber(row.value1(), Set.of(row.value2().split("\n")), row.value3(), row.value4()));
    }

    @Override
    public boolean retire(Tx tx, String name, Instant now) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_EVENT_SUBSCRIBER)
                        .set(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT, now)
                        .where(MATRIX_EVENT_SUBSCRIBER.NAME.eq(name))
                        .and(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNull())
                        .execute()
                == 1;
    }

    @Override
    public Map<String, Instant> retired(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_EVENT_SUBSCRIBER.NAME, MATRIX_EVENT_SUBSCRIBER.RETIRED_AT)
                .from(MATRIX_EVENT_SUBSCRIBER)
                .where(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNotNull())
                .orderBy(MATRIX_EVENT_SUBSCRIBER.NAME)
                .forUpdate()
                .fetchMap(MATRIX_EVENT_SUBSCRIBER.NAME, MATRIX_EVENT_SUBSCRIBER.RETIRED_AT);
    }

    @Override
    public void forget(Tx tx, String name) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_EVENT_SUBSCRIBER)
                .where(MATRIX_EVENT_SUBSCRIBER.NAME.eq(name))
                .and(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNotNull())
                .execute();
    }
}
