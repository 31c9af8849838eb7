package dev.matrix.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The customers who paid for the first time in one bucket, and what became of them.
 *
 * @param label the bucket's name, such as {@code 2026-03}
 * @param size how many they were
 * @param ages one per bucket since, the first one at 0; those that lie ahead are absent
 */
public record Cohort(String label, Instant from, long size, List<Age> ages) {

    public Cohort {
        ages = List.copyOf(ages);
    }

    /**
     * A cohort at the end of a bucket.
     *
     * @param age how many buckets after the first
     * @param paying how many pay
     * @param active how many used something in the bucket
     * @param mrr by currency code
     * @param netRevenue since the first bucket's start, by currency code
     */
    public record Age(
            int age, long paying, long active, Map<String, BigDecimal> mrr, Map<String, BigDecimal> netRevenue) {

        public Age {
            mrr = Map.copyOf(mrr);
            netRevenue = Map.copyOf(netRevenue);
        }
    }
}
