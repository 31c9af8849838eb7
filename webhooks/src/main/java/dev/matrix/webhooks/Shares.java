package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import java.util.HashMap;
import java.util.Map;

/**
 * A pool that owners share, and within each owner its endpoints. A first part goes to whoever comes. Of the rest an owner gets
 * no more than is left over for the others, and an endpoint no more than its owner then has left: so whoever comes later finds
 * room, however many hold on to what they have. Not thread-safe: the {@link Lanes} guard it with them.
 */
final class Shares {

    /** What one owner holds, of all its endpoints together. */
    private static final class OwnerShare {

        private long held;
        private int endpoints;
    }

    /** What one endpoint holds; it has one owner. */
    private static final class EndpointHold {

        private final Owner owner;
        private final OwnerShare ofOwner;
        private long held;

        EndpointHold(Owner owner, OwnerShare ofOwner) {
            this.owner = owner;
            this.ofOwner = ofOwner;
            ofOwner.endpoints++;
        }
    }

    /** So many endpoints are remembered although they hold nothing just now, as most of them take something again at once. */
    private static final int REMEMBERED = 1_024;

    private final long most;
    private final long unshared;
    private final Map<Owner, OwnerShare> byOwner = new HashMap<>();
    private final Map<String, EndpointHold> byEndpoint = new HashMap<>();
    private long held;

    /** @param unshared how much of it goes to whoever comes */
    Shares(long most, long unshared) {
        this.most = most;
        this.unshared = unshared;
    }

    Shares copy() {
        Shares copy = new Shares(most, unshared);
        byEndpoint.forEach((endpoint, hold) -> copy.add(hold.owner, endpoint, hold.held));
        return copy;
    }

    long held() {
        return held;
    }

    long left() {
        return most - held;
    }

    boolean admits(Owner owner, String endpoint, long amount) {
        if (held + amount <= unshared) {
            return true;
        }
        OwnerShare ofOwner = byOwner.get(owner);
        EndpointHold hold = byEndpoint.get(endpoint);
        long forOwner = left() - (ofOwner == null ? 0 : ofOwner.held);
        return amount <= forOwner && (hold == null ? 0 : hold.held) + amount <= forOwner;
    }

    /** Takes an amount, if it is admitted. */
    boolean take(Owner owner, String endpoint, long amount) {
        if (!admits(owner, endpoint, amount)) {
            return false;
        }
        add(owner, endpoint, amount);
        return true;
    }

    /** Gives back what was taken. */
    void giveBack(Owner owner, String endpoint, long amount) {
        EndpointHold hold = add(owner, endpoint, -amount);
        if (hold.held == 0 && byEndpoint.size() > REMEMBERED) {
            byEndpoint.remove(endpoint);
            hold.ofOwner.endpoints--;
            if (hold.ofOwner.endpoints == 0) {
                byOwner.remove(owner);
            }
        }
    }

    private EndpointHold add(Owner owner, String endpoint, long amount) {
        EndpointHold hold = byEndpoint.get(endpoint);
        if (hold == null) {
            hold = new EndpointHold(owner, byOwner.computeIfAbsent(owner, absent -> new OwnerShare()));
            byEndpoint.put(endpoint, hold);
        }
        hold.held += amount;
        hold.ofOwner.held += amount;
        held += amount;
        return hold;
    }
}
