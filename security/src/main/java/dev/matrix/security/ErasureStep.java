package dev.matrix.security;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.ErasureStore.ErasureRow;
import dev.matrix.security.spi.ErasureStore.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Goes on with erasures: those that a hold deferred, those of more than 1,000 entries, and entries that were appended before an erasure
 * and commit after it, for an hour.
 */
record ErasureStep(StoredErasures erasures) implements Step {

    static final String NAME = "security.erasures";
    static final Duration LATE_COMMITS = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        boolean more = false;
        List<ErasureRow> open = erasures.audits()
                .transactions()
                .returning(tx -> erasures.erasures().open(tx, MOST));
        for (ErasureRow row : open) {
            more |= erasures.audits().transactions().returning(tx -> goOn(tx, row, now));
        }
        return more ? now : now.plus(PAUSE);
    }

    private boolean goOn(Tx tx, ErasureRow row, Instant now) {
        if (row.state() == State.DEFERRED) {
            erasures.eraseIfReleased(tx, row, now);
            return false;
        }
        return erasures.blankRest(tx, row, now);
    }
}
