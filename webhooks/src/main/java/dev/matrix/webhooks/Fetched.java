package dev.matrix.webhooks;

import java.util.List;

/**
 * What a read of the store gave a lane.
 *
 * @param ready the rows that it may send
 * @param full whether as many rows were read as were asked for, so that the store may have more
 * @param retrying whether there are RETRYING rows, due or not
 */
record Fetched(List<Ready> ready, boolean full, boolean retrying) {

    /** Whether another read at once can give more: one that gave none would give the same again. */
    boolean isWorthAnother() {
        return full && !ready.isEmpty();
    }
}
