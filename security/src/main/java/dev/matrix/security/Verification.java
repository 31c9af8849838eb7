package dev.matrix.security;

import java.time.Instant;

/** What came of a code. */
public sealed interface Verification {

    /** How a second factor was proved. */
    enum Method {
        /** By the code of a device. */
        TOTP,
        /** By a recovery code. */
        RECOVERY_CODE
    }

    /**
     * It is right, and is used up.
     *
     * @param id a proof, good once within 5 minutes for changes of this person's factors
     * @param recoveryCodesLeft how many recovery codes are left
     */
    record Verified(String id, Method method, int recoveryCodesLeft) implements Verification {}

    /** It is wrong, or was used before. */
    record Rejected() implements Verification {}

    /**
     * Too many were wrong.
     *
     * @param until when the next is looked at; store time
     */
    record Locked(Instant until) implements Verification {}

    /** Far too many were wrong: somebody must unlock it. */
    record HardLocked() implements Verification {}

    /** The person has no second factor. */
    record NotEnrolled() implements Verification {}

    /** The first factor comes first; nothing was looked at or counted. */
    record FirstFactorRequired() implements Verification {}
}
