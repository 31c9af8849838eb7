package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import java.util.Set;

/**
 * What became of deliveries that were to be inserted.
 *
 * @param stale the owners whose routing version differed; of their rows none was inserted
 * @param known ids of rows left out, as a row of their endpoint and event exists
 */
public record Routed(Set<Owner> stale, Set<String> known) {}
