package dev.matrix.security;

import dev.matrix.security.spi.FactorGuardRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many guesses somebody has, as pure rules. Five wrong codes in a row lock for 15 minutes, each further one again; a second
 * count, of which one a day is forgotten and which no right code clears, locks at 50 until a person unlocks. A beginning that
 * lies ahead, by a slip of the clock, counts as now.
 */
final class GuessRules {

    private static final int FREE = 5;
    private static final int HARD = 50;
    private static final Duration LOCK = Duration.ofMinutes(15);
    private static final Duration FORGETS_ONE = Duration.ofDays(1);

    private GuessRules() {}

    /** Until when nothing is looked at; null: it is now. */
    static @Nullable Instant lockedUntil(FactorGuardRow guard, Instant now) {
        Instant began = guard.lockedAt();
        if (began == null) {
            return null;
        }
        Instant end = earlier(began, now).plus(LOCK);
        return now.isBefore(end) ? end : null;
    }

    /** Whether the stored beginning lies ahead, so that it must be written again to end at all. */
    static boolean slipped(FactorGuardRow guard, Instant now) {
        return guard.lockedAt() != null && guard.lockedAt().isAfter(now);
    }

    static FactorGuardRow corrected(FactorGuardRow guard, Instant now) {
        return new FactorGuardRow(
                guard.owner(),
                guard.subjectId(),
                guard.failures(),
                now,
                guard.level(),
                earlier(guard.levelAt(), now),
                guard.hardLocked());
    }

    static FactorGuardRow succeeded(FactorGuardRow guard) {
        return new FactorGuardRow(
                guard.owner(), guard.subjectId(), 0, null, guard.level(), guard.levelAt(), guard.hardLocked());
    }

    static FactorGuardRow failed(FactorGuardRow guard, Instant now) {
        Instant since = earlier(guard.levelAt(), now);
        long days = Duration.between(since, now).dividedBy(FORGETS_ONE);
        int rest = (int) Math.max(0, guard.level() - days);
        Instant asOf = rest == 0 ? now : since.plus(FORGETS_ONE.multipliedBy(days));
        int failures = guard.failures() + 1;
        return new FactorGuardRow(
                guard.owner(),
                guard.subjectId(),
                failures,
                failures >= FREE ? now : null,
                rest + 1,
                asOf,
                rest + 1 >= HARD);
    }

    static FactorGuardRow forgiven(FactorGuardRow guard, Instant now) {
        return new FactorGuardRow(guard.owner(), guard.subjectId(), 0, null, 0, now, false);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
