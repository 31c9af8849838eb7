package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_INTEREST;
import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_SUBSCRIBER;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.value;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.Record;

/** {@link SubscriberStore} in table {@code matrix_event_subscriber}; its patterns in {@code matrix_event_interest}. */
final class JooqSubscriberStore implements SubscriberStore {

    /**
     * Whoever changes a subscriber's patterns holds the lock of its row. A name that is just being forgotten stands in the
     * insert's way, and is gone as the update comes to it.
     */
    @Override
    public void register(Tx tx, String name, Set<String> patterns, boolean inline, Instant now) {
        JooqTx own = JooqTx.of(tx);
        while (insert(own, name, inline) == 0 && update(own, name, inline) == 0) {}
        new TreeSet<>(patterns).forEach(pattern -> register(own, name, pattern, now));
        own.dsl()
                .deleteFrom(MATRIX_EVENT_INTEREST)
                .where(MATRIX_EVENT_INTEREST.SUBSCRIBER.eq(name))
                .and(MATRIX_EVENT_INTEREST.REGISTERED_AT.lt(now.minus(KEPT)))
                .execute();
    }

    private static int insert(JooqTx tx, String name, boolean inline) {
        return tx.insertIfAbsent(insertInto(MATRIX_EVENT_SUBSCRIBER)
                .set(MATRIX_EVENT_SUBSCRIBER.NAME, name)
                .set(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL, inline));
    }

    private static int update(JooqTx tx, String name, boolean inline) {
        return tx.dsl()
                .update(MATRIX_EVENT_SUBSCRIBER)
                .set(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL, inline)
                .set(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT, value(null, MATRIX_EVENT_SUBSCRIBER.RETIRED_AT))
                .where(MATRIX_EVENT_SUBSCRIBER.NAME.eq(name))
                .execute();
    }

    private static void register(JooqTx tx, String name, String pattern, Instant now) {
        int known = tx.dsl()
                .update(MATRIX_EVENT_INTEREST)
                .set(MATRIX_EVENT_INTEREST.REGISTERED_AT, now)
                .where(MATRIX_EVENT_INTEREST.SUBSCRIBER.eq(name))
                .and(MATRIX_EVENT_INTEREST.PATTERN.eq(pattern))
                .execute();
        if (known == 0) {
            tx.dsl()
                    .insertInto(MATRIX_EVENT_INTEREST)
                    .set(MATRIX_EVENT_INTEREST.SUBSCRIBER, name)
                    .set(MATRIX_EVENT_INTEREST.PATTERN, pattern)
                    .set(MATRIX_EVENT_INTEREST.SINCE, now)
                    .set(MATRIX_EVENT_INTEREST.REGISTERED_AT, now)
                    .execute();
        }
    }

    @Override
    public List<Subscriber> all(Tx tx) {
        Map<String, Boolean> inline = new TreeMap<>();
        Map<String, Map<String, Instant>> patterns = new TreeMap<>();
        for (Record row : JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_EVENT_SUBSCRIBER.NAME,
                        MATRIX_EVENT_SUBSCRIBER.INLINE_CALL,
                        MATRIX_EVENT_INTEREST.PATTERN,
                        MATRIX_EVENT_INTEREST.SINCE)
                .from(MATRIX_EVENT_SUBSCRIBER)
                .leftJoin(MATRIX_EVENT_INTEREST)
                .on(MATRIX_EVENT_INTEREST.SUBSCRIBER.eq(MATRIX_EVENT_SUBSCRIBER.NAME))
                .where(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNull())
                .fetch()) {
            String name = row.get(MATRIX_EVENT_SUBSCRIBER.NAME);
            inline.put(name, row.get(MATRIX_EVENT_SUBSCRIBER.INLINE_CALL));
            Map<String, Instant> its = patterns.computeIfAbsent(name, absent -> new TreeMap<>());
            if (row.get(MATRIX_EVENT_INTEREST.PATTERN) != null) {
                its.put(row.get(MATRIX_EVENT_INTEREST.PATTERN), row.get(MATRIX_EVENT_INTEREST.SINCE));
            }
        }
        List<Subscriber> all = new ArrayList<>();
        patterns.forEach((name, its) -> all.add(new Subscriber(name, its, inline.getOrDefault(name, false))));
        return all;
    }

    @Override
    public boolean retire(Tx tx, String name, Instant now) {
        JooqTx own = JooqTx.of(tx);
        boolean retired = own.dsl()
                        .update(MATRIX_EVENT_SUBSCRIBER)
                        .set(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT, now)
                        .where(MATRIX_EVENT_SUBSCRIBER.NAME.eq(name))
                        .and(MATRIX_EVENT_SUBSCRIBER.RETIRED_AT.isNull())
                        .execute()
                == 1;
        if (retired) {
            own.dsl()
                    .deleteFrom(MATRIX_EVENT_INTEREST)
                    .where(MATRIX_EVENT_INTEREST.SUBSCRIBER.eq(name))
                    .execute();
        }
        return retired;
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
