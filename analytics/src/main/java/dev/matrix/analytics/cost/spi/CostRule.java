package dev.matrix.analytics.cost.spi;

import dev.matrix.analytics.cost.RecommendationType;
import java.util.List;

/**
 * A rule of the host's that looks for savings beside the shipped ones. Called outside transactions, by several threads; keeps no
 * state. One that throws becomes a diagnostic, and the other rules go on.
 */
public interface CostRule {

    /** A word, {@code [a-z][a-z0-9-]{0,39}}, unique among all rules; evidence and diagnostics name it. */
    String name();

    /** What kind of advice it gives. */
    RecommendationType type();

    /** What it finds, at most 1,000; empty for nothing. */
    List<Finding> examine(CostContext context);
}
