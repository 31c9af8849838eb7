package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A rate: a bucket of {@code quota} units, evenly refilled over {@code window}.
 *
 * @param name {@code [a-z][a-z0-9-]*}
 * @param quota at least 1
 * @param window from one second up, whole seconds
 * @param per whose bucket it is
 */
public record RatePolicy(String name, int quota, Duration window, Per per) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Whose bucket a rate fills. */
    public enum Per {
        PRINCIPAL,
        ADDRESS
    }

    public RatePolicy {
        requireNonNull(per, "per");
        if (!NAME.matcher(name).matches()
                || quota < 1
                || window.toSeconds() < 1
                || !window.equals(Duration.ofSeconds(window.toSeconds()))) {
            throw new InvalidRequestException(
                    "A rate has a name of a-z, 0-9 and -, a quota from 1 and a window of whole" + " seconds; '" + name
                            + "', " + quota + ", " + window + " isn't one.");
        }
    }
}
