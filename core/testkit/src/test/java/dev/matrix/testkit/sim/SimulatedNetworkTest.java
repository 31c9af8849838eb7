package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What nodes see of the simulated network. */
class SimulatedNetworkTest {

    private final List<String> arrived = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private int sent;

    private static HttpCall call(String path) {
        return new HttpCall(
                "POST",
                URI.create("https://receiver.example/" + path),
                Map.of(),
                new byte[0],
                Duration.ofSeconds(5),
                1_000,
                new HttpCall.Reach.Any());
    }

    /** Sends a request each second. */
    private record Sender(Consumer<String> send) implements Step {

        @Override
        public String name() {
            return "sender";
        }

        @Override
        public Instant run(Instant now) {
            send.accept("at-" + now);
            return now.plusSeconds(1);
        }
    }

    private Matrix sending(SimulatedNode node) {
        Matrix matrix = node.builder().build();
        matrix.add(new Sender(path -> {
            sent++;
            matrix.transport().send(call(path)).whenComplete((reply, failure) -> {
                assertThat(node.isUp()).isTrue();
                ended.add(
                        failure instanceof TransportException e
                                ? e.kind() + (e.sent() ? " sent" : " not sent")
                                : Integer.toString(reply.status()));
            });
        }));
        return matrix;
    }

    private SimulationBuilder network(long seed) {
        return Simulation.seeded(seed).nodes(2, this::sending).receiver(call -> {
            arrived.add(call.uri().getPath());
            return Receiver.status(204);
        });
    }

    @Test
    void withoutFaultsEachRequestArrivesOnceAndIsAnswered() {
        network(1).faults(Faults.none()).build().run(Duration.ofMinutes(1)).settle(Duration.ofMinutes(1));

        assertThat(arrived).hasSize(sent);
        assertThat(ended).hasSize(sent).containsOnly("204");
    }

    @Test
    void faultsLoseDelayRepeatAndReorderRequests() {
        Faults wild = Faults.standard().withCrash(0.02).withNetwork(0.2, 0.2, 0.2, 0.3);
        network(1).faults(wild).build().run(Duration.ofMinutes(10));

        assertThat(new HashSet<>(ended))
                .containsExactlyInAnyOrder("204", "CONNECT not sent", "RESET sent", "TIMEOUT sent");
        assertThat(Set.copyOf(arrived)).as("some arrive twice").hasSizeLessThan(arrived.size());
        assertThat(arrived)
                .as("not in the order of sending")
                .isNotEqualTo(arrived.stream().sorted().toList());
        assertThat(ended)
                .as("what a node had in flight when it crashed never ends there")
                .hasSizeLessThan(sent);
    }

    @Test
    void aStepThatWaitsForItsCallLetsTheOthersGoOn() {
        List<Instant> others = new ArrayList<>();
        List<Integer> answers = new ArrayList<>();
        Simulation.seeded(1)
                .nodes(1, node -> {
                    Matrix matrix = node.builder().build();
                    matrix.add(new Sender(path -> {
                        try {
                            answers.add(matrix.transport().call(call(path)).status());
                        } catch (TransportException late) {
                            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
                        }
                    }));
                    return matrix;
                })
                .nodes(1, node -> {
                    Matrix matrix = node.builder().build();
                    matrix.add(new Sender(path -> others.add(Instant.parse(path.substring(3)))));
                    return matrix;
                })
                .receiver(call -> Receiver.status(204))
                .faults(Faults.none().withNetwork(0, 0, 0, 1))
                .build()
                .run(Duration.ofMinutes(1));

        assertThat(answers).isNotEmpty().containsOnly(204);
        assertThat(others).as("one a second, whatever the other node waits for").hasSizeGreaterThan(55);
    }

    @Test
    void whatTimedOutMayArriveAfterItsSenderGaveUp() {
        List<Instant> timeouts = new ArrayList<>();
        List<Instant> arrivals = new ArrayList<>();
        Simulation[] simulation = new Simulation[1];
        simulation[0] = Simulation.seeded(1)
                .nodes(1, node -> {
                    Matrix matrix = node.builder().build();
                    matrix.add(new Sender(path -> {
                        try {
                            matrix.transport().call(call(path));
                        } catch (TransportException e) {
                            if (e.kind() == Kind.TIMEOUT) {
                                timeouts.add(simulation[0].now());
                            }
                        }
                    }));
                    return matrix;
                })
                .receiver(call -> {
                    arrivals.add(simulation[0].now());
                    return Receiver.status(204);
                })
                .faults(Faults.none().withNetwork(1, 0, 0, 0).withLate(1))
                .build();
        simulation[0].run(Duration.ofMinutes(5));

        assertThat(arrivals).isNotEmpty().allMatch(at -> at.isAfter(timeouts.get(0)));
    }

    @Test
    void aRefusalOfTheReceiverReachesTheSender() {
        network(1)
                .faults(Faults.none())
                .receiver(call -> {
                    throw new TransportException(Kind.TLS, false, "no certificate", null);
                })
                .build()
                .run(Duration.ofSeconds(10));

        assertThat(ended).isNotEmpty().containsOnly("TLS not sent");
    }

    @Test
    void aCallInsideATransactionFailsTheRun() {
        Simulation simulation = Simulation.seeded(1)
                .nodes(1, node -> node.builder().build())
                .faults(Faults.none())
                .action(
                        "mistake",
                        Duration.ofSeconds(1),
                        node -> node.matrix()
                                .transactions()
                                .inTransaction(tx -> node.transport().send(call("x"))))
                .build();

        assertThatThrownBy(() -> simulation.run(Duration.ofSeconds(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("inside a transaction");
    }
}
