package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.sim.Simulation;
import dev.matrix.webhooks.WatchedDeliveries.EventAt;
import dev.matrix.webhooks.spi.DeliveryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Squares what was published, what the store says of it, and what went over the wire. */
final class WebhooksLedger {

    /** How much a run has seen. */
    record Tally(long events, long requests, long lateAttempts, long retries) {}

    /** One request or attempt, as both sides know it. */
    private record Request(String host, String eventId, Instant at) {}

    /**
     * A delivery among those of its subject.
     *
     * @param freed when its last attempt left the subject free; null where it was cancelled, or is open
     */
    private record Turn(Delivery delivery, @Nullable Instant freed) {

        boolean isOver(Instant then) {
            Instant ended = freed == null ? delivery.finishedAt() : freed;
            return ended != null && !ended.isAfter(then);
        }
    }

    private final MemoryTable<String, String> hosts;
    private final Map<String, Set<String>> expected;
    private final Wire wire;
    private final MoodyReceivers receivers;

    /**
     * @param hosts by endpoint id, as committed
     * @param expected the endpoints that each event matched as its transaction was about to commit
     */
    WebhooksLedger(
            MemoryTable<String, String> hosts, Map<String, Set<String>> expected, Wire wire, MoodyReceivers receivers) {
        this.hosts = hosts;
        this.expected = expected;
        this.wire = wire;
        this.receivers = receivers;
    }

    private static WatchedDeliveries deliveries(Simulation simulation) {
        return (WatchedDeliveries) simulation.stores().get(DeliveryStore.class);
    }

    private Set<String> committed(Simulation simulation, Tx tx) {
        return simulation.stores().get(EventStore.class).load(tx, expected.keySet()).stream()
                .map(EventRow::id)
                .collect(Collectors.toSet());
    }

    void reached(Simulation simulation) {
        simulation.stores().transactions().inTransaction(tx -> {
            Set<EventAt> matched = new HashSet<>();
            for (String eventId : committed(simulation, tx)) {
                expected.getOrDefault(eventId, Set.of())
                        .forEach(endpoint -> matched.add(new EventAt(endpoint, eventId)));
            }
            WatchedDeliveries deliveries = deliveries(simulation);
            assertThat(deliveries.ids(tx).keySet()).as("what was routed").isEqualTo(matched);
            for (EventAt key : matched) {
                Delivery delivery = deliveries.delivery(tx, key);
                assertThat(delivery.state().isOpen())
                        .as("whether %s is still open", delivery)
                        .isFalse();
                if (delivery.state() == DeliveryState.DELIVERED) {
                    String host = String.valueOf(hosts.get(tx, key.endpointId()));
                    assertThat(receivers.hasAccepted(host, key.eventId()))
                            .as("whether %s has accepted what it got by %s", host, delivery)
                            .isTrue();
                }
            }
        });
    }

    void nothingRolledBack(Simulation simulation) {
        simulation
                .stores()
                .transactions()
                .inTransaction(tx -> assertThat(receivers.requested()).isSubsetOf(committed(simulation, tx)));
    }

    void attemptsLogged(Simulation simulation) {
        Map<Request, Integer> logged = new HashMap<>();
        simulation
                .stores()
                .transactions()
                .inTransaction(tx -> deliveries(simulation).ids(tx).forEach((key, id) -> {
                    String host = String.valueOf(hosts.get(tx, key.endpointId()));
                    for (Attempt attempt : attempts(simulation, tx, id)) {
                        logged.merge(new Request(host, key.eventId(), attempt.startedAt()), 1, Integer::sum);
                    }
                }));
        for (Wire.Sent sent : wire.sent()) {
            Request request = new Request(sent.to().host(), sent.eventId(), sent.at());
            Integer left = logged.remove(request);
            if (left == null) {
                assertThat(sent.life().isOver())
                        .as("whether a crash took the attempt of %s", sent)
                        .isTrue();
            } else if (left > 1) {
                logged.put(request, left - 1);
            }
        }
        assertThat(logged).as("attempts that nobody sent").isEmpty();
        assertThat(receivers.arrivals()).isLessThanOrEqualTo(wire.sent().size());
    }

    void attemptsNumbered(Simulation simulation) {
        simulation.stores().transactions().inTransaction(tx -> {
            for (String id : deliveries(simulation).ids(tx).values()) {
                List<Attempt> counted = attempts(simulation, tx, id).stream()
                        .filter(attempt -> !attempt.late())
                        .toList();
                assertThat(counted.stream().map(Attempt::number).sorted())
                        .as("numbers of %s", counted)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, counted.size()).boxed().toList());
            }
        });
    }

    /**
     * Of what had been committed when its subject last fell free, nothing with a lower id was passed over. Only that is
     * promised: an id may be drawn long before its commit.
     */
    void subjectsInOrder(Simulation simulation) {
        simulation.stores().transactions().inTransaction(tx -> {
            Map<List<String>, List<Turn>> turns = new HashMap<>();
            deliveries(simulation).ids(tx).forEach((key, id) -> {
                Delivery delivery = deliveries(simulation).delivery(tx, key);
                turns.computeIfAbsent(
                                List.of(String.valueOf(hosts.get(tx, key.endpointId())), delivery.subject()),
                                absent -> new ArrayList<>())
                        .add(new Turn(delivery, deliveries(simulation).freed(tx, id)));
            });
            for (Wire.Sent sent : wire.sent()) {
                if (sent.to().perSubject()) {
                    inTurn(sent, turns.getOrDefault(List.of(sent.to().host(), sent.subject()), List.of()));
                }
            }
        });
    }

    private static void inTurn(Wire.Sent sent, List<Turn> turns) {
        // One that is answered and stored within its own instant doesn't free the subject for itself.
        Instant free = turns.stream()
                .filter(turn -> !turn.delivery().eventId().equals(sent.eventId()))
                .map(Turn::freed)
                .filter(freed -> freed != null && !freed.isAfter(sent.at()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        assertThat(turns)
                .as("what %s goes before, though committed when the subject fell free at %s", sent, free)
                .noneMatch(other -> other.delivery().eventId().compareTo(sent.eventId()) < 0
                        && !other.delivery().createdAt().isAfter(free)
                        && !other.isOver(sent.at()));
    }

    /** How much the run has seen. */
    Tally tally(Simulation simulation) {
        return simulation.stores().transactions().returning(tx -> {
            List<Attempt> attempts = deliveries(simulation).ids(tx).values().stream()
                    .flatMap(id -> attempts(simulation, tx, id).stream())
                    .toList();
            return new Tally(
                    committed(simulation, tx).size(),
                    wire.sent().size(),
                    attempts.stream().filter(Attempt::late).count(),
                    attempts.stream().filter(attempt -> attempt.number() > 1).count());
        });
    }

    private static List<Attempt> attempts(Simulation simulation, Tx tx, String deliveryId) {
        return deliveries(simulation)
                .attempts(tx, deliveryId, PageRequest.first(1_000))
                .items();
    }
}
