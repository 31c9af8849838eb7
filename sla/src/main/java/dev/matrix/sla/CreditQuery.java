package dev.matrix.sla;

import org.jspecify.annotations.Nullable;

/** Which credits a listing shows; null: of any subscription, in any state. */
public record CreditQuery(
        @Nullable String subscriptionId, @Nullable CreditState state) {

    /** All credits. */
    public static CreditQuery all() {
        return new CreditQuery(null, null);
    }
}
