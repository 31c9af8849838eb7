package dev.matrix.money.spi;

import dev.matrix.core.spi.Tx;
import java.util.Optional;

/** How sources stand. Whoever writes a row holds the source's lease in the same transaction. */
public interface FxSourceStore {

    /** The row of that source. */
    Optional<SourceRow> find(Tx tx, String name);

    /** Adds or replaces a row. */
    void put(Tx tx, SourceRow row);
}
