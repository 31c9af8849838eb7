package dev.matrix.core.memory;

import dev.matrix.core.spi.Tx;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of an in-memory storage: rows in key order, immutable values, changes undone when the transaction rolls back.
 * Features build their in-memory stores on it. It needs no lock of its own: every access goes through a {@link Tx}, and
 * one transaction runs at a time.
 */
public final class MemoryTable<K, V> {

    private final TreeMap<K, V> rows = new TreeMap<>();
    private final NavigableMap<K, V> view = Collections.unmodifiableNavigableMap(rows);

    /** The row of that key; null where there is none. */
    public @Nullable V get(Tx tx, K key) {
        MemoryTx.of(tx);
        return rows.get(key);
    }

    /** All rows in key order: a view, valid while the transaction is open; don't change the table while walking it. */
    public NavigableMap<K, V> rows(Tx tx) {
        MemoryTx.of(tx);
        return view;
    }

    /** Adds or replaces a row. */
    public void put(Tx tx, K key, V value) {
        MemoryTx own = MemoryTx.of(tx);
        V former = rows.put(key, value);
        own.undoBy(() -> restore(key, former));
    }

    /** Adds the row unless the key is taken; then returns false. */
    public boolean putIfAbsent(Tx tx, K key, V value) {
        if (get(tx, key) != null) {
            return false;
        }
        put(tx, key, value);
        return true;
    }

    /** Removes a row; null where there was none. */
    public @Nullable V remove(Tx tx, K key) {
        MemoryTx own = MemoryTx.of(tx);
        V former = rows.remove(key);
        if (former != null) {
            own.undoBy(() -> restore(key, former));
        }
        return former;
    }

    private void restore(K key, @Nullable V former) {
        if (former == null) {
            rows.remove(key);
        } else {
            rows.put(key, former);
        }
    }
}
