package dev.matrix.security;

import dev.matrix.core.spi.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which anchors have said what they have, since this node began to number entries. Before that nothing is signed, lest a log that was
 * restored from a backup contradicts what it signed before; but nobody is waited for longer than 10 s. Thread-safe.
 */
final class AnchorAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<String> anchors;
    private final Map<String, Long> judged = new HashMap<>();
    private long token = -1;
    private @Nullable Instant since;

    /** @param anchors their names */
    AnchorAnswers(Set<String> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    /** An anchor's answer was compared with the log, under that lease; or there was none to compare. */
    synchronized void answered(String anchor, Lease lease) {
        judged.put(anchor, lease.token());
    }

    synchronized boolean mayBeSigned(Lease lease, Instant now) {
        Instant began = since;
        if (lease.token() != token || began == null) {
            token = lease.token();
            began = now;
            since = now;
        }
        Set<String> missing = new HashSet<>(anchors);
        missing.removeIf(anchor -> judged.getOrDefault(anchor, -1L) == lease.token());
        return missing.isEmpty() || !now.isBefore(began.plus(PATIENCE));
    }
}
