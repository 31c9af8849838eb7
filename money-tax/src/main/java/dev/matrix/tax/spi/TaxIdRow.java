package dev.matrix.tax.spi;

import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tax id that a register was or will be asked about.
 *
 * @param version raised by each change
 * @param status PENDING until the first answer, then what the last call came to
 * @param checkedAt when the register was last asked; null: not yet
 * @param consultationNumber of the last answer
 * @param requester of the last answer
 * @param standing the last answer itself, which an unavailable register doesn't change; null: none yet
 * @param lastValidAt when it was last called valid
 * @param unsettledSince since when the register has been asked in vain or called it invalid; null while valid
 * @param failures calls in vain since the last answer
 * @param dueAt when to ask next; null: not by itself
 */
public record TaxIdRow(
        TaxId id,
        long version,
        TaxIdStatus status,
        @Nullable Instant checkedAt,
        @Nullable String consultationNumber,
        @Nullable TaxId requester,
        @Nullable TaxIdStatus standing,
        @Nullable Instant lastValidAt,
        @Nullable Instant unsettledSince,
        int failures,
        @Nullable Instant dueAt) {

    /** A new row, to be asked about at once. */
    public static TaxIdRow pending(TaxId id, Instant now) {
        return new TaxIdRow(id, 1, TaxIdStatus.PENDING, null, null, null, null, null, now, 0, now);
    }

    /** This row at another version. */
    public TaxIdRow withVersion(long other) {
        return new TaxIdRow(
                id,
                other,
                status,
                checkedAt,
                consultationNumber,
                requester,
                standing,
                lastValidAt,
                unsettledSince,
                failures,
                dueAt);
    }
}
