package dev.matrix.core.memory;

import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The stores behind {@link Stores#inMemory()}: core's own and those of every module on the class path. */
public final class MemoryStores implements Stores {

    private final Map<Class<?>, Object> stores;
    private final Transactions transactions;
    private final AtomicReference<@Nullable InstantSource> time;

    private MemoryStores(
            Map<Class<?>, Object> stores, Transactions transactions, AtomicReference<@Nullable InstantSource> time) {
        this.stores = stores;
        this.transactions = transactions;
        this.time = time;
    }

    /** A new, empty storage. Its time is {@code time}; null: the clock of the first Matrix that is built over it. */
    public static Stores create(@Nullable InstantSource time) {
        Map<Class<?>, Object> stores = new HashMap<>();
        MemoryEvents events = new MemoryEvents();
        stores.put(ApiPinStore.class, new MemoryApiPinStore());
        stores.put(EventStore.class, new MemoryEventStore(events));
        stores.put(DispatchStore.class, new MemoryDispatchStore(events));
        stores.put(SubscriberStore.class, new MemorySubscriberStore());
        stores.put(LeaseStore.class, new MemoryLeaseStore());
        stores.put(DataKeyStore.class, new MemoryDataKeyStore());
        stores.put(SubjectKeyStore.class, new MemorySubjectKeyStore());
        stores.put(IdempotencyStore.class, new MemoryIdempotencyStore());
        stores.put(KeyRing.Spec.class, KeyRing.ephemeral());
        for (MemoryStoreProvider provider : ServiceLoader.load(MemoryStoreProvider.class)) {
            provider.stores().forEach(binding -> stores.put(binding.type(), binding.store()));
        }
        return new MemoryStores(stores, new MemoryTransactions(), new AtomicReference<>(time));
    }

    @Override
    public <S> S get(Class<S> type) {
        Object store = stores.get(type);
        if (store == null) {
            throw new IllegalStateException("No in-memory " + type.getSimpleName() + ". Add one by Stores.with("
                    + type.getSimpleName() + ".class, …), or put the module that ships it on the class path.");
        }
        return type.cast(store);
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        Map<Class<?>, Object> changed = new HashMap<>(stores);
        changed.put(type, store);
        return new MemoryStores(changed, transactions, time);
    }

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public StoreClock clock(InstantSource node) {
        time.compareAndSet(null, node);
        InstantSource one = time.get();
        return new OneClock(one == null ? node : one);
    }

    @Override
    public boolean persistent() {
        return false;
    }

    private record OneClock(InstantSource time) implements StoreClock {

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public void refresh() {}

        @Override
        public boolean isTrusted() {
            return true;
        }
    }
}
