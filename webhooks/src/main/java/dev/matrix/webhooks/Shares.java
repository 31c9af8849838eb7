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

    private final long most;
    private final long unshared;
    private final Map<Owner, Long> byOwner;
    private final Map<String, Long> byEndpoint;
    private long held;

    /** @param unshared how much of it goes to whoever comes */
    Shares(long most, long unshared) {
        this(most, unshared, Map.of(), Map.of(), 0);
    }

    private Shares(long most, long unshared, Map<Owner, Long> byOwner, Map<String, Long> byEndpoint, long held) {
        this.most = most;
        this.unshared = unshared;
        this.byOwner = new HashMap<>(byOwner);
        this.byEndpoint = new HashMap<>(byEndpoint);
        this.held = held;
    }

    Shares copy() {
        return new Shares(most, unshared, byOwner, byEndpoint, held);
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
        long forOwner = left() - byOwner.getOrDefault(owner, 0L);
        return amount <= forOwner && byEndpoint.getOrDefault(endpoint, 0L) + amount <= forOwner;
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
        add(owner, endpoint, -amount);
    }

    private void add(Owner owner, String endpoint, long amount) {
        held += amount;
        byOwner.merge(owner, amount, Shares::sum);
        byEndpoint.merge(endpoint, amount, Shares::sum);
    }

    /** Null, which removes the entry, for nothing. */
    @SuppressWarnings("NullAway") // Map.merge takes null for removal, which its annotations don't say.
    private static Long sum(Long a, Long b) {
        long sum = a + b;
        return sum == 0 ? null : sum;
    }
}
