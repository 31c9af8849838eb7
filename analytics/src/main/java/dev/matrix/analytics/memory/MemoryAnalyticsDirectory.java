package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** {@link AnalyticsDirectory} in memory. */
final class MemoryAnalyticsDirectory implements AnalyticsDirectory {

    private record Named(int number, int customer) {}

    private final MemoryTable<Owner, Integer> customers = new MemoryTable<>();
    private final MemoryTable<String, Named> names = new MemoryTable<>();
    private final MemoryTable<String, Integer> segments = new MemoryTable<>();

    @Override
    public Map<Owner, Integer> customers(Tx tx, Collection<Owner> owners) {
        return known(tx, customers, owners);
    }

    private static <K> Map<K, Integer> known(Tx tx, MemoryTable<K, Integer> table, Collection<K> keys) {
        Map<K, Integer> numbers = new HashMap<>();
        for (K key : keys) {
            Integer number = table.get(tx, key);
            if (number != null) {
                numbers.put(key, number);
            }
        }
        return numbers;
    }

    @Override
    public Map<Owner, Integer> numberCustomers(Tx tx, SortedSet<Owner> owners) {
        owners.forEach(
                owner -> customers.putIfAbsent(tx, owner, customers.rows(tx).size() + 1));
        return known(tx, customers, owners);
    }

    @Override
    public Map<Integer, Owner> customersAfter(Tx tx, int after, int limit) {
        Map<Integer, Owner> page = new LinkedHashMap<>();
        customers.rows(tx).entrySet().stream()
                .filter(customer -> customer.getValue() > after)
                .sorted(Map.Entry.comparingByValue())
                .limit(limit)
                .forEach(customer -> page.put(customer.getValue(), customer.getKey()));
        return page;
    }

    @Override
    public Map<Integer, Owner> owners(Tx tx, Collection<Integer> numbers) {
        Set<Integer> wanted = new HashSet<>(numbers);
        Map<Integer, Owner> owners = new HashMap<>();
        customers.rows(tx).forEach((owner, number) -> {
            if (wanted.contains(number)) {
                owners.put(number, owner);
            }
        });
        return owners;
    }

    @Override
    public OptionalInt rename(Tx tx, Owner customer, Owner pseudonym) {
        Integer number = customers.remove(tx, customer);
        if (number == null) {
            return OptionalInt.empty();
        }
        customers.put(tx, pseudonym, number);
        return OptionalInt.of(number);
    }

    @Override
    public Map<Integer, String> names(Tx tx, Collection<Integer> numbers) {
        Set<Integer> wanted = new HashSet<>(numbers);
        Map<Integer, String> byNumber = new HashMap<>();
        names.rows(tx).forEach((name, named) -> {
            if (wanted.contains(named.number())) {
                byNumber.put(named.number(), name);
            }
        });
        return byNumber;
    }

    @Override
    public Map<String, Integer> nameNumbers(Tx tx, Collection<String> wanted) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String name : wanted) {
            Named named = names.get(tx, name);
            if (named != null) {
                numbers.put(name, named.number());
            }
        }
        return numbers;
    }

    @Override
    public Map<String, Integer> numberNames(Tx tx, SortedMap<String, Integer> wanted, int most) {
        Map<String, Integer> numbers = new HashMap<>();
        wanted.forEach((name, customer) -> {
            Named known = names.get(tx, name);
            if (known == null && brought(tx, customer) < most) {
                known = new Named(names.rows(tx).size() + 1, customer);
                names.put(tx, name, known);
            }
            if (known != null) {
                numbers.put(name, known.number());
            }
        });
        return numbers;
    }

    private long brought(Tx tx, int customer) {
        return names.rows(tx).values().stream()
                .filter(named -> named.customer() == customer)
                .count();
    }

    @Override
    public Map<Integer, String> segments(Tx tx) {
        Map<Integer, String> byNumber = new HashMap<>();
        segments.rows(tx).forEach((key, number) -> byNumber.put(number, key));
        return byNumber;
    }

    @Override
    public Map<String, Integer> numberSegments(Tx tx, SortedSet<String> keys, int most) {
        for (String key : keys) {
            int count = segments.rows(tx).size();
            if (count < most) {
                segments.putIfAbsent(tx, key, count + 1);
            }
        }
        return known(tx, segments, keys);
    }
}
