package dev.matrix.analytics;

import dev.matrix.core.Owner;
import java.math.BigDecimal;
import java.util.List;

/**
 * What was used.
 *
 * @param topCustomers by quantity, per meter, at most the query's {@code topGroups} of each
 */
public record UsageReport(Header header, List<Series> series, List<TopCustomer> topCustomers, List<Warning> warnings)
        implements Report {

    /**
     * One of the largest users of a meter over the whole window.
     *
     * @param quantity corrections included
     * @param uses corrections excluded
     */
    public record TopCustomer(String meter, Owner customer, BigDecimal quantity, long uses) {}

    public UsageReport {
        series = List.copyOf(series);
        topCustomers = List.copyOf(topCustomers);
        warnings = List.copyOf(warnings);
    }
}
