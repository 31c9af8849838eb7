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
    private final Duration skew;
    private boolean up = true;
    private boolean inTransaction;
    private int transactions;

    NodeRun(Simulation simulation, SimulatedNode node) {
        this.simulation = simulation;
        this.node = node;
        this.stores = StoresView.of(simulation.stores())
                .withTime(simulation.clock())
                .around(inner -> new CrashingTransactions(inner, this));
        this.transport = new SimulatedTransport(simulation, this);
        this.random = simulation.chance().split();
        Duration most = simulation.faults().skew();
        this.skew = simulation.upTo(most.multipliedBy(2)).minus(most);
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

    Duration skew() {
        return skew;
    }

    boolean isUp() {
        return up;
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

    /** Lets the others go on for a while; the node may find its leases ended when it goes on itself. */
    void maybeStall() {
        Faults faults = simulation.faults();
        if (node.isBusy() && simulation.happens(faults.stall())) {
            boolean shortOne = simulation.happens(SHORT_STALLS);
            Duration longest = shortOne ? faults.longestStall().dividedBy(60) : faults.longestStall();
            Duration stall = simulation.upTo(longest);
            simulation.trace(node.name() + " stalls for " + stall);
            simulation.turnsUntil(simulation.now().plus(stall));
            simulation.trace(node.name() + " goes on");
        }
    }
}
