package dev.matrix.sla;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component's state and its last 90 days.
 *
 * @param since from when on it is in this state; null: it was never in another
 * @param days UTC days, the oldest first; the running one counts until now
 */
public record SlaComponent(
        String id, ComponentState state, @Nullable Instant since, List<Day> days) {

    public SlaComponent {
        days = List.copyOf(days);
    }

    /** A day in seconds. */
    public record Day(LocalDate date, long upSeconds, long downSeconds, long unknownSeconds) {}
}
