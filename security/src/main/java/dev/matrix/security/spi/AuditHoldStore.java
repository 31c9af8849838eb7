package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which entries of the audit log are kept although they are old. Writers hold {@link AuditTreeStore#lockHead}. */
public interface AuditHoldStore {

    /** Inserts a hold. */
    void insert(Tx tx, AuditHoldRow row);

    /** Deletes a hold; returns false where there is none of that id. */
    boolean remove(Tx tx, String id);

    /** All holds, in id order. */
    List<AuditHoldRow> all(Tx tx);

    /** Puts a pseudonym in the place of its owner's id. */
    void blank(Tx tx, String ownerPseudonym);

    /**
     * A hold.
     *
     * @param ownerPseudonym the owner's in bodies, by which its entries are found also once it is erased; null: the platform
     * @param from the first instant
     * @param to the end, which isn't held
     * @param keepsPersons whether the owner's persons aren't erased meanwhile
     */
    record AuditHoldRow(
            String id, Owner owner, @Nullable String ownerPseudonym, Instant from, Instant to, boolean keepsPersons) {

        /** Whether it keeps that entry. */
        public boolean keeps(AuditRow row) {
            boolean owners = ownerPseudonym == null
                    ? row.ownerPseudonym() == null && owner.equals(row.owner())
                    : ownerPseudonym.equals(row.ownerPseudonym());
            return owners && !row.at().isBefore(from) && row.at().isBefore(to);
        }
    }
}
