package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_COUNTER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_CUSTOMER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_NAME;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_SEGMENT;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.row;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jooq.Record;

/**
 * {@link AnalyticsDirectory} in tables {@code matrix_analytics_customer}, {@code …_name}, {@code …_segment} and {@code …_counter}. The counter's
 * row is locked before what is missing is read again, so what another transaction numbered meanwhile is found.
 */
final class JooqAnalyticsDirectory implements AnalyticsDirectory {

    private static final String CUSTOMERS = "customer";
    private static final String NAMES = "name";
    private static final String SEGMENTS = "segment";
    private static final int AT_ONCE = 1_000;

    @Override
    public Map<Owner, Integer> customers(Tx tx, Collection<Owner> owners) {
        Map<Owner, Integer> numbers = new HashMap<>();
        List<Owner> all = List.copyOf(owners);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Owner> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            JooqTx.of(tx)
                    .dsl()
                    .selectFrom(MATRIX_ANALYTICS_CUSTOMER)
                    .where(row(MATRIX_ANALYTICS_CUSTOMER.OWNER_TYPE, MATRIX_ANALYTICS_CUSTOMER.OWNER_ID)
                            .in(some.stream()
                                    .map(owner -> row(Owners.type(owner), owner.id()))
                                    .toList()))
                    .forEach(found -> numbers.put(
                            Owners.of(
                                    found.get(MATRIX_ANALYTICS_CUSTOMER.OWNER_TYPE),
                                    found.get(MATRIX_ANALYTICS_CUSTOMER.OWNER_ID)),
                            found.get(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO)));
        }
        return numbers;
    }

    @Override
    public Map<Owner, Integer> numberCustomers(Tx tx, SortedSet<Owner> owners) {
        Map<Owner, Integer> known = customers(tx, owners);
        if (known.size() == owners.size()) {
            return known;
        }
        int next = lockCounter(tx, CUSTOMERS);
        Map<Owner, Integer> numbers = customers(tx, owners);
        for (Owner owner : owners) {
            if (!numbers.containsKey(owner)) {
                JooqTx.of(tx)
                        .dsl()
                        .insertInto(MATRIX_ANALYTICS_CUSTOMER)
                        .set(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO, next)
                        .set(MATRIX_ANALYTICS_CUSTOMER.OWNER_TYPE, Owners.type(owner))
                        .set(MATRIX_ANALYTICS_CUSTOMER.OWNER_ID, owner.id())
                        .execute();
                numbers.put(owner, next++);
            }
        }
        setCounter(tx, CUSTOMERS, next);
        return numbers;
    }

    private static Owner owner(Record found) {
        return Owners.of(
                found.get(MATRIX_ANALYTICS_CUSTOMER.OWNER_TYPE), found.get(MATRIX_ANALYTICS_CUSTOMER.OWNER_ID));
    }

    @Override
    public Map<Integer, Owner> customersAfter(Tx tx, int after, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_CUSTOMER)
                .where(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO.gt(after))
                .orderBy(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO)
                .limit(limit)
                .fetchMap(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO, JooqAnalyticsDirectory::owner);
    }

    @Override
    public Map<Integer, Owner> owners(Tx tx, Collection<Integer> customers) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_CUSTOMER)
                .where(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO.in(customers))
                .fetchMap(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO, JooqAnalyticsDirectory::owner);
    }

    @Override
    public OptionalInt rename(Tx tx, Owner customer, Owner pseudonym) {
        Integer number = customers(tx, List.of(customer)).get(customer);
        if (number == null) {
            return OptionalInt.empty();
        }
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_ANALYTICS_CUSTOMER)
                .set(MATRIX_ANALYTICS_CUSTOMER.OWNER_TYPE, Owners.type(pseudonym))
                .set(MATRIX_ANALYTICS_CUSTOMER.OWNER_ID, pseudonym.id())
                .where(MATRIX_ANALYTICS_CUSTOMER.CUSTOMER_NO.eq(number))
                .execute();
        return OptionalInt.of(number);
    }

    @Override
    public Map<Integer, String> names(Tx tx, Collection<Integer> numbers) {
        Map<Integer, String> names = new HashMap<>();
        List<Integer> all = List.copyOf(new HashSet<>(numbers));
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            names.putAll(JooqTx.of(tx)
                    .dsl()
                    .selectFrom(MATRIX_ANALYTICS_NAME)
                    .where(MATRIX_ANALYTICS_NAME.NAME_NO.in(all.subList(from, Math.min(all.size(), from + AT_ONCE))))
                    .fetchMap(MATRIX_ANALYTICS_NAME.NAME_NO, MATRIX_ANALYTICS_NAME.NAME));
        }
        return names;
    }

    @Override
    public Map<String, Integer> nameNumbers(Tx tx, Collection<String> names) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_NAME)
                .where(MATRIX_ANALYTICS_NAME.NAME.in(names))
                .fetchMap(MATRIX_ANALYTICS_NAME.NAME, MATRIX_ANALYTICS_NAME.NAME_NO);
    }

    @Override
    public Map<String, Integer> numberNames(Tx tx, SortedMap<String, Integer> names, int most) {
        Map<String, Integer> known = nameNumbers(tx, names.keySet());
        if (known.size() == names.size() || !hasRoom(tx, names, known, most)) {
            return known;
        }
        int next = lockCounter(tx, NAMES);
        Map<String, Integer> numbers = new HashMap<>(nameNumbers(tx, names.keySet()));
        for (Map.Entry<String, Integer> wanted : names.entrySet()) {
            if (!numbers.containsKey(wanted.getKey()) && brought(tx, wanted.getValue()) < most) {
                JooqTx.of(tx)
                        .dsl()
                        .insertInto(MATRIX_ANALYTICS_NAME)
                        .set(MATRIX_ANALYTICS_NAME.NAME_NO, next)
                        .set(MATRIX_ANALYTICS_NAME.NAME, wanted.getKey())
                        .set(MATRIX_ANALYTICS_NAME.CUSTOMER_NO, wanted.getValue())
                        .execute();
                numbers.put(wanted.getKey(), next++);
            }
        }
        setCounter(tx, NAMES, next);
        return numbers;
    }

    /** So that who has no room left doesn't hold back others. */
    private static boolean hasRoom(Tx tx, SortedMap<String, Integer> names, Map<String, Integer> known, int most) {
        return names.entrySet().stream()
                .filter(wanted -> !known.containsKey(wanted.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .anyMatch(customer -> brought(tx, customer) < most);
    }

    private static int brought(Tx tx, int customer) {
        return JooqTx.of(tx).dsl().fetchCount(MATRIX_ANALYTICS_NAME, MATRIX_ANALYTICS_NAME.CUSTOMER_NO.eq(customer));
    }

    @Override
    public Map<Integer, String> segments(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_SEGMENT)
                .fetchMap(MATRIX_ANALYTICS_SEGMENT.SEGMENT_NO, MATRIX_ANALYTICS_SEGMENT.NAME);
    }

    private static Map<String, Integer> segments(Tx tx, Collection<String> keys) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_SEGMENT)
                .where(MATRIX_ANALYTICS_SEGMENT.NAME.in(keys))
                .fetchMap(MATRIX_ANALYTICS_SEGMENT.NAME, MATRIX_ANALYTICS_SEGMENT.SEGMENT_NO);
    }

    @Override
    public Map<String, Integer> numberSegments(Tx tx, SortedSet<String> keys, int most) {
        Map<String, Integer> known = segments(tx, keys);
        if (known.size() == keys.size() || count(tx) >= most) {
            return known;
        }
        int next = lockCounter(tx, SEGMENTS);
        Map<String, Integer> numbers = new HashMap<>(segments(tx, keys));
        List<String> missing = new ArrayList<>(keys);
        missing.removeAll(numbers.keySet());
        for (String key : missing) {
            if (next <= most) {
                JooqTx.of(tx)
                        .dsl()
                        .insertInto(MATRIX_ANALYTICS_SEGMENT)
                        .set(MATRIX_ANALYTICS_SEGMENT.SEGMENT_NO, next)
                        .set(MATRIX_ANALYTICS_SEGMENT.NAME, key)
                        .execute();
                numbers.put(key, next++);
            }
        }
        setCounter(tx, SEGMENTS, next);
        return numbers;
    }

    private static int count(Tx tx) {
        return JooqTx.of(tx).dsl().fetchCount(MATRIX_ANALYTICS_SEGMENT);
    }

    /** The next number; the counter's row is locked until the transaction ends. */
    private static int lockCounter(Tx tx, String name) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(insertInto(MATRIX_ANALYTICS_COUNTER)
                .set(MATRIX_ANALYTICS_COUNTER.NAME, name)
                .set(MATRIX_ANALYTICS_COUNTER.NEXT_NO, 1));
        return own.dsl()
                .select(MATRIX_ANALYTICS_COUNTER.NEXT_NO)
                .from(MATRIX_ANALYTICS_COUNTER)
                .where(MATRIX_ANALYTICS_COUNTER.NAME.eq(name))
                .forUpdate()
                .fetchSingle(MATRIX_ANALYTICS_COUNTER.NEXT_NO);
    }

    private static void setCounter(Tx tx, String name, int next) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_ANALYTICS_COUNTER)
                .set(MATRIX_ANALYTICS_COUNTER.NEXT_NO, next)
                .where(MATRIX_ANALYTICS_COUNTER.NAME.eq(name))
                .execute();
    }
}
