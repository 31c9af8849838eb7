package dev.matrix.refunds;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The state of a refund. */
public enum RefundStatus {
    /** Its amount is reserved; a person has to approve it. */
    PENDING_APPROVAL,
    /** A person said no; its amount is free again. */
    REJECTED,
    /** Its amount is reserved; it starts at its time. */
    SCHEDULED,
    /** A leg may or may not have been paid; look-ups go on. */
    UNKNOWN,
    /** A leg waits for a person. */
    REQUIRES_ACTION,
    /** A leg is being sent. */
    SUBMITTING,
    /** The provider has accepted a leg and not settled it. */
    PENDING,
    /** A leg waits to be sent. */
    QUEUED,
    /** Every leg was paid. */
    SUCCEEDED,
    /** Some legs were paid, the others ended without. */
    PARTIALLY_SUCCEEDED,
    /** No leg was paid, and at least one failed. */
    FAILED,
    /** No leg was paid, and none failed. */
    CANCELLED,
    /** A state that this version doesn't know; a newer node's. */
    UNRECOGNISED;

    private static final List<LegStatus> FIRST = List.of(
            LegStatus.UNRECOGNISED,
            LegStatus.UNKNOWN,
            LegStatus.REQUIRES_ACTION,
            LegStatus.SUBMITTING,
            LegStatus.PENDING,
            LegStatus.QUEUED);

    /** The state of a stored word. */
    static RefundStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> Forms.word(status).equals(word))
                .findFirst()
                .orElse(UNRECOGNISED);
    }

    /** The status that follows from the legs alone. */
    static RefundStatus of(Collection<LegStatus> legs) {
        for (LegStatus open : FIRST) {
            if (legs.contains(open)) {
                return valueOf(open.name());
            }
        }
        if (legs.stream().allMatch(leg -> leg == LegStatus.SUCCEEDED)) {
            return SUCCEEDED;
        }
        if (legs.contains(LegStatus.SUCCEEDED)) {
            return PARTIALLY_SUCCEEDED;
        }
        return legs.contains(LegStatus.FAILED) ? FAILED : CANCELLED;
    }
}
