package dev.matrix.core.spi;

import dev.matrix.core.Owner;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row for each call that was done, or is being done in an open transaction. A row that has committed is complete;
 * one whose transaction rolled back was never there.
 */
public interface IdempotencyStore {

    /**
     * A call, by account, operation and key.
     *
     * @param fingerprint of what it asked for
     * @param expiresAt from when on the key is free again
     * @param reply null until {@link #complete}
     */
    record IdempotencyRow(
            Owner account,
            String operation,
            String key,
            byte[] fingerprint,
            Instant expiresAt,
            @Nullable Reply reply) {

        /** This call, answered. */
        public IdempotencyRow answered(Reply given) {
            return new IdempotencyRow(account, operation, key, fingerprint, expiresAt, given);
        }
    }

    /**
     * What was answered.
     *
     * @param headers one a line, {@code name: value}
     * @param sealedBody sealed by the key ring
     */
    record Reply(int status, String version, String headers, byte[] sealedBody) {}

    /** What came of a claim. */
    sealed interface Claim {

        /** The key is this transaction's. */
        record Inserted() implements Claim {}

        /** The call was done; this is its row. */
        record Present(IdempotencyRow row) implements Claim {}
    }

    /**
     * Inserts the row, in the place of one that has expired at {@code now}; or finds the one that has committed. Waits for
     * another transaction that has claimed the key, and then goes by how that ended: of concurrent callers exactly one
     * inserts.
     *
     * @param row without a reply
     * @param patience how long it waits; where the database can't bound one statement, its own lock timeout counts
     * @throws ClaimTimeoutException when the other transaction is still open then; this one must roll back
     */
    Claim claim(Tx tx, IdempotencyRow row, Instant now, Duration patience);

    /** Writes the reply into the row that this transaction has claimed. */
    void complete(Tx tx, IdempotencyRow row);

    /**
     * Deletes rows that expired at or before {@code before}, the oldest first. It passes over a row that another transaction is
     * replacing, and never deletes one that has been replaced.
     *
     * @return how many; fewer than {@code limit}: no other row was free to go
     */
    int purge(Tx tx, Instant before, int limit);
}
