package dev.matrix.testkit;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberPolicy;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Subscribers to {@link Noted}, made of lambdas. */
final class Handlers {

    private static final Set<EventPattern> INTERESTS = Set.of(new EventPattern("test.*"));

    private Handlers() {}

    private record Queued(String name, SubscriberPolicy policy, boolean inline, BiConsumer<Tx, List<StoredEvent>> work)
            implements EventSubscriber.Transactional {

        @Override
        public Set<EventPattern> interests() {
            return INTERESTS;
        }

        @Override
        public void handle(Tx tx, List<StoredEvent> events) {
            work.accept(tx, events);
        }
    }

    private record Outside(String name, Consumer<StoredEvent> work) implements EventSubscriber.External {

        @Override
        public Set<EventPattern> interests() {
            return INTERESTS;
        }

        @Override
        public void handle(StoredEvent event) {
            work.accept(event);
        }
    }

    static EventSubscriber queued(String name, BiConsumer<Tx, List<StoredEvent>> work) {
        return queued(name, SubscriberPolicy.defaults(), work);
    }

    static EventSubscriber queued(String name, SubscriberPolicy policy, BiConsumer<Tx, List<StoredEvent>> work) {
        return new Queued(name, policy, false, work);
    }

    static EventSubscriber inline(String name, BiConsumer<Tx, List<StoredEvent>> work) {
        return new Queued(name, SubscriberPolicy.defaults(), true, work);
    }

    static EventSubscriber external(String name, Consumer<StoredEvent> work) {
        return new Outside(name, work);
    }
}
