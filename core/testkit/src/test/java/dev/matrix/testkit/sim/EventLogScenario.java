package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes whose hosts publish with keys, now and then the same twice, other content under a used key, or in a
 * transaction that they roll back; all three have a Transactional and an External subscriber that sometimes throw, the
 * first one alone an inline one.
 */
final class EventLogScenario {

    private static final Owner OWNER = Owner.user("u_1");
    private static final EventType TYPE = EventType.of("sim.happened", Happened.class);
    private static final Set<EventPattern> INTERESTS = Set.of(new EventPattern("sim.*"));

    record Happened(String id, Owner owner) implements EventPayload {

        @Override
        public EventType type() {
            return TYPE;
        }
    }

    private static final class ChangedItsMind extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private record Transactional(String name, boolean inline, Journal journal, SimulatedNode node)
            implements EventSubscriber.Transactional {

        @Override
        public Set<EventPattern> interests() {
            return INTERESTS;
        }

        @Override
        public void handle(Tx tx, List<StoredEvent> events) {
            journal.note(tx, events);
            if (!inline && node.random().nextInt(20) == 0) {
                throw new IllegalStateException("a handler's bad day");
            }
        }
    }

    private record External(Map<String, Integer> reached, SimulatedNode node) implements EventSubscriber.External {

        @Override
        public String name() {
            return "external";
        }

        @Override
        public Set<EventPattern> interests() {
            return INTERESTS;
        }

        @Override
        public void handle(StoredEvent event) {
            reached.merge(event.event().id(), 1, Integer::sum);
            if (node.random().nextInt(20) == 0) {
                throw new IllegalStateException("reached, but told so by nobody");
            }
        }
    }

    private final Journal queued = new Journal();
    private final Journal inline = new Journal();
    private final Map<String, Integer> reached = new HashMap<>();
    private final Set<String> rolledBack = new HashSet<>();
    private final int batch;
    private int made;

    private EventLogScenario(int batch) {
        this.batch = batch;
    }

    /** A run in which a host publishes {@code batch} events each 100 ms, about; its subscribers are old acquaintances. */
    static SimulationBuilder seeded(long seed, int batch) {
        return released(seed, batch).stores(EventLogScenario::withSubscribers);
    }

    private static Stores withSubscribers(InstantSource time) {
        Stores stores = Stores.inMemory(time);
        Instant since = time.instant().minus(Duration.ofDays(1));
        stores.transactions()
                .inTransaction(tx -> List.of("queued", "external", "inline")
                        .forEach(name -> stores.get(SubscriberStore.class)
                                .register(tx, name, Set.of("sim.*"), name.equals("inline"), since)));
        return stores;
    }

    /** As {@link #seeded}, at the moment when a release brings all subscribers at once. */
    static SimulationBuilder released(long seed, int batch) {
        EventLogScenario scenario = new EventLogScenario(batch);
        return Simulation.seeded(seed)
                .nodes(3, scenario::build)
                .action("publish", Duration.ofMillis(100), scenario::publish)
                .invariant("each committed event is handled, by Transactional ones once", scenario::handled)
                .invariant("nothing of a transaction that rolled back is left", scenario::nothingRolledBack)
                .invariant("no key twice", EventLogScenario::keysUnique);
    }

    /** A run that takes External handling for exactly-once, which it isn't. */
    static SimulationBuilder expectingExternalOnce(long seed) {
        EventLogScenario scenario = new EventLogScenario(1);
        return Simulation.seeded(seed)
                .nodes(3, scenario::build)
                .action("publish", Duration.ofMillis(100), scenario::publish)
                .invariant(
                        "the outside is reached once",
                        simulation -> assertThat(scenario.reached.values()).allMatch(times -> times == 1));
    }

    /** A run over a queue that says yes to every completion, whoever has taken the row over. */
    static SimulationBuilder ignoringTokens(long seed) {
        return seeded(seed, 1).stores(time -> {
            Stores sound = withSubscribers(time);
            return sound.with(DispatchStore.class, new TokensIgnored(sound.get(DispatchStore.class)));
        });
    }

    private Matrix build(SimulatedNode node) {
        var builder = node.builder()
                .eventType(TYPE)
                .subscriber(new Transactional("queued", false, queued, node))
                .subscriber(new External(reached, node));
        if (node.index() == 0) {
            builder.subscriber(new Transactional("inline", true, inline, node));
        }
        return builder.build();
    }

    private void publish(SimulatedNode node) {
        EventLog log = node.matrix().events();
        RandomGenerator random = node.random();
        List<EventDraft> drafts = new ArrayList<>();
        for (int n = 0; n < batch; n++) {
            drafts.add(draft(random));
        }
        boolean changesItsMind = random.nextInt(10) == 0;
        try {
            node.matrix().transactions().inTransaction(tx -> {
                try {
                    log.publishAll(tx, drafts);
                } catch (ConflictException e) {
                    log.publish(
                            tx, BillingEvent.of(new Happened("instead", OWNER)).withId(nextId()));
                }
                if (changesItsMind) {
                    throw new ChangedItsMind();
                }
            });
        } catch (ChangedItsMind expected) {
            drafts.forEach(draft -> rolledBack.add(String.valueOf(draft.id())));
        }
    }

    private String nextId() {
        return "e%06d".formatted(++made);
    }

    /** One in ten repeats a key that may have been used; one in a hundred puts other content under it. */
    private EventDraft draft(RandomGenerator random) {
        String id = nextId();
        int key = random.nextInt(10) == 0 ? 1 + random.nextInt(made) : made;
        String subject = random.nextInt(100) == 0 ? "other" : "of-" + key;
        return BillingEvent.of(new Happened(subject, OWNER)).withId(id).withKey("k" + key);
    }

    private void handled(Simulation simulation) {
        Stores stores = simulation.stores();
        stores.transactions().inTransaction(tx -> {
            List<EventRow> committed = committed(tx, stores);
            Map<String, Instant> since = new HashMap<>();
            for (Subscriber subscriber : stores.get(SubscriberStore.class).all(tx)) {
                since.put(subscriber.name(), subscriber.patterns().getOrDefault("sim.*", Instant.MAX));
            }
            assertHandled(committed, queued.counts(tx), since.get("queued"));
            assertHandled(committed, inline.counts(tx), since.get("inline"));
            assertThat(committed).allSatisfy(row -> assertThat(reached).containsKey(row.id()));
        });
    }

    private static void assertHandled(List<EventRow> committed, Map<String, Integer> counts, @Nullable Instant since) {
        for (EventRow row : committed) {
            int expected = since == null || row.recordedAt().isBefore(since) ? 0 : 1;
            assertThat(counts.getOrDefault(row.id(), 0))
                    .as("%s, recorded at %s; subscribed since %s", row.id(), row.recordedAt(), since)
                    .isBetween(expected, 1);
        }
    }

    private void nothingRolledBack(Simulation simulation) {
        Stores stores = simulation.stores();
        stores.transactions().inTransaction(tx -> {
            List<String> ids = committed(tx, stores).stream().map(EventRow::id).toList();
            assertThat(ids).noneMatch(rolledBack::contains);
            assertThat(ids).containsAll(reached.keySet());
            assertThat(ids).containsAll(queued.counts(tx).keySet());
            assertThat(ids).containsAll(inline.counts(tx).keySet());
        });
    }

    private static void keysUnique(Simulation simulation) {
        Stores stores = simulation.stores();
        stores.transactions()
                .inTransaction(tx -> assertThat(committed(tx, stores).stream()
                                .map(EventRow::key)
                                .filter(key -> key != null))
                        .doesNotHaveDuplicates());
    }

    /** How many events are in the log. */
    static int committed(Simulation simulation) {
        Stores stores = simulation.stores();
        return stores.transactions().returning(tx -> committed(tx, stores).size());
    }

    private static List<EventRow> committed(Tx tx, Stores stores) {
        EventStore events = stores.get(EventStore.class);
        List<EventRow> rows = new ArrayList<>();
        String cursor = null;
        do {
            Page<EventRow> page = events.page(tx, EventQuery.all(), new PageRequest(1_000, cursor));
            rows.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return rows;
    }
}
