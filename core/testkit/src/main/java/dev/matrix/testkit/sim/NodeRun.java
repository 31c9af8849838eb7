package dev.matrix.testkit.sim;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.StoresView;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One life of a node, from a start to a crash, with what it sees of the world. */
final class NodeRun {

    /** Most stalls are short, so that a run isn't spent on standing still. */
    private static final double SHORT_STALLS = 0.8;

    private final Simulation simulation;
    private final SimulatedNode node;
    private final Stores stores;
    private final HttpTransport transport;
    private final RandomGenerator random;
    private final NodeTime time;
    private boolean up = true;
    private boolean left;
    private boolean inTransaction;
    private int transactions;

    NodeRun(Simulation simulation, SimulatedNode node) {
        this.simulation = simulation;
        this.node = node;
        this.time = new NodeTime(simulation, this);
        this.stores = timed(StoresView.of(simulation.stores())).around(inner -> new CrashingTransactions(inner, this));
        this.transport = new SimulatedTransport(simulation, this);
        this.random = simulation.chance().split();
    }

    /** Without clocks that step, store time is exact, so that scenarios can hold what nodes stored against when they acted. */
    private StoresView timed(StoresView view) {
        return simulation.faults().clockStep() > 0
                ? view.withClock(own -> time.storeClock())
                : view.withTime(simulation.clock());
    }

    SimulatedNode node() {
        return node;
    }

    Stores stores() {
        return stores;
    }

    HttpTransport transport() {
        return transport;
    }

    RandomGenerator random() {
        return random;
    }

    NodeTime time() {
        return time;
    }

    boolean isUp() {
        return up;
    }

    /** Whether it is down and nobody has seen to its successor yet; asked once. */
    boolean leaves() {
        boolean first = !up && !left;
        left |= first;
        return first;
    }

    SplittableRandom chance() {
        return simulation.chance();
    }

    boolean inTransaction() {
        return inTransaction;
    }

    void inTransaction(boolean open) {
        inTransaction = open;
        transactions += open ? 1 : 0;
    }

    /** How many transactions it has begun in all. */
    int transactions() {
        return transactions;
    }

    void requireUp() {
        if (!up) {
            throw new SimulatedCrash(node.name() + " is down");
        }
    }

    boolean crashes() {
        return simulation.happens(simulation.faults().crash());
    }

    /** Takes the node down; throw what it returns. */
    SimulatedCrash crash(String where) {
        if (up) {
            up = false;
            simulation.trace(node.name() + " crashes " + where);
        }
        return new SimulatedCrash(node.name() + " crashed " + where);
    }

    /**
     * Lets the others go on for a while: with the whole node, as its process stands still, or with what it is just doing
     * alone, as its storage is slow. The node may find its leases ended, or itself crashed, when it goes on.
     */
    void maybeStall() {
        Faults faults = simulation.faults();
        if (node.isBusy() && simulation.happens(faults.stall())) {
            boolean shortOne = simulation.happens(SHORT_STALLS);
            Duration longest = shortOne ? faults.longestStall().dividedBy(60) : faults.longestStall();
            Duration stall = simulation.upTo(longest);
            boolean wholly = simulation.chance().nextBoolean();
            simulation.trace((wholly ? "" : "a storage call of ") + node.name() + " stalls for " + stall);
            node.busy(wholly);
            simulation.turnsUntil(simulation.now().plus(stall));
            if (wholly) {
                time.stoodStill(stall);
            }
            requireUp();
            node.busy(true);
            simulation.trace(node.name() + " goes on");
        }
    }
}
