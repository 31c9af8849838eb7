package dev.matrix.core;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who wants which event, as one publisher sees it: this node's own subscribers and those that other nodes have stored.
 * Immutable except for a cache by type.
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

    /**
     * What one name wants: what this node's own subscriber does, if it has one, and what nodes of any release have stored. An
     * event that only the latter want is queued, as this node's own may not know its type.
     */
    private record Interest(Set<EventPattern> own, Set<EventPattern> all, List<EventSubscriber.Transactional> inline) {}

    private final Map<String, Interest> byName = new TreeMap<>();
    private final Map<EventType, Route> routes = new ConcurrentHashMap<>();

    EventInterests(Collection<EventSubscriber> own, List<Subscriber> stored) {
        for (Subscriber subscriber : stored) {
            byName.put(subscriber.name(), new Interest(Set.of(), patterns(subscriber), List.of()));
        }
        for (EventSubscriber subscriber : own) {
            Set<EventPattern> all = new HashSet<>(subscriber.interests());
            Interest others = byName.get(subscriber.name());
            if (others != null) {
                all.addAll(others.all());
            }
            byName.put(subscriber.name(), new Interest(subscriber.interests(), all, inline(subscriber)));
        }
    }

    private static Set<EventPattern> patterns(Subscriber subscriber) {
        return subscriber.patterns().keySet().stream().map(EventPattern::new).collect(Collectors.toSet());
    }

    private static boolean match(Set<EventPattern> patterns, EventType type) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(type));
    }

    private static List<EventSubscriber.Transactional> inline(EventSubscriber subscriber) {
        return subscriber instanceof EventSubscriber.Transactional transactional && transactional.inline()
                ? List.of(transactional)
                : List.of();
    }

    /** Whether nodes want events of this type for a name for which this node itself wants none of them. */
    boolean onlyOthersWant(String subscriber, EventType type) {
        Interest interest = byName.get(subscriber);
        return interest != null && !match(interest.own(), type) && match(interest.all(), type);
    }

    Route route(EventType type) {
        return routes.computeIfAbsent(type, this::compute);
    }

    private Route compute(EventType type) {
        List<EventSubscriber.Transactional> inline = new ArrayList<>();
        Set<String> queued = new TreeSet<>();
        Set<String> addressed = new TreeSet<>();
        byName.forEach((name, interest) -> {
            boolean itsOwn = match(interest.own(), type);
            if (itsOwn || match(interest.all(), type)) {
                addressed.add(name);
                if (itsOwn && !interest.inline().isEmpty()) {
                    inline.addAll(interest.inline());
                } else {
                    queued.add(name);
                }
            }
        });
        return new Route(List.copyOf(inline), Set.copyOf(queued), Set.copyOf(addressed));
    }
}
