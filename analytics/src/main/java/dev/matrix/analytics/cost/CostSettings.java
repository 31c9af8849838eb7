package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.analytics.cost.spi.ResourceCatalog;
import dev.matrix.core.money.CurrencyConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the builder was told. */
record CostSettings(
        @Nullable PlanCatalog plans,
        @Nullable ResourceCatalog resources,
        @Nullable CurrencyConverter converter,
        SeverityPolicy severity,
        List<CostRule> rules,
        BigDecimal minimumSavings,
        Duration expiry,
        Duration closeAfter) {

    CostSettings {
        rules = List.copyOf(rules);
    }
}
