package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Time, nodes, invariants and seeds of a simulation. */
class SimulationTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static SimulationBuilder idle(int nodes) {
        return Simulation.seeded(1)
                .start(START)
                .nodes(nodes, node -> node.builder().build());
    }

    @Test
    void timePassesAsAskedFor() {
        Simulation simulation = idle(1).build().run(Duration.ofSeconds(3));

        assertThat(simulation.now()).isBetween(START.plusSeconds(3), START.plusSeconds(300));
        assertThat(simulation.nodes()).hasSize(1).allMatch(SimulatedNode::isUp);
    }

    @Test
    void nodesClocksAreWrongButStoreTimeIsOne() {
        Simulation simulation =
                idle(3).faults(Faults.none().withSkew(Duration.ofMinutes(10))).build();
        simulation.run(Duration.ofSeconds(1));

        Set<Instant> clocks = new HashSet<>();
        for (SimulatedNode node : simulation.nodes()) {
            clocks.add(node.matrix().clock().instant());
            assertThat(node.matrix().storeClock().instant()).isEqualTo(simulation.now());
            assertThat(node.clock().instant())
                    .isBetween(
                            simulation.now().minusSeconds(600), simulation.now().plusSeconds(600));
        }
        assertThat(clocks).hasSize(3);
    }

    @Test
    void aCrashedNodeIsBuiltAnewAndLosesWhatItHeldInMemory() {
        AtomicInteger built = new AtomicInteger();
        Simulation simulation = Simulation.seeded(3)
                .nodes(1, node -> {
                    built.incrementAndGet();
                    return node.builder().build();
                })
                .faults(Faults.none().withCrash(0.5))
                .build()
                .run(Duration.ofMinutes(5))
                .settle(Duration.ofMinutes(5));

        assertThat(built).hasValueGreaterThan(2);
        assertThat(simulation.nodes().get(0).isUp()).isTrue();
        assertThat(simulation.trace()).anyMatch(line -> line.contains("crashes"));
    }

    @Test
    void aBrokenInvariantNamesItselfTheSeedAndTheMoment() {
        Simulation simulation = idle(1).always(
                        "time stays young", s -> assertThat(s.now()).isBefore(START.plusSeconds(2)))
                .build();

        assertThatThrownBy(() -> simulation.run(Duration.ofSeconds(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Seed 1, at 2030-01-01T00:00:10Z")
                .hasMessageContaining("'time stays young' does not hold")
                .hasMessageContaining("-Dmatrix.sim.seed=1")
                .hasMessageContaining("n0 starts");
    }

    @Test
    void aStepThatIsAlwaysDueFailsTheRunInsteadOfHangingIt() {
        Step restless = new Step() {
            @Override
            public String name() {
                return "restless";
            }

            @Override
            public Instant run(Instant now) {
                return now;
            }
        };
        Simulation simulation = Simulation.seeded(1)
                .nodes(1, node -> {
                    Matrix matrix = node.builder().build();
                    matrix.add(restless);
                    return matrix;
                })
                .build();

        assertThatThrownBy(() -> simulation.run(Duration.ofSeconds(1))).hasMessageContaining("Time stands still");
    }

    @Test
    void aSimulationWithoutNodesSaysWhatToAdd() {
        assertThatThrownBy(() -> Simulation.seeded(1).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(".nodes(");
    }

    @Test
    void aNodeThatIsDownHasNoMatrix() {
        Simulation simulation = idle(1).build();

        assertThatThrownBy(() -> simulation.nodes().get(0).matrix())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("n0");
    }

    @Test
    void ratesAreProbabilities() {
        assertThatThrownBy(() -> Faults.none().withCrash(1.5)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Faults.none().withCrash(Double.NaN)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void seedsAreTheFixedOnesAndSomeFreshOnesUnlessOneIsNamed() {
        List<Long> seeds =
                Seeds.chosen(null, 5, new SplittableRandom(1)).boxed().toList();

        assertThat(seeds).hasSize(8).startsWith(1L, 2L, 3L, 4L, 5L).doesNotHaveDuplicates();
        assertThat(Seeds.chosen(42L, 5, new SplittableRandom(1))).containsExactly(42L);
    }
}
