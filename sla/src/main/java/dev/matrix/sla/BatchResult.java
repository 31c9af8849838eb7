package dev.matrix.sla;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted entries that count
 * @param duplicate whether this batch was there already; then nothing was added
 * @param rejected entries that don't count, with the reason
 */
public record BatchResult(int accepted, boolean duplicate, List<Rejected> rejected) {

    public BatchResult {
        rejected = List.copyOf(rejected);
    }

    /** An entry by its index, requests first, and why it doesn't count. */
    public record Rejected(int index, String reason) {}
}
