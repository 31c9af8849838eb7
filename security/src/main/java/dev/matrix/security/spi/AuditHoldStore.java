package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;

/** Which entries of the audit log are kept although they are old. Writers hold {@link AuditTreeStore#lockHead}. */
public interface AuditHoldStore {

    /** Inserts a hold. */
    void insert(Tx tx, AuditHoldRow row);

    /** Deletes a hold; returns false where there is none of that id. */
    boolean remove(Tx tx, String id);

    /** All holds, in id order. */
    List<AuditHoldRow> all(Tx tx);

    /**
     * A hold.
     *
     * @param from the first instant
     * @param to the end, which isn't held
     */
    record AuditHoldRow(String id, Owner owner, Instant from, Instant to) {

        /** Whether it keeps that entry. */
        public boolean keeps(AuditRow row) {
            return owner.equals(row.owner())
                    && !row.at().isBefore(from)
                    && row.at().isBefore(to);
        }
    }
}
