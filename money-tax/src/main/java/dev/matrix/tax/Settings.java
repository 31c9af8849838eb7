package dev.matrix.tax;

import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.tax.spi.LocalRateProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a host has wired its taxes. */
record Settings(
        Map<String, SellerProfile> sellers,
        @Nullable CurrencyConverter converter,
        @Nullable LocalRateProvider localRates,
        boolean stateRatesOnFailure,
        boolean strictEvidence,
        Set<String> outsideScope,
        UncheckedIds uncheckedIds,
        boolean allowStaleCommit,
        Map<String, RoundingPolicy> rounding,
        Set<String> categories,
        Geography geography,
        SupplyRules supplies) {

    Settings {
        sellers = Map.copyOf(sellers);
        outsideScope = Set.copyOf(outsideScope);
        rounding = Map.copyOf(rounding);
        categories = Set.copyOf(categories);
    }

    /** The jurisdiction's policy, else its country's, else the standard. */
    RoundingPolicy rounding(String jurisdiction) {
        if (rounding.isEmpty()) {
            return RoundingPolicy.standard(jurisdiction);
        }
        RoundingPolicy own = rounding.get(jurisdiction);
        return own != null
                ? own
                : rounding.getOrDefault(Jurisdictions.country(jurisdiction), RoundingPolicy.standard(jurisdiction));
    }
}
