package dev.matrix.core.memory;

import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Tx;
import java.util.Comparator;
import java.util.List;

/** {@link DataKeyStore} in memory. */
final class MemoryDataKeyStore implements DataKeyStore {

    private record Key(String purpose, int version) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::purpose).thenComparing(Key::version);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<Key, DataKey> keys = new MemoryTable<>();

    @Override
    public boolean insertIfAbsent(Tx tx, DataKey key) {
        return keys.putIfAbsent(tx, new Key(key.purpose(), key.version()), key);
    }

    @Override
    public List<DataKey> all(Tx tx) {
        return List.copyOf(keys.rows(tx).values());
    }

    @Override
    public boolean replaceIf(Tx tx, KeyRing.State expectedState, String expectedKekId, DataKey changed) {
        Key id = new Key(changed.purpose(), changed.version());
        DataKey stored = keys.get(tx, id);
        if (stored == null || stored.state() != expectedState || !stored.kekId().equals(expectedKekId)) {
            return false;
        }
        keys.put(tx, id, changed);
        return true;
    }
}
