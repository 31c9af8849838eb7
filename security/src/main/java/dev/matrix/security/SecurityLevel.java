package dev.matrix.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much an action asks for. */
public enum SecurityLevel {
    /** Reading: no second factor. */
    LOW(null),
    /** Everyday changes: no second factor. */
    MEDIUM(null),
    /** What costs money or trust: a second factor within 12 hours. */
    HIGH(Duration.ofHours(12)),
    /** What can't be undone: a second factor within 5 minutes. */
    CRITICAL(Duration.ofMinutes(5));

    private final @Nullable Duration secondFactorWithin;

    SecurityLevel(@Nullable Duration secondFactorWithin) {
        this.secondFactorWithin = secondFactorWithin;
    }

    /** How old the second factor may be; null: none is asked for. */
    public @Nullable Duration secondFactorWithin() {
        return secondFactorWithin;
    }

    /** Whether rules must be known to be fresh, or else the action is denied. */
    boolean needsFreshRules() {
        return compareTo(HIGH) >= 0;
    }
}
