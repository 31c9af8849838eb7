package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/** {@link AnalyticsDirectory} in memory. */
final class MemoryAnalyticsDirectory implements AnalyticsDirectory {

    private final MemoryTable<Owner, Integer> customers = new MemoryTable<>();
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
