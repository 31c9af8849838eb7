package dev.matrix.testkit.sim;

import dev.matrix.core.Matrix;
import dev.matrix.core.MatrixBuilder;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One node of a {@link Simulation}. It outlives its crashes: after each, a new {@link Matrix} is built for it. Not
 * thread-safe, as a simulation is one thread.
 */
public final class SimulatedNode {

    private static final KeyRing.Spec KEYS = KeyRing.envelope(KeyEncryptionKey.local("simulated", new byte[32]));

    private final Simulation simulation;
    private final int index;
    private final Function<SimulatedNode, Matrix> application;
    private NodeRun run;
    private @Nullable Matrix matrix;
    private boolean busy;

    SimulatedNode(Simulation simulation, int index, Function<SimulatedNode, Matrix> application) {
        this.simulation = simulation;
        this.index = index;
        this.application = application;
        this.run = new NodeRun(simulation, this);
    }

    /** Begins a new life: everything that the former one held in memory is gone. */
    void start() {
        matrix = null;
        run = new NodeRun(simulation, this);
        matrix = application.apply(this);
    }

    /** From 0. */
    public int index() {
        return index;
    }

    /** {@code n0}, {@code n1}, …, the same after each restart. */
    public String name() {
        return "n" + index;
    }

    /** A builder with this node's stores, clock, transport, chance and name, and with keys that all nodes share. */
    public MatrixBuilder builder() {
        return Matrix.builder()
                .stores(stores())
                .keys(KEYS)
                .transport(transport())
                .clock(clock())
                .insecureRandom(random())
                .node(name());
    }

    /** The storage as this node sees it: it may crash the node around each transaction. */
    public Stores stores() {
        return run.stores();
    }

    /** This node's transport, into the simulated network. */
    public HttpTransport transport() {
        return run.transport();
    }

    /** This node's clock: the simulated time, wrong by up to {@link Faults#skew()}, and set as {@link Faults#clockStep()} says. */
    public InstantSource clock() {
        return run.time()::instant;
    }

    /** This node's source of chance. */
    public RandomGenerator random() {
        return run.random();
    }

    /**
     * What was built for this node last.
     *
     * @throws IllegalStateException while the node is down or being built
     */
    public Matrix matrix() {
        Matrix built = matrix;
        if (built == null || !run.isUp()) {
            throw new IllegalStateException("Node " + name() + " is down; run actions on nodes that are up.");
        }
        return built;
    }

    /** Whether it runs. */
    public boolean isUp() {
        return matrix != null && run.isUp();
    }

    boolean isBusy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }

    NodeRun run() {
        return run;
    }

    /** When it wants to run, in simulated time, from which its store time may differ; {@link Instant#MAX} while it can't. */
    Instant nextDue() {
        if (!isUp() || busy) {
            return Instant.MAX;
        }
        Instant due = matrix().nextDue();
        if (due.equals(Instant.MAX) || due.equals(Instant.MIN)) {
            return due;
        }
        return due.plus(Duration.between(matrix().storeClock().instant(), simulation.now()));
    }
}
