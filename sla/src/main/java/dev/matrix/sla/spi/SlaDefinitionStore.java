package dev.matrix.sla.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of tiers' definitions; a version never changes. */
public interface SlaDefinitionStore {

    /**
     * A version.
     *
     * @param from from when on it holds in running periods; null: from each binding's next period on
     * @param json the definition
     */
    record DefinitionRow(String tier, int version, @Nullable Instant from, Instant definedAt, String json) {}

    /** Adds a version unless the tier has one of that number; then returns false. Concurrent callers: one adds it. */
    boolean insert(Tx tx, DefinitionRow row);

    /** A tier's versions, oldest first. */
    List<DefinitionRow> versions(Tx tx, String tier);

    /** All versions, by tier and version. */
    List<DefinitionRow> all(Tx tx);

    /** How many versions there are: whoever keeps a copy reads it again when the number has risen. */
    long count(Tx tx);
}
