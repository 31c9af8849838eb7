package dev.matrix.core.memory;

import dev.matrix.core.spi.Stores;
import java.util.List;

/**
 * Contributes a module's in-memory stores, built on {@link MemoryTable}. Found by {@link java.util.ServiceLoader};
 * asked once for each in-memory storage that is made.
 */
public interface MemoryStoreProvider {

    /** New, empty stores. */
    List<Stores.Binding<?>> stores();
}
