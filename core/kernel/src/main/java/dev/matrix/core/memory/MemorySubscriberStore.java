package dev.matrix.core.memory;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@link SubscriberStore} in memory. */
final class MemorySubscriberStore implements SubscriberStore {

    /** A pattern, known since an instant and registered last at another. */
    private record Interest(Instant since, Instant registered) {}

    private record Row(Map<String, Interest> interests, boolean inline) {}

    private final MemoryTable<String, Row> subscribers = new MemoryTable<>();
    private final MemoryTable<String, Instant> retired = new MemoryTable<>();

    @Override
    public void register(Tx tx, String name, Set<String> patterns, boolean inline, Instant now) {
        Row former = subscribers.get(tx, name);
        Map<String, Interest> interests = new TreeMap<>(former == null ? Map.of() : former.interests());
        patterns.forEach(pattern -> interests.merge(
                pattern, new Interest(now, now), (known, again) -> new Interest(known.since(), again.registered())));
        interests.values().removeIf(interest -> interest.registered().isBefore(now.minus(KEPT)));
        subscribers.put(tx, name, new Row(Map.copyOf(interests), inline));
        retired.remove(tx, name);
    }

    @Override
    public List<Subscriber> all(Tx tx) {
        return subscribers.rows(tx).entrySet().stream()
                .map(row -> new Subscriber(
                        row.getKey(),
                        row.getValue().interests().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, one -> one.getValue().since())),
                        row.getValue().inline()))
                .toList();
    }

    @Override
    public boolean retire(Tx tx, String name, Instant now) {
        boolean known = subscribers.remove(tx, name) != null;
        if (known) {
            retired.put(tx, name, now);
        }
        return known;
    }

    @Override
    public Map<String, Instant> retired(Tx tx) {
        return new TreeMap<>(retired.rows(tx));
    }

    @Override
    public void forget(Tx tx, String name) {
        retired.remove(tx, name);
    }
}
