package dev.matrix.tax.id;

import dev.matrix.core.spi.Backoff;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdCheck;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long answers are kept, when a register is asked again, and what its answer makes of a row. */
final class CheckRules {

    private static final Duration VALID_KEPT = Duration.ofDays(30);
    private static final Duration INVALID_KEPT = Duration.ofDays(1);
    private static final Duration UNAVAILABLE_KEPT = Duration.ofMinutes(5);
    private static final Backoff RECHECKS = Backoff.doubling(Duration.ofMinutes(5), Duration.ofHours(6));
    private static final Duration UNSETTLED_FOR = Duration.ofDays(14);

    private CheckRules() {}

    /** Whether what the row says still counts, so that nobody need be asked. */
    static boolean isKept(TaxIdRow row, Instant now) {
        return now.isBefore(keptUntil(row));
    }

    private static Instant keptUntil(TaxIdRow row) {
        Instant checked = row.checkedAt();
        if (checked == null) {
            return Instant.MIN;
        }
        return switch (row.status()) {
            case VALID -> checked.plus(VALID_KEPT);
            case UNAVAILABLE -> checked.plus(UNAVAILABLE_KEPT);
            default -> checked.plus(INVALID_KEPT);
        };
    }

    /** The row as hosts see it: an answer whose time is over is PENDING. */
    static TaxIdCheck check(TaxIdRow row, Instant now) {
        boolean counts = row.status() == TaxIdStatus.UNAVAILABLE || isKept(row, now);
        return new TaxIdCheck(
                row.id(),
                counts ? row.status() : TaxIdStatus.PENDING,
                row.checkedAt(),
                row.consultationNumber(),
                row.requester(),
                row.lastValidAt());
    }

    /** The row as it begins to be asked about: at once, or when the kept time ends; the 14 days are counted again. */
    static TaxIdRow scheduled(TaxIdRow row, Instant now) {
        Instant keptUntil = keptUntil(row);
        return new TaxIdRow(
                row.id(),
                row.version(),
                row.status(),
                row.checkedAt(),
                row.consultationNumber(),
                row.requester(),
                row.standing(),
                row.lastValidAt(),
                row.status() == TaxIdStatus.VALID ? null : now,
                0,
                keptUntil.isAfter(now) ? keptUntil : now);
    }

    /** The row after a call. */
    static TaxIdRow after(TaxIdRow row, TaxIdAnswer answer, @Nullable TaxId requester, Instant now, boolean watched) {
        if (answer instanceof TaxIdAnswer.Valid valid) {
            Instant next = watched ? now.plus(VALID_KEPT) : null;
            return answered(row, TaxIdStatus.VALID, valid.consultationNumber(), requester, now, next);
        }
        if (answer instanceof TaxIdAnswer.Invalid invalid) {
            Instant next = watched ? unlessTooLate(now.plus(INVALID_KEPT), unsettledSince(row, now)) : null;
            return answered(row, TaxIdStatus.INVALID, invalid.consultationNumber(), requester, now, next);
        }
        if (answer instanceof TaxIdAnswer.Malformed) {
            return answered(row, TaxIdStatus.FORMAT_INVALID, null, requester, now, null);
        }
        int failures = row.failures() + 1;
        return new TaxIdRow(
                row.id(),
                row.version(),
                TaxIdStatus.UNAVAILABLE,
                now,
                row.consultationNumber(),
                row.requester(),
                row.standing(),
                row.lastValidAt(),
                unsettledSince(row, now),
                failures,
                unlessTooLate(now.plus(RECHECKS.after(failures)), unsettledSince(row, now)));
    }

    private static TaxIdRow answered(
            TaxIdRow row,
            TaxIdStatus status,
            @Nullable String consultationNumber,
            @Nullable TaxId requester,
            Instant now,
            @Nullable Instant next) {
        boolean valid = status == TaxIdStatus.VALID;
        return new TaxIdRow(
                row.id(),
                row.version(),
                status,
                now,
                consultationNumber,
                requester,
                status,
                valid ? now : row.lastValidAt(),
                valid ? null : unsettledSince(row, now),
                0,
                next);
    }

    /** A row that nobody was going to ask about begins again. */
    private static Instant unsettledSince(TaxIdRow row, Instant now) {
        Instant since = row.unsettledSince();
        return since == null || row.dueAt() == null ? now : since;
    }

    private static @Nullable Instant unlessTooLate(Instant next, Instant since) {
        return next.isAfter(since.plus(UNSETTLED_FOR)) ? null : next;
    }
}
