package dev.matrix.tax;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a buyer's tax id without asking anybody. */
@FunctionalInterface
interface TaxIdProof {

    /** How far an id is believed. */
    enum State {
        /** Its register confirmed it. */
        VALID,
        /** Well-formed, and there is no register to ask. */
        UNVERIFIED,
        /** Well-formed, the register hasn't answered so far. */
        PENDING,
        /** Malformed, or its register denied it. */
        INVALID
    }

    /**
     * Where an id stands.
     *
     * @param lastValidAt when its register last confirmed it; null: never
     */
    record Standing(State state, @Nullable Instant lastValidAt) {}

    Standing of(TaxId id);

    /** What a check says. */
    static Standing of(TaxIdCheck check) {
        State state = switch (check.status()) {
            case VALID -> State.VALID;
            case UNVERIFIED -> State.UNVERIFIED;
            case PENDING, UNAVAILABLE -> State.PENDING;
            case INVALID, FORMAT_INVALID -> State.INVALID;
        };
        return new Standing(state, check.lastValidAt());
    }
}
