package dev.matrix.core;

import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.idempotency.Idempotency;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of Matrix, wired: features are built on it, then it is started, and closed at the end. Thread-safe. Several
 * can live in one JVM, over one storage or several.
 */
public final class Matrix implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Matrix.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private enum Phase {
        BUILDING,
        RUNNING,
        CLOSED
    }

    private final Stores stores;
    private final @Nullable HttpTransport transport;
    private final InstantSource clock;
    private final StoreClock storeClock;
    private final RandomGenerator random;
    private final Currencies currencies;
    private final String node;
    private final Duration eventRetention;
    private final int payloadLimit;
    private final Ids ids;
    private final JsonCodec json;
    private final EventDecoder decoder;
    private final SubscriberDirectory directory;
    private final EventLog events;
    private final KeyRing.Bound keys;
    private final Idempotency idempotency;
    private final Map<String, ScheduledStep> steps = new LinkedHashMap<>();
    private final List<EventDispatch> dispatches = new ArrayList<>();
    private final List<Resealable> resealables = new CopyOnWriteArrayList<>();
    private @Nullable StepThreads threads;
    private volatile Phase phase = Phase.BUILDING;

    Matrix(MatrixBuilder b, Stores stores) {
        this.stores = stores;
        this.transport = b.transport;
        this.clock = b.clock;
        this.random = b.random();
        this.currencies = b.currencies;
        this.eventRetention = b.eventRetention;
        this.payloadLimit = b.payloadLimit;
        this.storeClock = stores.clock(clock);
        this.ids = Ids.of(clock, random);
        this.node = b.node == null ? ids.next("node") : b.node;
        this.json = JsonCodec.of(currencies);
        EventCatalog catalog = EventTypes.catalog().with(b.eventTypes.toArray(EventType[]::new));
        this.decoder = new EventDecoder(catalog, json);
        this.directory = new SubscriberDirectory(stores, catalog, storeClock);
        this.events =
                new StoredEventLog(stores, directory, decoder, storeClock, ids, b.payloadLimit, this::wakeDispatches);
        this.keys = b.keys(stores).bind(stores, storeClock, random, () -> List.copyOf(resealables));
        add(new ClockStep(storeClock));
        add(directory);
        add(new SubscriberRetirement(stores));
        add(new EventRetention(stores, eventRetention));
        add(keys.maintenance());
        StoredIdempotency once = new StoredIdempotency(stores, storeClock, keys.ring());
        this.idempotency = once;
        resealables.add(once);
        add(new IdempotencyRetention(stores));
        b.subscribers.forEach(this::add);
    }

    /** Starts wiring; {@link MatrixBuilder#stores} is required, the rest has defaults. */
    public static MatrixBuilder builder() {
        return new MatrixBuilder();
    }

    /** The transactional event log. */
    public EventLog events() {
        return events;
    }

    /** The store's transactions: what runs inside one commits together. */
    public Transactions transactions() {
        return stores.transactions();
    }

    /** The stores. */
    public Stores stores() {
        return stores;
    }

    /**
     * The transport.
     *
     * @throws IllegalStateException when none was wired
     */
    public HttpTransport transport() {
        if (transport == null) {
            throw new IllegalStateException(
                    "This needs a transport: add .transport(OkHttpTransport.create()) to Matrix.builder().");
        }
        return transport;
    }

    /** The key ring that seals secrets at rest. */
    public KeyRing keys() {
        return keys.ring();
    }

    /** Does work once a key. */
    public Idempotency idempotency() {
        return idempotency;
    }

    /** This node's clock. */
    public InstantSource clock() {
        return clock;
    }

    /** Store time: what leases and due times of all nodes are measured by. */
    public InstantSource storeClock() {
        return storeClock;
    }

    /** The source of chance: ids, jitter and keys alike. */
    public RandomGenerator random() {
        return random;
    }

    /** The currencies that this Matrix knows. */
    public Currencies currencies() {
        return currencies;
    }

    /** Makes ids. */
    public Ids ids() {
        return ids;
    }

    /** The one JSON codec. */
    public JsonCodec json() {
        return json;
    }

    /** This node's name in leases. */
    public String node() {
        return node;
    }

    /** The largest payload of an event, in bytes. */
    public int payloadLimit() {
        return payloadLimit;
    }

    /** How long events are kept. */
    public Duration eventRetention() {
        return eventRetention;
    }

    /** Adds background work; features call it in their {@code build()}. */
    public void add(Step step) {
        requireBuilding();
        if (steps.putIfAbsent(step.name(), new ScheduledStep(step)) != null) {
            throw new IllegalStateException("Two steps are named " + step.name() + "; a feature is built twice?");
        }
    }

    /** Adds a subscriber; features call it in their {@code build()}, hosts use {@link MatrixBuilder#subscriber}. */
    public void add(EventSubscriber subscriber) {
        requireBuilding();
        directory.add(subscriber);
        EventDispatch dispatch = new EventDispatch(subscriber, stores, decoder, directory, storeClock, random, node);
        dispatches.add(dispatch);
        add(dispatch);
    }

    /** Adds stored secrets that must follow key rotations; features call it in their {@code build()}. */
    public void add(Resealable resealable) {
        requireBuilding();
        resealables.add(resealable);
        keys.ring().prepare(resealable.purpose());
    }

    private void requireBuilding() {
        if (phase != Phase.BUILDING) {
            throw new IllegalStateException("Nothing can be added to a Matrix that was started or closed. Build all"
                    + " features first, then call start().");
        }
    }

    /** Brings a step's next run forward to now, after a failure to a second after it; without effect for an unknown name. */
    public void wake(String step) {
        ScheduledStep scheduled = steps.get(step);
        if (scheduled != null) {
            scheduled.wake();
        }
    }

    private void wakeDispatches() {
        dispatches.forEach(dispatch -> wake(dispatch.name()));
    }

    /** Starts background work on threads of its own; a second call does nothing. */
    public synchronized void start() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("This Matrix was closed; build another.");
        }
        if (phase == Phase.BUILDING) {
            phase = Phase.RUNNING;
            StepThreads started = new StepThreads(node, storeClock, List.copyOf(steps.values()));
            threads = started;
            started.start();
            LOG.info("Matrix node {} started with {} steps.", node, steps.size());
        }
    }

    /**
     * Runs the step that has been due longest, on this thread: for tests, simulators and hosts that schedule the work
     * themselves, instead of {@link #start()}. Called from within a step, or by several threads, it runs another one: a step
     * runs once at a time. While store time is untrusted, it runs only what needs no store, and what asks for that time.
     *
     * @return the step's name; empty when none is due
     */
    public Optional<String> runDueStep() {
        if (threads != null) {
            throw new IllegalStateException("Threads drive the steps of a started Matrix.");
        }
        Instant now = storeClock.instant();
        boolean trusted = storeClock.isTrusted();
        return steps.values().stream()
                .map(step -> new Due(step, step.next(now, trusted)))
                .filter(due -> !due.at().isAfter(now))
                .sorted(Comparator.comparing(Due::at))
                .filter(due -> due.step().run(now))
                .findFirst()
                .map(due -> due.step().name());
    }

    private record Due(ScheduledStep step, Instant at) {}

    /** When the next step is due, in store time; {@link Instant#MIN} for at once. */
    public Instant nextDue() {
        Instant now = storeClock.instant();
        boolean trusted = storeClock.isTrusted();
        Instant first = Instant.MAX;
        for (ScheduledStep step : steps.values()) {
            Instant next = step.next(now, trusted);
            first = next.isBefore(first) ? next : first;
        }
        return first;
    }

    /** How each step fares on this node, in the order in which they were added; a health check warns of failures. */
    public List<StepStatus> steps() {
        return steps.values().stream().map(ScheduledStep::status).toList();
    }

    /**
     * Ends background work: at most 10 s for what is in flight, then what was claimed and not begun is handed back, the
     * transport and what the stores opened are closed, and key bytes are wiped. Idempotent.
     */
    @Override
    public synchronized void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        dispatches.forEach(EventDispatch::close);
        if (threads != null) {
            threads.stop(CLOSE_WITHIN);
        }
        Instant now = storeClock.instant();
        steps.values().forEach(step -> step.finish(now));
        closeAll(transport == null ? () -> {} : transport::close, keys.wipe(), stores::close);
        LOG.info("Matrix node {} closed.", node);
    }

    /** Runs all of them, whatever one throws; then throws the first of that. */
    private static void closeAll(Runnable... parts) {
        @Nullable RuntimeException first = null;
        for (Runnable part : parts) {
            try {
                part.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
