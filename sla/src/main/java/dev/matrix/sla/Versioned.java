package dev.matrix.sla;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A definition as stored.
 *
 * @param from from when on it holds in running periods; null: from each binding's next period on
 * @param definedAt when it was stored; {@link Instant#EPOCH} for a tier's first version, which holds from the start
 */
record Versioned(SlaDefinition definition, @Nullable Instant from, Instant definedAt) {

    /** From which minute on it can hold for a binding. */
    long effective(SlaBinding binding) {
        if (from != null) {
            return Counting.minute(from);
        }
        if (!definedAt.isAfter(binding.from())) {
            return Long.MIN_VALUE;
        }
        SlaPeriod running = Periods.at(binding, Counting.minute(definedAt));
        return Periods.end(running, binding);
    }
}
