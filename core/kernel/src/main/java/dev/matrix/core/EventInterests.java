package dev.matrix.core;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who wants which event, as one publisher sees it: this node's own subscribers and those that other nodes have stored.
 * Immutable but for a cache by type.
 */
final class EventInterests {

    /**
     * What publishing an event of one type does.
     *
     * @param inline own subscribers to call in the publisher's transaction, in name order
     * @param queued names that get a queue row
     * @param addressed both
     */
    record Route(List<EventSubscriber.Transactional> inline, Set<String> queued, Set<String> addressed) {}

    private record Interest(Set<EventPattern> patterns, List<EventSubscriber.Transactional> inline) {}

    private final Map<String, Interest> byName = new TreeMap<>();
    private final Map<EventType, Route> routes = new ConcurrentHashMap<>();

    EventInterests(Collection<EventSubscriber> own, List<Subscriber> stored) {
        for (Subscriber subscriber : stored) {
            Set<EventPattern> patterns =
                    subscriber.patterns().stream().map(EventPattern::new).collect(Collectors.toSet());
            byName.put(subscriber.name(), new Interest(patterns, List.of()));
        }
        for (EventSubscriber subscriber : own) {
            byName.put(subscriber.name(), new Interest(subscriber.interests(), inline(subscriber)));
        }
    }

    private static List<EventSubscriber.Transactional> inline(EventSubscriber subscriber) {
        return subscriber instanceof EventSubscriber.Transactional transactional && transactional.inline()
                ? List.of(transactional)
                : List.of();
    }

    Route route(EventType type) {
        return routes.computeIfAbsent(type, this::compute);
    }

    private Route compute(EventType type) {
        List<EventSubscriber.Transactional> inline = new ArrayList<>();
        Set<String> queued = new TreeSet<>();
        Set<String> addressed = new TreeSet<>();
        byName.forEach((name, interest) -> {
            if (interest.patterns().stream().anyMatch(pattern -> pattern.matches(type))) {
                addressed.add(name);
                if (interest.inline().isEmpty()) {
                    queued.add(name);
                }
                inline.addAll(interest.inline());
            }
        });
        return new Route(List.copyOf(inline), Set.copyOf(queued), Set.copyOf(addressed));
    }
}
