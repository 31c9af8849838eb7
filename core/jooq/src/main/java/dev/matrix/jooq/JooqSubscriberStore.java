package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_SUBSCRIBER;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.SubscriberStore;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@link SubscriberStore} in table {@code matrix_event_subscriber}; patterns one a line. */
final class JooqSubscriberStore implements SubscriberStore {

    @Override
    public void register(Tx tx, Subscriber subscriber) {
        JooqTx own = JooqTx.of(tx);
        String patterns = String.join("\n", new TreeSet<>(subscriber.patterns()));
        int inserted = own.insertIfAbsent(insertInto(MATRIX_EVENT_SUBSCRIBER)
                .set(MATRIX_EVENT_SUBSCRIBER.NAME, subscriber.name())
                .set(MATRIX_EVENT_SUBSCRIBER.PATTERNS, patterns)
                .set(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL, subscriber.inline())
                .set(MATRIX_EVENT_SUBSCRIBER.SINCE, subscriber.since()));
        if (inserted == 0) {
            own.dsl()
                    .update(MATRIX_EVENT_SUBSCRIBER)
                    .set(MATRIX_EVENT_SUBSCRIBER.PATTERNS, patterns)
                    .set(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL, subscriber.inline())
                    .where(MATRIX_EVENT_SUBSCRIBER.NAME.eq(subscriber.name()))
                    .execute();
        }
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
                .orderBy(MATRIX_EVENT_SUBSCRIBER.NAME)
                .fetch(row ->
                        new Subscriber(row.value1(), Set.of(row.value2().split("\n")), row.value3(), row.value4()));
    }
}
