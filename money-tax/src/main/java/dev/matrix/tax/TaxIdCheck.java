package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tax id, and the proof of it.
 *
 * @param id the id, normalised
 * @param status what is known
 * @param checkedAt when the register was last asked; null where it wasn't
 * @param consultationNumber the register's own number of its last answer, proof towards a tax office; null where it gave
 *     none
 * @param requester whose id the register was told for that answer; null for none
 * @param lastValidAt when the register last called it valid; null where it never did
 */
public record TaxIdCheck(
        TaxId id,
        TaxIdStatus status,
        @Nullable Instant checkedAt,
        @Nullable String consultationNumber,
        @Nullable TaxId requester,
        @Nullable Instant lastValidAt) {

    public TaxIdCheck {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
    }

    /** What is known without any register. */
    public static TaxIdCheck offline(TaxId id, TaxIdStatus status) {
        return new TaxIdCheck(id, status, null, null, null, null);
    }
}
