package dev.matrix.tax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a determination writes down on its way: the trace, warnings, and the dead end if it meets one. Not thread-safe. */
final class Notes {

    private final List<String> trace = new ArrayList<>();
    private final Set<Warning> warnings = EnumSet.noneOf(Warning.class);
    private @Nullable Undetermined end;

    void trace(String step, String what) {
        String line = step + ": " + what;
        if (!trace.contains(line)) {
            trace.add(line);
        }
    }

    void warn(Warning warning) {
        warnings.add(warning);
    }

    /** Tells that a rule needs confirming. */
    void warnUnlessSolid(Confidence confidence) {
        if (confidence == Confidence.CHECK) {
            warn(Warning.RATE_UNCONFIRMED);
        }
    }

    /** Ends the determination; the first end counts. */
    void end(Undetermined.Cause cause, @Nullable String itemId, String why) {
        if (end == null) {
            trace.add("undetermined: " + why);
            end = new Undetermined(cause, itemId, trace);
        }
    }

    @Nullable
    Undetermined end() {
        return end;
    }

    List<String> trace() {
        return trace;
    }

    Set<Warning> warnings() {
        return warnings;
    }
}
