package dev.matrix.core.memory;

import dev.matrix.core.spi.SubscriberStore;
import dev.matrix.core.spi.Tx;
import java.util.List;

/** {@link SubscriberStore} in memory. */
final class MemorySubscriberStore implements SubscriberStore {

    private final MemoryTable<String, Subscriber> subscribers = new MemoryTable<>();

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
    }

    @Override
    public List<Subscriber> all(Tx tx) {
        return List.copyOf(subscribers.rows(tx).values());
    }
}
