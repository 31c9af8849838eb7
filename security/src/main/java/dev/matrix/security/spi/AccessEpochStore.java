package dev.matrix.security.spi;

import dev.matrix.core.spi.Tx;
import java.util.Map;

/**
 * Numbers that tell nodes that rules or policies have changed: one for the platform's scope, 64 for all others. A host's
 * long transaction holds up the changes of one number alone.
 */
public interface AccessEpochStore {

    /** The platform's slot; the others are 1 to 64. */
    int PLATFORM = 0;

    /** How many slots there are, the platform's included. */
    int SLOTS = 65;

    /**
     * Raises a slot's number by one and locks its row to the transaction's end. Take several in rising order, so that two
     * transactions never wait for each other.
     */
    void bump(Tx tx, int slot);

    /** The numbers of all slots that were ever raised. Reads without waiting for anybody. */
    Map<Integer, Long> all(Tx tx);
}
