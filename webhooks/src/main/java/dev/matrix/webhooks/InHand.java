package dev.matrix.webhooks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What lanes held at one moment: ready, in flight, or with a result that isn't stored yet. Noted before the store is read:
 * what is stored meanwhile may show there as it was, open and due, and so may what was to wait behind it.
 *
 * @param ids of deliveries, by endpoint
 * @param subjects that have their turn, by endpoint, of those that keep an order
 */
record InHand(Map<String, Set<String>> ids, Map<String, Set<String>> subjects) {

    static InHand of(Collection<Lane> lanes) {
        Map<String, Set<String>> ids = new HashMap<>();
        Map<String, Set<String>> subjects = new HashMap<>();
        for (Lane lane : lanes) {
            ids.put(lane.id(), lane.idsInHand());
            if (lane.keepsOrder()) {
                subjects.put(lane.id(), lane.subjectsInHand());
            }
        }
        return new InHand(ids, subjects);
    }

    /** Ids of an endpoint's deliveries that this node held. */
    Set<String> ids(String endpointId) {
        return ids.getOrDefault(endpointId, Set.of());
    }

    /** Whether a delivery has to wait for one of its subject that this node held. */
    boolean holdsUp(Delivery delivery) {
        return subjects.getOrDefault(delivery.endpointId(), Set.of()).contains(delivery.subject());
    }
}
