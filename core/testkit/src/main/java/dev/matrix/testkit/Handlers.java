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
import java.util.stream.Collectors;

/** Subscribers to {@link Noted}, made of lambdas. */
final class Handlers {

    private static final Set<EventPattern> INTERESTS = Set.of(new EventPattern("test.*"));

    private Handlers() {}

    private record Queued(
            String name,
            Set<EventPattern> interests,
            SubscriberPolicy policy,
            boolean inline,
            BiConsumer<Tx, List<StoredEvent>> work)
            implements EventSubscriber.Transactional {

        @Override
        public void handle(Tx tx, List<StoredEvent> events) {
            work.accept(tx, events);
        }
    }

    private record Outside(String name, SubscriberPolicy policy, Consumer<StoredEvent> work)
            implements EventSubscriber.External {

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
        return new Queued(name, INTERESTS, policy, false, work);
    }

    /** As {@link #queued(String, BiConsumer)}, with other interests. */
    static EventSubscriber wanting(Set<String> patterns, String name, BiConsumer<Tx, List<StoredEvent>> work) {
        Set<EventPattern> interests = patterns.stream().map(EventPattern::new).collect(Collectors.toSet());
        return new Queued(name, interests, SubscriberPolicy.defaults(), false, work);
    }

    static EventSubscriber inline(String name, BiConsumer<Tx, List<StoredEvent>> work) {
        return new Queued(name, INTERESTS, SubscriberPolicy.defaults(), true, work);
    }

    static EventSubscriber external(String name, Consumer<StoredEvent> work) {
        return external(name, SubscriberPolicy.defaults(), work);
    }

    static EventSubscriber external(String name, SubscriberPolicy policy, Consumer<StoredEvent> work) {
        return new Outside(name, policy, work);
    }
}
