package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sealed values: destinations of refunds and evidence for disputes, in parts. */
public interface RefundSecretStore {

    /** What is sealed. */
    enum Kind {
        /** Where a refund goes; the record is the refund. */
        DESTINATION,
        /** The answer to a dispute; the record is the dispute. */
        EVIDENCE
    }

    /**
     * One part.
     *
     * @param part from 0 within the record
     * @param sealed at most 1 MiB of plaintext
     */
    record SecretRow(Kind kind, String recordId, int part, Owner owner, byte[] sealed, Instant at) {

        @Override
        public String toString() {
            return "SecretRow[" + kind + ", " + recordId + ", " + part + "]";
        }
    }

    /** Adds parts. */
    void insert(Tx tx, List<SecretRow> rows);

    /** A record's parts in order. */
    List<SecretRow> of(Tx tx, Kind kind, String recordId);

    /** Deletes a record's parts. */
    void delete(Tx tx, Kind kind, String recordId);

    /** Deletes all of an owner's; returns how many parts. */
    int erase(Tx tx, Owner owner);

    /** Parts of a kind after this one, in order of record and part; null: from the first. */
    List<SecretRow> after(Tx tx, Kind kind, @Nullable SecretRow last, int limit);

    /** Replaces a part if it is still as it was read. */
    boolean replaceIfSame(Tx tx, SecretRow row, byte[] sealed);

    /** Deletes parts of a kind that were added before then, at most {@code limit}; returns how many. */
    int forget(Tx tx, Kind kind, Instant before, int limit);
}
