package dev.matrix.analytics.spi;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is added up. Cells are by bucket, kind, currency and the columns named.
 *
 * @param filter its from and to are the first and the last edge
 * @param edges where buckets begin, ascending, and last where the last one ends; at least two
 * @param groupBy other columns are 0 in cells
 * @param distinctCustomers whether customers are counted; else that is 0
 */
public record FactQuery(FactFilter filter, List<Instant> edges, Set<FactColumn> groupBy, boolean distinctCustomers) {

    public FactQuery {
        edges = List.copyOf(edges);
        groupBy = Set.copyOf(groupBy);
        if (edges.size() < 2) {
            throw new IllegalArgumentException("A query has at least one bucket, so two edges.");
        }
    }
}
