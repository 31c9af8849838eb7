package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was used in one billing month.
 *
 * @param window the month, anchored to the subscription
 * @param month how many months after the subscription's anchor it begins; says which part of a longer interval's fee it bears
 * @param quantities by meter, corrections taken off
 */
public record PeriodUsage(Window window, long month, Map<String, BigDecimal> quantities) {

    public PeriodUsage {
        quantities = Map.copyOf(quantities);
    }

    /** The quantity of a meter; 0 for one without use. */
    public BigDecimal of(String meter) {
        return quantities.getOrDefault(meter, BigDecimal.ZERO);
    }

    /** This usage with part of a meter's quantity taken away, at most all of it. */
    PeriodUsage without(String meter, BigDecimal quantity) {
        Map<String, BigDecimal> rest = new TreeMap<>(quantities);
        rest.computeIfPresent(meter, (name, all) -> all.subtract(quantity).max(BigDecimal.ZERO));
        return new PeriodUsage(window, month, rest);
    }

    /** This usage with other quantities. */
    PeriodUsage with(Map<String, BigDecimal> others) {
        return new PeriodUsage(window, month, others);
    }
}
