package dev.matrix.webhooks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What lanes held at one moment: ready, in flight, or with a result that isn't stored yet. Noted before the store is read:
 * what is stored meanwhile may show there as it was, open and due, and so may what was to wait behind it.
 */
record InHand(Map<String, Set<String>> idsByEndpoint, Set<Turn> turns) {

    /** Where PER_SUBJECT deliveries queue. */
    private record Turn(String endpointId, String subject) {

        static Turn of(Delivery delivery) {
            return new Turn(delivery.endpointId(), delivery.subject());
        }
    }

    static InHand of(Stream<Delivery> held) {
        Map<String, Set<String>> ids = new HashMap<>();
        Set<Turn> turns = new HashSet<>();
        held.forEach(delivery -> {
            ids.computeIfAbsent(delivery.endpointId(), none -> new HashSet<>()).add(delivery.id());
            turns.add(Turn.of(delivery));
        });
        return new InHand(ids, turns);
    }

    /** Ids of an endpoint's deliveries that were in hand. */
    Set<String> ids(String endpointId) {
        return idsByEndpoint.getOrDefault(endpointId, Set.of());
    }

    /** Whether a delivery has to wait for one of its subject that was in hand. */
    boolean holdsUp(Delivery delivery) {
        return turns.contains(Turn.of(delivery));
    }
}
