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
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stores behind {@link Stores#inMemory()}: core's own and those of every module on the class path. */
public final class MemoryStores implements Stores {

    private final Stores bound;

    private MemoryStores(Stores bound) {
        this.bound = bound;
    }

    /** A new, empty storage. Its time is {@code time}; null: the clock of the first Matrix that is built over it. */
    public static Stores create(@Nullable InstantSource time) {
        MemoryEvents events = new MemoryEvents();
        List<Binding<?>> bindings = new ArrayList<>(List.of(
                new Binding<>(ApiPinStore.class, new MemoryApiPinStore()),
                new Binding<>(EventStore.class, new MemoryEventStore(events)),
                new Binding<>(DispatchStore.class, new MemoryDispatchStore(events)),
                new Binding<>(SubscriberStore.class, new MemorySubscriberStore()),
                new Binding<>(LeaseStore.class, new MemoryLeaseStore()),
                new Binding<>(DataKeyStore.class, new MemoryDataKeyStore()),
                new Binding<>(SubjectKeyStore.class, new MemorySubjectKeyStore()),
                new Binding<>(IdempotencyStore.class, new MemoryIdempotencyStore()),
                new Binding<>(KeyRing.Spec.class, KeyRing.ephemeral())));
        ServiceLoader.load(MemoryStoreProvider.class).forEach(provider -> bindings.addAll(provider.stores()));
        return new MemoryStores(Stores.of(new MemoryTransactions(), oneClock(time), bindings));
    }

    /** Every node is measured by the same time. */
    private static Function<InstantSource, StoreClock> oneClock(@Nullable InstantSource time) {
        AtomicReference<@Nullable InstantSource> first = new AtomicReference<>(time);
        return node -> {
            first.compareAndSet(null, node);
            InstantSource one = first.get();
            return new OneClock(one == null ? node : one);
        };
    }

    @Override
    public <S> S get(Class<S> type) {
        return bound.get(type);
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        return new MemoryStores(bound.with(type, store));
    }

    @Override
    public Transactions transactions() {
        return bound.transactions();
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return bound.clock(node);
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
