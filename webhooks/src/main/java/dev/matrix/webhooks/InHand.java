package dev.matrix.webhooks;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What lanes held at one moment: ready, in flight, or with a result that isn't stored yet. Noted before the store is read:
 * what is stored meanwhile may show there as it was, open and due, and so may what was to wait behind it.
 */
record InHand(Set<String> ids, Set<Turn> turns) {

    /** Where PER_SUBJECT deliveries queue. */
    private record Turn(String endpointId, String subject) {

        static Turn of(Delivery delivery) {
            return new Turn(delivery.endpointId(), delivery.subject());
        }
    }

    static InHand of(Stream<Delivery> held) {
        Set<String> ids = new HashSet<>();
        Set<Turn> turns = new HashSet<>();
        held.forEach(delivery -> {
            ids.add(delivery.id());
            turns.add(Turn.of(delivery));
        });
        return new InHand(ids, turns);
    }

    /** Whether a delivery was in hand, or has to wait for one that was. */
    boolean holdsUp(Delivery delivery, boolean perSubject) {
        return ids.contains(delivery.id()) || (perSubject && turns.contains(Turn.of(delivery)));
    }
}
