package dev.matrix.tax;

import dev.matrix.tax.Treatment.Component;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One value for each component that lines bear; components of equal keys share it, in the order they first come. Lines of one
 * treatment find theirs by its identity, so that a document of many lines compares few keys. Not thread-safe.
 */
final class Shared<K, V> {

    private final Function<Component, K> key;
    private final Function<Component, V> fresh;
    private final Map<K, V> byKey = new LinkedHashMap<>();
    private final IdentityHashMap<Treatment, List<V>> byTreatment = new IdentityHashMap<>();

    Shared(Function<Component, K> key, Function<Component, V> fresh) {
        this.key = key;
        this.fresh = fresh;
    }

    /** The values of a treatment's components, in their order. */
    List<V> of(Treatment treatment) {
        List<V> known = byTreatment.get(treatment);
        if (known != null) {
            return known;
        }
        List<V> values = new ArrayList<>(treatment.components().size());
        for (Component component : treatment.components()) {
            values.add(byKey.computeIfAbsent(key.apply(component), absent -> fresh.apply(component)));
        }
        byTreatment.put(treatment, values);
        return values;
    }

    Collection<V> all() {
        return byKey.values();
    }

    Map<K, V> byKey() {
        return byKey;
    }
}
