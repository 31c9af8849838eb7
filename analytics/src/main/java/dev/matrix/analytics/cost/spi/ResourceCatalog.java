package dev.matrix.analytics.cost.spi;

import java.time.Instant;
import java.util.List;

/** The types of machines that there are. Asked outside transactions, by several threads; keeps no state. */
@FunctionalInterface
public interface ResourceCatalog {

    /** The types of a region with their prices then; empty for a region that isn't known. */
    List<ResourceType> types(String region, Instant at);
}
