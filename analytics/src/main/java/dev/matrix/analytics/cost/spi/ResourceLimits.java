package dev.matrix.analytics.cost.spi;

import dev.matrix.core.Owner;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must stay as it is. Asked outside transactions, by several threads; keeps no state. */
@FunctionalInterface
public interface ResourceLimits {

    /**
     * The features that must stay.
     *
     * @param resourceId of the machine; null: those that a plan must have
     */
    Set<String> required(Owner owner, @Nullable String resourceId);

    /** Nothing must stay. */
    static ResourceLimits none() {
        return (owner, resourceId) -> Set.of();
    }
}
