package dev.matrix.testkit.sim;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes over one storage, run by one thread in simulated time, with everything that chance decides drawn from one
 * seed: the same seed gives the same run. Each turn does one thing: a due step of a node, an arrival on the network, a
 * host's action, a restart; when nothing is due the clock moves on. Nodes, or what they are just doing, stall between any
 * two transactions, and nodes crash there, at network calls, and inside a transaction before its commit ({@link Faults}).
 *
 * <pre>{@code
 * Seeds.run(200, seed -> Simulation.seeded(seed)
 *         .nodes(3, node -> node.builder().subscriber(…).build())
 *         .action("publish", Duration.ofMillis(200), node -> node.matrix().events().publish(…))
 *         .invariant("each event is handled once", simulation -> …)
 *         .build()
 *         .run(Duration.ofMinutes(1))
 *         .settle(Duration.ofHours(2)));
 * }</pre>
 */
public final class Simulation {

    private static final Duration LONGEST_RESTART = Duration.ofSeconds(30);
    private static final int MOST_TURNS_AT_ONE_INSTANT = 100_000;
    private static final int STRIDES = 200;
    private static final int SHOWN = 40;

    /** Something that is to happen. {@code run}: only while that life of a node lasts; null: in any case. */
    private record Item(Instant when, long number, @Nullable NodeRun run, String what, Runnable work)
            implements Comparable<Item> {

        @Override
        public int compareTo(Item other) {
            int byTime = when.compareTo(other.when);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        boolean isOpen() {
            return run == null || !run.node().isBusy();
        }

        boolean isFor(NodeRun life) {
            return run == life;
        }
    }

    private final long seed;
    private final SplittableRandom chance;
    private final ManualClock clock;
    private final Stores stores;
    private final Receiver receiver;
    private final List<SimulationBuilder.Action> actions;
    private final List<SimulationBuilder.Named> always;
    private final List<SimulationBuilder.Named> atTheEnd;
    private final Trace trace;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final TreeSet<Item> agenda = new TreeSet<>();
    private Faults faults;
    private Duration stride = Duration.ZERO;
    private boolean settling;
    private long items;
    private int turnsAtThisInstant;

    Simulation(SimulationBuilder b) {
        this.seed = b.seed;
        this.chance = new SplittableRandom(b.seed);
        this.clock = ManualClock.at(b.start);
        this.stores = b.stores.apply(clock);
        this.receiver = b.receiver;
        this.faults = b.faults;
        this.actions = List.copyOf(b.actions);
        this.always = List.copyOf(b.always);
        this.atTheEnd = List.copyOf(b.atTheEnd);
        this.trace = new Trace(b.start);
        b.nodes.forEach(application -> nodes.add(new SimulatedNode(this, nodes.size(), application)));
        nodes.forEach(node -> restart(node, now()));
        actions.forEach(this::schedule);
    }

    /** A simulation of which everything follows from {@code seed}. */
    public static SimulationBuilder seeded(long seed) {
        return new SimulationBuilder(seed);
    }

    /** Lets simulated time pass, with faults and actions. */
    public Simulation run(Duration simulated) {
        return guarded(() -> turnsUntil(now().plus(simulated)));
    }

    /**
     * Ends faults and actions, restarts what is down, lets {@code bound} pass so that retries come to their end, and
     * checks every invariant. Polls come later than in {@link #run}: time moves on in strides of a two-hundredth of the
     * bound, or to what comes over the network before.
     */
    public Simulation settle(Duration bound) {
        return guarded(() -> {
            settling = true;
            faults = Faults.none();
            stride = bound.dividedBy(STRIDES);
            turnsUntil(now().plus(bound));
            always.forEach(this::check);
            atTheEnd.forEach(this::check);
        });
    }

    /** Store time, from which nodes' own clocks differ. */
    public Instant now() {
        return clock.instant();
    }

    /** Store time. */
    public InstantSource clock() {
        return clock;
    }

    /** The storage itself: it never crashes anybody, so invariants read it. */
    public Stores stores() {
        return stores;
    }

    /** The nodes, by index. */
    public List<SimulatedNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The last 100 things that happened, oldest first; equal for equal seeds. */
    public List<String> trace() {
        return trace.lines();
    }

    Faults faults() {
        return faults;
    }

    SplittableRandom chance() {
        return chance;
    }

    boolean happens(double rate) {
        return rate > 0 && chance.nextDouble() < rate;
    }

    /** A duration from zero to less than {@code most}, in whole milliseconds. */
    Duration upTo(Duration most) {
        return most.toMillis() == 0 ? Duration.ZERO : Duration.ofMillis(chance.nextLong(most.toMillis()));
    }

    void trace(String what) {
        trace.add(now(), what);
    }

    HttpReply receive(HttpCall call) {
        return receiver.answer(call);
    }

    /** Puts something on the agenda; with a node's life, it happens only while that lasts and the node is free. */
    void at(Instant when, @Nullable NodeRun run, String what, Runnable work) {
        agenda.add(new Item(when, ++items, run, what, work));
    }

    private void restart(SimulatedNode node, Instant when) {
        at(when, null, node.name() + " starts", () -> occupied(node, node::start));
    }

    private void schedule(SimulationBuilder.Action action) {
        Duration pause = upTo(action.every().multipliedBy(2));
        at(now().plus(pause), null, action.name(), () -> {
            if (!settling) {
                perform(action);
                schedule(action);
            }
        });
    }

    private void perform(SimulationBuilder.Action action) {
        List<SimulatedNode> free =
                nodes.stream().filter(node -> node.isUp() && !node.isBusy()).toList();
        if (!free.isEmpty()) {
            SimulatedNode node = free.get(chance.nextInt(free.size()));
            trace("on " + node.name());
            occupied(node, () -> action.work().accept(node));
        }
    }

    /** Runs a node's code; when the node goes down in it, its restart is put on the agenda. */
    private void occupied(SimulatedNode node, Runnable work) {
        node.busy(true);
        try {
            work.run();
        } catch (SimulatedCrash crash) {
            trace(node.name() + " is down");
        } finally {
            node.busy(false);
        }
        NodeRun run = node.run();
        if (run.leaves()) {
            agenda.removeIf(item -> item.isFor(run));
            restart(node, now().plus(settling ? Duration.ZERO : upTo(LONGEST_RESTART)));
        }
    }

    /** Turns until an instant; nodes that stall call it again, and then the others alone have turns. */
    void turnsUntil(Instant end) {
        while (now().isBefore(end)) {
            turn(end);
            always.forEach(this::check);
        }
    }

    private void turn(Instant end) {
        Instant now = now();
        Item item = nextOpen();
        List<SimulatedNode> ready =
                nodes.stream().filter(node -> !node.nextDue().isAfter(now)).toList();
        boolean itemDue = item != null && !item.when().isAfter(now);
        int choices = ready.size() + (itemDue ? 1 : 0);
        if (choices == 0) {
            moveOn(item, end);
            return;
        }
        if (++turnsAtThisInstant > MOST_TURNS_AT_ONE_INSTANT) {
            throw new AssertionError("Time stands still: something is due again at once each time it has run.");
        }
        int choice = chance.nextInt(choices);
        if (choice < ready.size()) {
            SimulatedNode node = ready.get(choice);
            occupied(node, () -> step(node));
        } else if (item != null) {
            happen(item);
        }
    }

    /** A run with one transaction at most has found nothing to do: thousands of those would hide what matters. */
    private void step(SimulatedNode node) {
        int before = node.run().transactions();
        String step = node.matrix().runDueStep().orElse("nothing");
        if (node.run().transactions() > before + 1) {
            trace(node.name() + " ran " + step);
        }
    }

    private void happen(Item item) {
        agenda.remove(item);
        trace(item.what());
        NodeRun run = item.run();
        if (run == null) {
            item.work().run();
        } else {
            occupied(run.node(), item.work());
        }
    }

    private @Nullable Item nextOpen() {
        for (Item item : agenda) {
            if (item.isOpen()) {
                return item;
            }
        }
        return null;
    }

    private void moveOn(@Nullable Item item, Instant end) {
        Instant polled = end;
        for (SimulatedNode node : nodes) {
            polled = earlier(polled, node.nextDue());
        }
        Instant arrival = item == null ? end : item.when();
        Instant next = earlier(later(polled, now().plus(stride)), arrival);
        clock.set(earlier(later(next, now().plusMillis(1)), end));
        turnsAtThisInstant = 0;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    private void check(SimulationBuilder.Named named) {
        try {
            named.invariant().check(this);
        } catch (AssertionError e) {
            throw new AssertionError("'" + named.name() + "' does not hold: " + e.getMessage(), e);
        }
    }

    private Simulation guarded(Runnable work) {
        try {
            work.run();
            return this;
        } catch (RuntimeException | AssertionError e) {
            List<String> lines = trace();
            List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
            throw new AssertionError(
                    "Seed " + seed + ", at " + now() + ": " + e.getMessage() + "\nReproduce with -D" + Seeds.ONE + "="
                            + seed + "\nWhat happened last:\n  " + String.join("\n  ", last),
                    e);
        }
    }
}
