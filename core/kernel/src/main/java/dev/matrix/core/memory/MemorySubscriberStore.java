package dev.matrix.core.memory;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@link SubscriberStore} in memory. */
final class MemorySubscriberStore implements SubscriberStore {

    private final MemoryTable<String, Subscriber> subscribers = new MemoryTable<>();
    private final MemoryTable<String, Instant> retired = new MemoryTable<>();

    @Override
    public void register(Tx tx, Subscriber subscriber) {
        Subscriber former = subscribers.get(tx, subscriber.name());
        subscribers.put(
                tx,
                subscriber.name(),
                former == null
                        ? subscriber
                        : new Subscriber(
                                subscriber.name(), subscriber.patterns(), subscriber.inline(), former.since()));
        retired.remove(tx, subscriber.name());
    }

    @Override
    public List<Subscriber> all(Tx tx) {
        return List.copyOf(subscribers.rows(tx).values());
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
