package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.StoresView;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes whose clocks are set wrong by seconds to a year and right again, and which stand still between any two readings.
 * Their hosts publish; a step of each competes for one lease and does one effect under an idempotency key.
 */
final class ClockStormScenario {

    private static final Owner OWNER = Owner.user("u_1");
    private static final EventType TYPE = EventType.of("sim.stormed", Stormed.class);
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Half of the longest round trip that counts on either side, and a little for what the simulation rounds. */
    private static final Duration TOLERANCE = Duration.ofMillis(1_100);

    record Stormed(String id, Owner owner) implements EventPayload {

        @Override
        public EventType type() {
            return TYPE;
        }
    }

    private final Function<SimulatedNode, Stores> view;
    private @Nullable Lease last;
    private @Nullable String takenEarly;
    private int published;

    private ClockStormScenario(Function<SimulatedNode, Stores> view) {
        this.view = view;
    }

    /** Nodes that follow the store as in production. */
    static SimulationBuilder seeded(long seed) {
        return over(seed, SimulatedNode::stores);
    }

    /** Nodes that follow the store by their wall clocks. */
    static SimulationBuilder byWallClocks(long seed) {
        return over(
                seed,
                node -> StoresView.of(node.stores())
                        .withClock(own ->
                                new WallClock(own, () -> node.run().time().storeTime())));
    }

    private static SimulationBuilder over(long seed, Function<SimulatedNode, Stores> view) {
        ClockStormScenario scenario = new ClockStormScenario(view);
        return Simulation.seeded(seed)
                .faults(Faults.none()
                        .withStall(0.01, Duration.ofMinutes(5))
                        .withSkew(Duration.ofMinutes(10))
                        .withClockSteps(0.01))
                .nodes(3, scenario::build)
                .action("publish", Duration.ofMillis(500), scenario::publish)
                .always("no lease is taken early", scenario::nothingTakenEarly)
                .invariant("nothing is purged early", scenario::nothingPurged)
                .invariant("store time is trusted and right again", ClockStormScenario::right);
    }

    private Matrix build(SimulatedNode node) {
        Stores stores = view.apply(node);
        Matrix matrix = node.builder().stores(stores).eventType(TYPE).build();
        matrix.add(new Contest(node, stores));
        return matrix;
    }

    /** Takes the lease whenever it is free by this node's store time. */
    private final class Contest implements Step {

        private final SimulatedNode node;
        private final Stores stores;

        Contest(SimulatedNode node, Stores stores) {
            this.node = node;
            this.stores = stores;
        }

        @Override
        public String name() {
            return "test.contest";
        }

        @Override
        public Instant run(Instant now) {
            stores.transactions()
                    .inTransaction(tx -> stores.get(LeaseStore.class)
                            .acquire(tx, "job", node.name(), now, LEASE)
                            .ifPresent(this::judge));
            return now.plusSeconds(2);
        }

        private void judge(Lease lease) {
            Lease former = last;
            Instant really = node.run().time().truth();
            if (former != null && really.plus(TOLERANCE).isBefore(former.until())) {
                takenEarly = lease + " was taken at " + really + " though " + former + " still ran";
            }
            last = lease;
        }
    }

    private void publish(SimulatedNode node) {
        node.matrix().events().publish(BillingEvent.of(new Stormed("s" + published, OWNER)));
        published++;
    }

    private void nothingTakenEarly(Simulation simulation) {
        assertThat(takenEarly).as("at %s", simulation.now()).isNull();
    }

    private void nothingPurged(Simulation simulation) {
        assertThat(published).isPositive();
        assertThat(EventLogScenario.committed(simulation)).isEqualTo(published);
    }

    private static void right(Simulation simulation) {
        for (SimulatedNode node : simulation.nodes()) {
            StoreClock clock = (StoreClock) node.matrix().storeClock();
            assertThat(clock.isTrusted()).as(node.name()).isTrue();
            assertThat(Duration.between(simulation.now(), clock.instant()).abs())
                    .as(node.name())
                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
    }
}
