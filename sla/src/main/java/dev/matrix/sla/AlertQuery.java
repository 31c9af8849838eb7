package dev.matrix.sla;

import org.jspecify.annotations.Nullable;

/** Which alerts a listing shows; null: of any subscription. */
public record AlertQuery(@Nullable String subscriptionId, boolean openOnly) {

    /** All alerts. */
    public static AlertQuery all() {
        return new AlertQuery(null, false);
    }
}
