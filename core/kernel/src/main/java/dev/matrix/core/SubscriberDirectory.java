package dev.matrix.core;

import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every node's picture of who subscribes. It stores this node's subscribers, again each 30 s for as long as
 * it runs, re-reads all of them each 10 s, and for a minute after a name or a pattern has appeared queues for it what nodes that
 * hadn't seen it yet published meanwhile.
 */
final class SubscriberDirectory implements Step {

    static final String NAME = "events.subscribers";

    private static final Duration REREAD = Duration.ofSeconds(10);
    private static final Duration REGISTER = Duration.ofSeconds(30);
    private static final Duration STALE = REREAD.multipliedBy(2);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final int CATCH_UP_BATCH = 1_000;

    private final SubscriberStore store;
    private final DispatchStore dispatch;
    private final Transactions transactions;
    private final EventCatalog catalog;
    private final StoreClock clock;
    private final Map<String, EventSubscriber> own = new LinkedHashMap<>();
    private Instant registerAt = Instant.MIN;
    private volatile @Nullable Known known;

    private record Known(List<Subscriber> stored, EventInterests interests, Instant readAt) {}

    SubscriberDirectory(Stores stores, EventCatalog catalog, StoreClock clock) {
        this.store = stores.get(SubscriberStore.class);
        this.dispatch = stores.get(DispatchStore.class);
        this.transactions = stores.transactions();
        this.catalog = catalog;
        this.clock = clock;
    }

    void add(EventSubscriber subscriber) {
        subscriber.interests().forEach(catalog::check);
        if (own.putIfAbsent(subscriber.name(), subscriber) != null) {
            throw new IllegalStateException(
                    "Two subscribers are named " + subscriber.name() + "; progress is kept by name, so rename one.");
        }
        known = null;
    }

    Collection<EventSubscriber> own() {
        return own.values();
    }

    /**
     * What to do with an event. Where the step hasn't read the stored subscribers for a while, the caller's transaction
     * does: a node that stood still must not publish by what it knew before.
     */
    EventInterests interests(Tx tx) {
        Known last = known;
        return last == null || clock.instant().isAfter(last.readAt().plus(STALE))
                ? reread(tx).interests()
                : last.interests();
    }

    /**
     * Whether an event that is queued for one of this node's subscribers is of a type that only nodes of another release want for
     * it. A type that this node doesn't know is one of those as long as a stored pattern isn't its own.
     */
    boolean isForOthers(String subscriber, String type) {
        Known last = known;
        EventSubscriber its = own.get(subscriber);
        return last != null && its != null && isForOthers(last, its, type);
    }

    private boolean isForOthers(Known last, EventSubscriber its, String type) {
        return catalog.find(type)
                .map(here -> last.interests().onlyOthersWant(its.name(), here))
                .orElseGet(() -> last.stored().stream()
                        .filter(stored -> stored.name().equals(its.name()))
                        .flatMap(stored -> stored.patterns().keySet().stream())
                        .map(EventPattern::new)
                        .anyMatch(pattern -> !its.interests().contains(pattern) && pattern.covers(type)));
    }

    private Known reread(Tx tx) {
        Instant readAt = clock.instant();
        List<Subscriber> stored = store.all(tx);
        Known last = known;
        EventInterests interests = last != null && last.stored().equals(stored)
                ? last.interests()
                : new EventInterests(own.values(), stored);
        Known read = new Known(stored, interests, readAt);
        known = read;
        return read;
    }

    Set<String> names() {
        return transactions.returning(
                tx -> store.all(tx).stream().map(Subscriber::name).collect(Collectors.toSet()));
    }

    /** This node knows at once that it is gone; the others read it within {@link #STALE}. */
    void retire(String subscriber) {
        StorableText.require(subscriber, "A subscriber's name");
        if (own.containsKey(subscriber)) {
            throw new ConflictException(
                    "Subscriber " + subscriber + " is one of this node's; retire it once no node has it any more.");
        }
        if (!transactions.returning(tx -> store.retire(tx, subscriber, clock.instant()))) {
            throw new NotFoundException("No subscriber " + subscriber + "; subscribers() lists those that there are.");
        }
        known = null;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        List<Subscriber> all = transactions.returning(tx -> {
            if (!now.isBefore(registerAt)) {
                // In the order of names, in which every node locks them.
                new TreeMap<>(own).values().forEach(subscriber -> register(tx, subscriber));
            }
            return reread(tx).stored();
        });
        if (!now.isBefore(registerAt)) {
            registerAt = now.plus(REGISTER);
        }
        all.forEach(subscriber -> catchUp(subscriber, now));
        return now.plus(REREAD);
    }

    private void register(Tx tx, EventSubscriber subscriber) {
        boolean inline = subscriber instanceof EventSubscriber.Transactional transactional && transactional.inline();
        Set<String> patterns =
                subscriber.interests().stream().map(EventPattern::text).collect(Collectors.toSet());
        store.register(tx, subscriber.name(), patterns, inline, clock.instant());
    }

    /** Every node does it for every new pattern: the one that brought it may be gone before the others have seen it. */
    private void catchUp(Subscriber subscriber, Instant now) {
        Set<EventPattern> fresh = new HashSet<>();
        Instant since = now;
        for (Map.Entry<String, Instant> pattern : subscriber.patterns().entrySet()) {
            if (now.isBefore(pattern.getValue().plus(CATCH_UP).plus(REREAD))) {
                fresh.add(new EventPattern(pattern.getKey()));
                since = pattern.getValue().isBefore(since) ? pattern.getValue() : since;
            }
        }
        if (!fresh.isEmpty()) {
            addAll(subscriber.name(), fresh, EventQuery.all().since(since), false, now);
        }
    }

    /** Queues past events that interest an own subscriber again; returns how many. */
    long replay(String subscriber, EventQuery query, Instant now) {
        EventSubscriber known = own.get(subscriber);
        if (known == null) {
            throw new NotFoundException("No subscriber " + subscriber + " on this node; it has " + own.keySet() + ".");
        }
        return addAll(subscriber, known.interests(), query, true, now);
    }

    /** Queues the matching events for a subscriber, a bounded piece per transaction. */
    private long addAll(String subscriber, Set<EventPattern> interests, EventQuery query, boolean again, Instant now) {
        Set<String> wanted = catalog.all().stream()
                .filter(type -> interests.stream().anyMatch(pattern -> pattern.matches(type)))
                .map(EventType::name)
                .filter(name -> query.types().isEmpty() || query.types().contains(name))
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return 0;
        }
        long count = 0;
        String after = null;
        do {
            String from = after;
            DispatchStore.Added added = transactions.returning(
                    tx -> dispatch.addMissing(tx, subscriber, query.ofTypes(wanted), again, from, CATCH_UP_BATCH, now));
            count += added.count();
            after = added.lastId();
        } while (after != null);
        return count;
    }
}
