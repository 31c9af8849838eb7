package dev.matrix.refunds;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The state of one leg of a refund, with the legal next states. */
public enum LegStatus {
    QUEUED,
    SUBMITTING,
    UNKNOWN,
    PENDING,
    REQUIRES_ACTION,
    /** Paid; it can still fail, where the provider says so in a look-up. */
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** A state that this version doesn't know; a newer node's. */
    UNRECOGNISED;

    private static final Map<LegStatus, Set<LegStatus>> NEXT = Map.of(
            QUEUED, EnumSet.of(SUBMITTING, CANCELLED),
            SUBMITTING, EnumSet.of(QUEUED, PENDING, REQUIRES_ACTION, SUCCEEDED, FAILED, UNKNOWN),
            UNKNOWN, EnumSet.of(SUBMITTING, PENDING, REQUIRES_ACTION, SUCCEEDED, FAILED, CANCELLED),
            PENDING, EnumSet.of(REQUIRES_ACTION, SUCCEEDED, FAILED, CANCELLED, UNKNOWN, SUBMITTING),
            REQUIRES_ACTION, EnumSet.of(PENDING, SUCCEEDED, FAILED, CANCELLED, UNKNOWN, SUBMITTING),
            SUCCEEDED, EnumSet.of(FAILED),
            FAILED, EnumSet.noneOf(LegStatus.class),
            CANCELLED, EnumSet.noneOf(LegStatus.class),
            UNRECOGNISED, EnumSet.noneOf(LegStatus.class));

    /** The state of a stored word. */
    static LegStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> Forms.word(status).equals(word))
                .findFirst()
                .orElse(UNRECOGNISED);
    }

    /** Whether a leg in this state can become {@code next}; staying is always legal. */
    public boolean mayBecome(LegStatus next) {
        return this == next || NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether its amount is reserved: it may have been paid, or still will be. */
    public boolean isOpen() {
        return this != SUCCEEDED && this != FAILED && this != CANCELLED;
    }

    /** Whether its amount is taken from the capture: open or paid. */
    boolean isLive() {
        return this != FAILED && this != CANCELLED;
    }
}
