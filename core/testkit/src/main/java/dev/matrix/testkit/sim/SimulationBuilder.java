package dev.matrix.testkit.sim;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sets a {@link Simulation} up. Not thread-safe. */
public final class SimulationBuilder {

    /** What hosts do now and then. */
    record Action(String name, Duration every, Consumer<SimulatedNode> work) {}

    /** A named invariant. */
    record Named(String name, Invariant invariant) {}

    final long seed;
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Function<InstantSource, Stores> stores = Stores::inMemory;
    final List<Function<SimulatedNode, Matrix>> nodes = new ArrayList<>();
    Faults faults = Faults.standard();
    Receiver receiver = call -> Receiver.status(200);
    final List<Action> actions = new ArrayList<>();
    final List<Named> always = new ArrayList<>();
    final List<Named> atTheEnd = new ArrayList<>();

    SimulationBuilder(long seed) {
        this.seed = seed;
    }

    /** When it begins; 2026-01-01T00:00:00Z by default. */
    public SimulationBuilder start(Instant instant) {
        this.start = requireNonNull(instant, "instant");
        return this;
    }

    /**
     * The one storage beneath all nodes, empty; {@link Stores#inMemory(InstantSource)} by default. Its time is the
     * simulated time in any case.
     */
    public SimulationBuilder stores(Function<InstantSource, Stores> overTime) {
        this.stores = requireNonNull(overTime, "overTime");
        return this;
    }

    /**
     * Adds nodes that run the same application; call it again for others.
     *
     * @param application builds a node's Matrix from {@link SimulatedNode#builder()}, without starting it; called at the
     *     start and after each crash
     */
    public SimulationBuilder nodes(int count, Function<SimulatedNode, Matrix> application) {
        requireNonNull(application, "application");
        for (int n = 0; n < count; n++) {
            nodes.add(application);
        }
        return this;
    }

    /** What goes wrong; {@link Faults#standard()} by default. */
    public SimulationBuilder faults(Faults rates) {
        this.faults = requireNonNull(rates, "rates");
        return this;
    }

    /** Who answers requests; by default each gets status 200. */
    public SimulationBuilder receiver(Receiver farSide) {
        this.receiver = requireNonNull(farSide, "farSide");
        return this;
    }

    /**
     * Adds something that hosts do, each time on a node chosen by chance, until {@link Simulation#settle}. The node may
     * crash in it, wherever it opens a transaction: don't catch Errors. An exception that it throws fails the run.
     *
     * @param every how much time passes between two of them on average
     */
    public SimulationBuilder action(String name, Duration every, Consumer<SimulatedNode> work) {
        actions.add(new Action(name, every, work));
        return this;
    }

    /** Adds an invariant that is checked at the end. */
    public SimulationBuilder invariant(String name, Invariant invariant) {
        atTheEnd.add(new Named(name, invariant));
        return this;
    }

    /** Adds an invariant that is checked after each turn, and at the end. Keep it cheap. */
    public SimulationBuilder always(String name, Invariant invariant) {
        always.add(new Named(name, invariant));
        return this;
    }

    /** Builds the nodes. */
    public Simulation build() {
        if (nodes.isEmpty()) {
            throw new IllegalStateException("A simulation needs nodes: add .nodes(3, node -> node.builder().build()).");
        }
        return new Simulation(this);
    }
}
