package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.spi.TaxRegistrationStore;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@link TaxRegistrationStore} in memory. */
final class MemoryTaxRegistrationStore implements TaxRegistrationStore {

    private record Key(String sellerId, String jurisdiction, String scheme, LocalDate from) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::sellerId)
                .thenComparing(Key::jurisdiction)
                .thenComparing(Key::scheme)
                .thenComparing(Key::from);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<Key, TaxRegistration> registrations = new MemoryTable<>();

    @Override
    public List<TaxRegistration> list(Tx tx, String sellerId) {
        return registrations.rows(tx).entrySet().stream()
                .filter(entry -> entry.getKey().sellerId().equals(sellerId))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void put(Tx tx, String sellerId, TaxRegistration registration) {
        Key key = new Key(
                sellerId, registration.jurisdiction(), registration.scheme().name(), registration.from());
        registrations.put(tx, key, registration);
    }

    @Override
    public void replace(Tx tx, String sellerId, List<TaxRegistration> all) {
        List<Key> former = registrations.rows(tx).keySet().stream()
                .filter(key -> key.sellerId().equals(sellerId))
                .toList();
        former.forEach(key -> registrations.remove(tx, key));
        all.forEach(each -> put(tx, sellerId, each));
    }
}
