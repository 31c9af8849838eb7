package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time that doesn't count, or counts as up. Overlaps count once. Immutable.
 *
 * @param id set when it is stored; null before
 * @param from first minute
 * @param to end, exclusive
 * @param recurrence repeats the span at the same local time, in each binding's zone; null: once
 * @param by who says so
 * @param announcedAt what notice is counted from; not after now
 */
public record Exclusion(
        @Nullable String id,
        ExclusionScope scope,
        Instant from,
        Instant to,
        @Nullable Recurrence recurrence,
        ExclusionKind kind,
        ExclusionMode mode,
        String reason,
        String by,
        Instant announcedAt) {

    /** How often a span comes back. */
    public enum Recurrence {
        WEEKLY,
        MONTHLY
    }

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(28);

    public Exclusion {
        requireNonNull(scope, "scope");
        Requirements.wholeMinute(from, "from");
        Requirements.wholeMinute(to, "to");
        Requirements.that(from.isBefore(to), "to", "lies after from");
        Requirements.that(
                Duration.between(from, to).compareTo(Duration.ofDays(400)) <= 0,
                "to",
                "lies at most 400 days after from");
        if (recurrence != null) {
            Duration most = recurrence == Recurrence.WEEKLY ? WEEK : MONTH;
            Requirements.that(
                    Duration.between(from, to).compareTo(most) < 0,
                    "recurrence",
                    "repeats only what is shorter than itself");
        }
        requireNonNull(kind, "kind");
        requireNonNull(mode, "mode");
        Requirements.text(reason, "reason");
        Requirements.that(!reason.isBlank(), "reason", "is required");
        Requirements.name(by, "by");
        Requirements.time(announcedAt, "announcedAt");
    }

    /** Announced maintenance that takes its minutes out of the reckoning. */
    public static Exclusion maintenance(
            ExclusionScope scope, Instant from, Instant to, String reason, String by, Instant announcedAt) {
        return new Exclusion(
                null, scope, from, to, null, ExclusionKind.MAINTENANCE, ExclusionMode.EXCLUDE, reason, by, announcedAt);
    }

    /** A correction of what was measured wrongly, also of the past. */
    public static Exclusion correction(
            ExclusionScope scope, Instant from, Instant to, String reason, String by, Instant announcedAt) {
        return new Exclusion(
                null, scope, from, to, null, ExclusionKind.CORRECTION, ExclusionMode.EXCLUDE, reason, by, announcedAt);
    }

    /** This exclusion with another mode. */
    public Exclusion in(ExclusionMode other) {
        return new Exclusion(id, scope, from, to, recurrence, kind, other, reason, by, announcedAt);
    }

    /** This exclusion, repeated. */
    public Exclusion every(Recurrence how) {
        return new Exclusion(id, scope, from, to, how, kind, mode, reason, by, announcedAt);
    }

    Exclusion withId(String made) {
        return new Exclusion(made, scope, from, to, recurrence, kind, mode, reason, by, announcedAt);
    }
}
