package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Stores by their interfaces. Immutable. */
record BoundStores(Transactions transactions, Function<InstantSource, StoreClock> clock, Map<Class<?>, Object> stores)
        implements Stores {

    BoundStores {
        requireNonNull(transactions, "transactions");
        requireNonNull(clock, "clock");
        stores = Map.copyOf(stores);
    }

    static BoundStores of(
            Transactions transactions,
            Function<InstantSource, StoreClock> clock,
            Iterable<? extends Stores.Binding<?>> bindings) {
        Map<Class<?>, Object> stores = new HashMap<>();
        bindings.forEach(binding -> stores.put(binding.type(), binding.store()));
        return new BoundStores(transactions, clock, stores);
    }

    @Override
    public <S> S get(Class<S> type) {
        Object store = stores.get(type);
        if (store == null) {
            throw new IllegalStateException("These stores have no " + type.getSimpleName() + ". Add one by Stores.with("
                    + type.getSimpleName() + ".class, …), or put the module that ships it on the class path.");
        }
        return type.cast(store);
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        Map<Class<?>, Object> changed = new HashMap<>(stores);
        changed.put(type, store);
        return new BoundStores(transactions, clock, changed);
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return clock.apply(node);
    }

    @Override
    public boolean persistent() {
        return true;
    }
}
