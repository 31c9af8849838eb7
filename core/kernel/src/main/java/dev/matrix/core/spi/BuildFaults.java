package dev.matrix.core.spi;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is wrong with a builder's settings, so that {@code build()} tells all of it at once. Not thread-safe.
 *
 * <pre>{@code
 * new BuildFaults("Webhooks")
 *         .wiring(matrix.eventRetention().compareTo(reach) >= 0, "Raise Matrix.builder().eventRetention(…).")
 *         .value(maxInFlight >= 1, "maxInFlight is 1 or more; " + maxInFlight + " is not.")
 *         .check(matrix::transport)
 *         .raise();
 * }</pre>
 */
public final class BuildFaults {

    private final String builder;
    private final List<String> faults = new ArrayList<>();
    private boolean ofWiring;

    /** @param builder what is built, as the messages name it */
    public BuildFaults(String builder) {
        this.builder = builder;
    }

    /** What has to be wired. */
    public BuildFaults wiring(boolean met, String otherwise) {
        if (!met) {
            faults.add(otherwise);
            ofWiring = true;
        }
        return this;
    }

    /** What a value has to be. */
    public BuildFaults value(boolean met, String otherwise) {
        if (!met) {
            faults.add(otherwise);
        }
        return this;
    }

    /** Runs a check that throws: an {@link IllegalStateException} for wiring, an {@link InvalidRequestException} for a value. */
    public BuildFaults check(Runnable check) {
        try {
            check.run();
        } catch (IllegalStateException e) {
            return wiring(false, String.valueOf(e.getMessage()));
        } catch (InvalidRequestException e) {
            return value(false, String.valueOf(e.getMessage()));
        }
        return this;
    }

    /**
     * Tells of the faults, if there are any.
     *
     * @throws IllegalStateException with every fault, when one of them is of the wiring
     * @throws InvalidRequestException with every fault, when all of them are of values
     */
    public void raise() {
        if (faults.isEmpty()) {
            return;
        }
        String all = faults.size() == 1
                ? faults.get(0)
                : builder + " can't be built, for " + faults.size() + " reasons:\n- " + String.join("\n- ", faults);
        throw ofWiring ? new IllegalStateException(all) : new InvalidRequestException(all);
    }
}
