package dev.matrix.testkit;

import dev.matrix.core.spi.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What the contracts of stores have in common. A storage proves a contract by a test class that implements it and says
 * where fresh stores come from; each test asks once.
 */
public interface StoreContract {

    /** Stores without a row, their own time or any: the contracts hand every {@code now} in. */
    Stores stores();

    /**
     * Whether two transactions can be open at once, as in every SQL storage: the default. Where not, cases about that
     * are skipped.
     */
    default boolean concurrent() {
        return true;
    }

    /** How a test plays a host that has its hands on the connection; null where a storage hands out none: the default. */
    default @Nullable HostHands hands() {
        return null;
    }
}
