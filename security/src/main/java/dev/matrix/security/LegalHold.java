package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import java.time.Instant;

/**
 * Audit entries that are kept for as long as the hold is there, however old they get.
 *
 * @param owner whose entries
 * @param from the first instant of the entries that are kept
 * @param to the end, which is not kept any more; at most the year 9999
 * @param keepsPersons whether an erasure of the owner's persons waits for the release; else they are erased, and the entries stay without
 *     what was known of them
 */
public record LegalHold(Owner owner, Instant from, Instant to, boolean keepsPersons) {

    public LegalHold {
        requireNonNull(owner, "owner");
        if (!from.isBefore(to) || to.isAfter(Texts.LAST)) {
            throw new InvalidRequestException("A hold goes from an instant to a later one, at most " + Texts.LAST
                    + "; this one from " + from + " to " + to + ".");
        }
    }

    /** A hold that keeps entries, and no persons. */
    public static LegalHold of(Owner owner, Instant from, Instant to) {
        return new LegalHold(owner, from, to, false);
    }
}
