package dev.matrix.webhooks.signing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a {@link WebhookVerifier} found. Only {@link Verified} may be acted upon. */
public sealed interface Verification {

    /**
     * A holder of the key sent exactly this, within the tolerance.
     *
     * @param id the event's id, the same on every attempt: drop a request whose id was handled before. Null for Stripe and
     *     GitHub styles, which don't sign it
     * @param timestamp when this attempt was made; null for GitHub style, which doesn't sign it
     * @param keyIndex which of the verifier's keys it was, from 0
     */
    record Verified(@Nullable String id, @Nullable Instant timestamp, int keyIndex) implements Verification {}

    /**
     * Not to be trusted; answer 400 or 401.
     *
     * @param reason why: for the log, not for the sender
     */
    record Rejected(Reason reason) implements Verification {}

    /** Why a request was rejected. */
    enum Reason {
        /** A header that the signature needs isn't there. */
        MISSING_HEADER,
        /** The timestamp is no whole number of seconds, or the signature header lists none or more than 32. */
        MALFORMED,
        /** Signed longer ago than the tolerance: a replay, or a clock that is off. */
        TOO_OLD,
        /** Signed further ahead than the tolerance: a clock is off. */
        TOO_NEW,
        /** No key made any of the listed signatures: another sender, another key, or a changed body. */
        NO_MATCH
    }
}
