package dev.matrix.sla;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.MeasurementStore;
import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores with flaws that a simulation must find. */
final class Flaws {

    private Flaws() {}

    private interface Call {

        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <S> Stores with(Stores stores, Class<S> type, Call call) {
        return stores.with(
                type,
                type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> call.answer(method, arguments))));
    }

    private static Object plain(Object store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Folding marks batches as folded and keeps no hours. */
    static Stores forgettingHours(Stores stores) {
        MeasurementStore store = stores.get(MeasurementStore.class);
        return with(stores, MeasurementStore.class, (method, arguments) -> {
            if (method.getName().equals("fold")) {
                arguments[2] = List.of();
            }
            return plain(store, method, arguments);
        });
    }

    /** A batch that is sent again isn't known, and is added to what it was. */
    static Stores addingBatches(Stores stores) {
        MeasurementStore store = stores.get(MeasurementStore.class);
        return with(stores, MeasurementStore.class, (method, arguments) -> {
            if (method.getName().equals("putBatches")) {
                Tx tx = (Tx) arguments[0];
                List<BatchRow> rows = new ArrayList<>();
                for (Object each : (Collection<?>) arguments[1]) {
                    rows.add(added(store, tx, (BatchRow) each));
                }
                arguments[1] = rows;
            }
            return method.getName().equals("see") ? Optional.empty() : plain(store, method, arguments);
        });
    }

    private static BatchRow added(MeasurementStore store, Tx tx, BatchRow row) {
        BatchKey key = row.key();
        List<BatchRow> former = store.batches(tx, List.of(key));
        if (former.isEmpty()) {
            return row;
        }
        Map<Long, MinuteCounts> sum =
                new HashMap<>(Batch.unpack(former.get(0).counts()).counts());
        Batch batch = Batch.unpack(row.counts());
        batch.counts().forEach((series, counts) -> sum.merge(series, counts, MinuteCounts::plus));
        return new BatchRow(key, row.revision() + 1_000, new Batch(batch.known(), sum).pack());
    }
}
