package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.StoresView;
import dev.matrix.testkit.sim.Faults;
import dev.matrix.testkit.sim.SimulatedNode;
import dev.matrix.testkit.sim.Simulation;
import dev.matrix.webhooks.WatchedDeliveries.EventAt;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Three nodes whose hosts publish, now and then twice or in a transaction that they roll back, while others register,
 * change, pause, disable and delete endpoints, and send or cancel deliveries by hand. What must be sent is known from
 * what was registered as each event committed.
 */
final class WebhooksScenario {

    private static final List<Owner> OWNERS = List.of(Owner.user("ann"), Owner.user("bob"), Owner.partner("acme"));
    private static final List<EventType> TYPES =
            List.of(EventTypes.INSTANCE_CREATED, EventTypes.INSTANCE_STARTED, EventTypes.INSTANCE_STOPPED);
    private static final List<String> PATTERNS = List.of("*", "instance.*", "instance.*", "instance.started");

    /** A node crashes or stands still each 20 s or so, in one of five stalls for longer than a lease, perhaps. */
    private static final Faults FAULTS = Faults.standard()
            .withCrash(0.0007)
            .withStall(0.0007, Duration.ofMinutes(1))
            .withNetwork(0.03, 0.03, 0, 0.08);

    /** Leases pass on from nodes that stand still much more often, so that a flaw shows within a few seeds. */
    private static final Faults RESTLESS = FAULTS.withStall(0.004, Duration.ofMinutes(1));

    private static final int MOST_ENDPOINTS = 7;
    private static final int NODE_CAP = 16;
    private static final int SUBJECTS = 4;

    private final int batch;
    private final Map<String, Subscription> byHost = new HashMap<>();

    /** The endpoints that ever committed: id to host, and the pattern of each that is not deleted. */
    private final MemoryTable<String, String> hosts = new MemoryTable<>();

    private final MemoryTable<String, String> patterns = new MemoryTable<>();
    private final Map<String, String> subjects = new HashMap<>();
    private final Map<String, Set<String>> expected = new HashMap<>();
    private final Map<String, Webhooks> webhooks = new HashMap<>();
    private final MoodyReceivers receivers;
    private final Wire wire;
    private final WebhooksLedger ledger;
    private final Simulation simulation;
    private final List<EventDraft> drafts = new ArrayList<>();
    private int deleted;

    private WebhooksScenario(long seed, int batch, Faults faults, UnaryOperator<Stores> flaw) {
        this.batch = batch;
        this.receivers = new MoodyReceivers(seed, byHost, this::now);
        this.wire = new Wire(this::now, byHost, subjects, this::notEarly);
        this.ledger = new WebhooksLedger(hosts, expected, wire, receivers);
        this.simulation = Simulation.seeded(seed)
                .stores(time -> stores(time, flaw))
                .faults(faults)
                .receiver(receivers)
                .nodes(3, this::build)
                .action("publish", Duration.ofMillis(200), told(this::publish))
                .action("register", Duration.ofMillis(500), told(this::register))
                .action("change", Duration.ofSeconds(2), told(this::change))
                .action("handle", Duration.ofSeconds(2), told(this::handle))
                .invariant("each committed event ends where it matched, delivered or not", ledger::reached)
                .invariant("nothing of a transaction that rolled back is sent", ledger::nothingRolledBack)
                .invariant("requests without an attempt were in hand at a crash", ledger::attemptsLogged)
                .invariant("attempts that count are numbered 1, 2, 3", ledger::attemptsNumbered)
                .invariant("a subject's events go by id", ledger::subjectsInOrder)
                .build();
    }

    /** A scenario whose hosts publish up to {@code batch} events each 200 ms, about; of even seeds a restless one. */
    static WebhooksScenario seeded(long seed, int batch) {
        return new WebhooksScenario(seed, batch, seed % 2 == 0 ? RESTLESS : FAULTS, UnaryOperator.identity());
    }

    /** The same over stores with a flaw. */
    static WebhooksScenario flawed(long seed, UnaryOperator<Stores> flaw) {
        return new WebhooksScenario(seed, 3, RESTLESS, flaw);
    }

    /** Runs with everything going wrong; then receivers are kind, what is paused is resumed, and all must end. */
    WebhooksScenario run(Duration troubled) {
        simulation.run(troubled);
        receivers.heal();
        resumeAll();
        simulation.settle(Duration.ofHours(1));
        return this;
    }

    private Instant now() {
        return simulation.now();
    }

    private static Stores stores(InstantSource time, UnaryOperator<Stores> flaw) {
        Stores stores = flaw.apply(Stores.inMemory(time));
        Instant since = time.instant().minus(Duration.ofDays(1));
        stores.transactions()
                .inTransaction(tx -> stores.get(SubscriberStore.class)
                        .register(tx, WebhookRouter.NAME, Set.of("instance.*"), true, since));
        return stores.with(DeliveryStore.class, new WatchedDeliveries(stores.get(DeliveryStore.class), time));
    }

    private Matrix build(SimulatedNode node) {
        AtomicBoolean built = new AtomicBoolean();
        Stores stores = StoresView.of(node.stores())
                .around(sound -> new FlakyTransactions(sound, node.random(), () -> built.get() && !receivers.healed()));
        Matrix matrix = node.builder().stores(stores).transport(wire.of(node)).build();
        webhooks.put(node.name(), Webhooks.on(matrix).maxInFlight(NODE_CAP).build());
        built.set(true);
        return matrix;
    }

    private Webhooks webhooks(SimulatedNode node) {
        Webhooks built = webhooks.get(node.name());
        if (built == null) {
            throw new IllegalStateException(node.name() + " was never built");
        }
        return built;
    }

    /** Hosts live with what they are told: that it can't be, or that the storage failed. */
    private static Consumer<SimulatedNode> told(Consumer<SimulatedNode> action) {
        return node -> {
            try {
                action.accept(node);
            } catch (ConflictException | NotFoundException | StorageException no) {
                assertThat(no.getMessage()).isNotEmpty();
            }
        };
    }

    private static <T> T oneOf(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    private void publish(SimulatedNode node) {
        RandomGenerator random = node.random();
        Map<String, EventDraft> chosen = new TreeMap<>();
        for (int n = random.nextInt(batch); n >= 0; n--) {
            EventDraft draft = draft(random);
            chosen.put(String.valueOf(draft.id()), draft);
        }
        List<EventDraft> together = List.copyOf(chosen.values());
        boolean changesItsMind = random.nextInt(10) == 0;
        node.matrix().transactions().inTransaction(tx -> {
            List<Published> published = node.matrix().events().publishAll(tx, together);
            for (int n = 0; n < together.size(); n++) {
                if (!published.get(n).duplicate()) {
                    expect(tx, together.get(n));
                }
            }
            if (changesItsMind) {
                throw new ConflictException("The host has changed its mind.");
            }
        });
    }

    /** One in ten is an old acquaintance. Ids don't always rise in the order of commits. */
    private EventDraft draft(RandomGenerator random) {
        if (!drafts.isEmpty() && random.nextInt(10) == 0) {
            return oneOf(drafts, random);
        }
        int number = drafts.size() + 1;
        String id = "e%06d-%d".formatted(number + random.nextInt(6), number);
        String subject = "i-" + random.nextInt(SUBJECTS);
        Owner owner = oneOf(OWNERS, random);
        InstanceChanged payload = InstanceChanged.builder(subject, owner, oneOf(TYPES, random), "gpu.a100", now())
                .build();
        EventDraft plain = BillingEvent.of(payload).withId(id).withKey("k" + number);
        EventDraft draft = random.nextInt(4) == 0 ? plain.visibleTo(oneOf(OWNERS, random)) : plain;
        drafts.add(draft);
        return draft;
    }

    private void expect(Tx tx, EventDraft draft) {
        Set<Owner> viewers = new HashSet<>(draft.visibleTo());
        viewers.add(draft.payload().owner());
        Set<String> matching = new HashSet<>();
        for (Loaded loaded : endpoints(tx)) {
            EndpointRow row = loaded.row();
            EventPattern pattern = new EventPattern(String.valueOf(patterns.get(tx, row.id())));
            if (row.status() != EndpointStatus.DISABLED
                    && viewers.contains(row.owner())
                    && pattern.matches(draft.payload().type())) {
                matching.add(row.id());
            }
        }
        String id = String.valueOf(draft.id());
        expected.put(id, matching);
        subjects.put(id, draft.payload().id());
    }

    private List<Loaded> endpoints(Tx tx) {
        EndpointStore store = simulation.stores().get(EndpointStore.class);
        return store.load(tx, List.copyOf(patterns.rows(tx).keySet()), now());
    }

    private void register(SimulatedNode node) {
        RandomGenerator random = node.random();
        if (byHost.size() - deleted < MOST_ENDPOINTS) {
            Subscription next =
                    Subscription.drawn("r" + byHost.size() + ".example.com", oneOf(OWNERS, random), random, batch);
            byHost.put(next.host(), next);
            node.matrix().transactions().inTransaction(tx -> {
                String pattern = oneOf(PATTERNS, random);
                Registered made = webhooks(node).register(tx, next.endpoint(pattern));
                hosts.put(tx, made.endpoint().id(), next.host());
                patterns.put(tx, made.endpoint().id(), pattern);
            });
        }
    }

    /** What owners do to their endpoints; now and then somebody else was quicker. */
    private void change(SimulatedNode node) {
        RandomGenerator random = node.random();
        node.matrix().transactions().inTransaction(tx -> {
            List<Loaded> all = endpoints(tx);
            if (!all.isEmpty()) {
                change(tx, webhooks(node), oneOf(all, random).row(), random);
            }
        });
    }

    private void change(Tx tx, Webhooks own, EndpointRow row, RandomGenerator random) {
        switch (random.nextInt(12)) {
            case 0 -> {
                own.delete(tx, row.owner(), row.id());
                patterns.remove(tx, row.id());
                deleted++;
            }
            case 1, 2 -> own.setStatus(tx, row.owner(), row.id(), EndpointStatus.DISABLED);
            case 3, 4 -> own.setStatus(tx, row.owner(), row.id(), EndpointStatus.PAUSED);
            case 5, 6, 7, 8 -> own.setStatus(tx, row.owner(), row.id(), EndpointStatus.ACTIVE);
            default -> {
                String pattern = oneOf(PATTERNS, random);
                URI url = URI.create("https://" + hosts.get(tx, row.id()) + "/v" + row.version());
                own.update(
                        tx,
                        row.owner(),
                        row.id(),
                        row.version(),
                        is -> is.events(pattern).url(url));
                patterns.put(tx, row.id(), pattern);
            }
        }
    }

    /** What support staff do to a delivery. */
    private void handle(SimulatedNode node) {
        RandomGenerator random = node.random();
        Stores stores = simulation.stores();
        List<Map.Entry<EventAt, String>> all = stores.transactions()
                .returning(tx -> List.copyOf(deliveries().ids(tx).entrySet()));
        if (all.isEmpty()) {
            return;
        }
        Map.Entry<EventAt, String> one = oneOf(all, random);
        Subscription to = Wire.subscription(
                byHost,
                stores.transactions().returning(tx -> hosts.get(tx, one.getKey().endpointId())));
        if (random.nextInt(3) == 0) {
            webhooks(node).cancel(to.owner(), one.getValue());
        } else if (!to.perSubject()) {
            webhooks(node).retry(to.owner(), one.getValue());
        }
    }

    private void resumeAll() {
        Stores stores = simulation.stores();
        EndpointStore store = stores.get(EndpointStore.class);
        stores.transactions()
                .inTransaction(tx -> endpoints(tx).stream()
                        .map(Loaded::row)
                        .filter(row -> row.status() == EndpointStatus.PAUSED)
                        .forEach(row -> store.replaceIfVersion(
                                tx, EndpointChanges.withStatus(row, EndpointStatus.ACTIVE, null))));
    }

    private WatchedDeliveries deliveries() {
        return (WatchedDeliveries) simulation.stores().get(DeliveryStore.class);
    }

    /** A retry waits until it is due, whatever the sender's own clock says. */
    private void notEarly(Wire.Sent request) {
        simulation.stores().transactions().inTransaction(tx -> {
            String endpointId = hosts.rows(tx).entrySet().stream()
                    .filter(entry -> entry.getValue().equals(request.to().host()))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            Instant due = deliveries()
                    .delivery(tx, new EventAt(endpointId, request.eventId()))
                    .dueAt();
            assertThat(due == null || !due.isAfter(now()))
                    .as("%s, which is due at %s", request, due)
                    .isTrue();
        });
    }

    /** What was seen on the way, to prove that runs are worth their time. */
    WebhooksLedger.Tally tally() {
        return ledger.tally(simulation);
    }
}
