package dev.matrix.refunds.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundAttemptStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link RefundAttemptStore} in memory. */
final class MemoryRefundAttemptStore implements RefundAttemptStore {

    private final MemoryTable<String, List<AttemptRow>> attempts = new MemoryTable<>();

    @Override
    public void addAttempt(Tx tx, AttemptRow attempt) {
        List<AttemptRow> all = new ArrayList<>(attempts(tx, attempt.legId()));
        all.add(attempt);
        attempts.put(tx, attempt.legId(), List.copyOf(all));
    }

    @Override
    public List<AttemptRow> attempts(Tx tx, String legId) {
        List<AttemptRow> all = attempts.get(tx, legId);
        return all == null ? List.of() : all;
    }

    @Override
    public int forgetAttempts(Tx tx, Instant before, int limit) {
        int forgotten = 0;
        for (Map.Entry<String, List<AttemptRow>> leg :
                List.copyOf(attempts.rows(tx).entrySet())) {
            List<AttemptRow> kept = new ArrayList<>();
            for (AttemptRow attempt : leg.getValue()) {
                if (forgotten < limit && attempt.at().isBefore(before)) {
                    forgotten++;
                } else {
                    kept.add(attempt);
                }
            }
            attempts.put(tx, leg.getKey(), List.copyOf(kept));
        }
        return forgotten;
    }
}
