package dev.matrix.sla.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.StorableText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param took how long it took
 * @param detail why, in a few words without secrets, cut to 200 characters; null: nothing to add
 */
public record ProbeResult(
        ProbeStatus status, Duration took, @Nullable String detail) {

    private static final int LONGEST = 200;

    public ProbeResult {
        requireNonNull(status, "status");
        requireNonNull(took, "took");
        if (detail != null) {
            detail = StorableText.shortened(StorableText.mended(detail), LONGEST);
        }
    }
}
