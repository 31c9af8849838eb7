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
 */
public record LegalHold(Owner owner, Instant from, Instant to) {

    public LegalHold {
        requireNonNull(owner, "owner");
        if (!from.isBefore(to) || to.isAfter(Texts.LAST)) {
            throw new InvalidRequestException("A hold goes from an instant to a later one, at most " + Texts.LAST
                    + "; this one from " + from + " to " + to + ".");
        }
    }
}
