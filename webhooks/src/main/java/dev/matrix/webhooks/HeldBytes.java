package dev.matrix.webhooks;

import dev.matrix.core.Owner;

/** How many bytes of bodies this node's lanes hold, and whose. Not thread-safe: the {@link Lanes} guard it with them. */
final class HeldBytes {

    private static final long MOST = 64L << 20;

    private final Shares shares = new Shares(MOST, MOST / 4);

    boolean take(Ready row) {
        return shares.take(row.row().owner(), row.row().delivery().endpointId(), row.body().length);
    }

    void giveBack(Ready row) {
        shares.giveBack(row.row().owner(), row.row().delivery().endpointId(), row.body().length);
    }

    boolean admits(Owner owner, String endpoint, long bytes) {
        return shares.admits(owner, endpoint, bytes);
    }

    /** What there is room for as of now, to plan with. */
    Shares plan() {
        return shares.copy();
    }

    /** Whether so much is held that who can't send anything just now should have no more. */
    boolean isTight() {
        return shares.held() >= MOST / 4;
    }
}
