package dev.matrix.sla;

import org.jspecify.annotations.Nullable;

/** Which subscriptions a portfolio shows; null: of any tier, in any state. */
public record PortfolioQuery(
        @Nullable String tier, @Nullable ComplianceState state) {

    /** All subscriptions. */
    public static PortfolioQuery all() {
        return new PortfolioQuery(null, null);
    }
}
