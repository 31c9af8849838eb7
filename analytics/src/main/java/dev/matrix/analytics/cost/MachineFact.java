package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a machine, as it is kept.
 *
 * @param event {@code instance.created} and the like
 * @param hourlyPrice what an hour costs; null: what the catalogue says
 */
record MachineFact(
        String event,
        String instanceType,
        @Nullable String region,
        @Nullable Money hourlyPrice,
        Map<String, String> tags,
        Instant at) {

    private static final String GONE = "instance.terminated";

    boolean isGone() {
        return event.equals(GONE);
    }

    /** Whether it runs from then on; a resize changes nothing of that. */
    boolean runs(boolean before) {
        return switch (event) {
            case "instance.created", "instance.started" -> true;
            case "instance.resized" -> before;
            default -> false;
        };
    }
}
