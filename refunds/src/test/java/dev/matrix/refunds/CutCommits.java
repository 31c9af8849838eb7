package dev.matrix.refunds;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores whose answer to a commit gets lost, once for each arming, where the transaction called a method of a store. */
final class CutCommits implements Stores, Transactions {

    private final Stores inner;
    private final Set<String> called = new HashSet<>();
    private @Nullable String armed;

    CutCommits(Stores inner) {
        this.inner = inner;
    }

    /** The next transaction that calls this method of a store of refunds commits, and its caller isn't told. */
    void cutAfter(String method) {
        armed = method;
    }

    boolean isArmed() {
        return armed != null;
    }

    @Override
    public <S> S get(Class<S> type) {
        S store = inner.get(type);
        if (!type.getPackageName().equals("dev.matrix.refunds.spi")) {
            return store;
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    called.add(method.getName());
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Transactions transactions() {
        return this;
    }

    @Override
    public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
        called.clear();
        R result = inner.transactions().returning(work);
        if (armed != null && called.contains(armed)) {
            armed = null;
            throw new StorageException("The answer to the commit got lost.", new IllegalStateException("cut"));
        }
        return result;
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return inner.clock(node);
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }
}
