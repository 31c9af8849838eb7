package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyRing.State;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Learns what other nodes did, activates, rewraps and rotates key versions, reseals what retired versions sealed, and
 * destroys those once nothing is left and 30 days have passed.
 */
final class KeyMaintenance implements Step {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration CHECKED_AGAIN = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 100;

    private final DataKeys keys;
    private final KeyRing ring;
    private final Supplier<List<Resealable>> resealables;
    private final Duration rotateEvery;
    private final long sealLimit;
    private final Map<String, Instant> nothingLeftAt = new HashMap<>();

    KeyMaintenance(
            DataKeys keys, KeyRing ring, Supplier<List<Resealable>> resealables, Duration rotateEvery, long sealLimit) {
        this.keys = keys;
        this.ring = ring;
        this.resealables = resealables;
        this.rotateEvery = rotateEvery;
        this.sealLimit = sealLimit;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public Instant run(Instant now) {
        keys.refresh();
        keys.activateDue(now);
        keys.rewrap();
        keys.purposes().stream().filter(purpose -> isWorn(purpose, now)).forEach(purpose -> keys.rotate(purpose, now));
        return resealRetired(now) ? now : now.plus(REFRESH);
    }

    /**
     * A version that has a successor isn't replaced again: a node whose store time is a little behind that of the one which
     * activated the successor still seals by the old one.
     */
    private boolean isWorn(String purpose, Instant now) {
        KnownKey sealing = keys.sealing(purpose, now);
        boolean due = !sealing.row().createdAt().plus(rotateEvery).isAfter(now)
                || sealing.seals().sum() >= sealLimit;
        return due && !keys.hasSuccessor(sealing);
    }

    /** One batch of each purpose with a retired version; one that fails doesn't hold up the others. */
    private boolean resealRetired(Instant now) {
        boolean more = false;
        @Nullable RuntimeException failure = null;
        for (String purpose : keys.purposes()) {
            if (hasRetired(purpose) && isDue(purpose, now)) {
                try {
                    more |= reseal(purpose, now);
                } catch (RuntimeException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return more;
    }

    private boolean hasRetired(String purpose) {
        return keys.versions(purpose).values().stream()
                .anyMatch(key -> key.row().state() == State.RETIRED);
    }

    /** What is at 0 is asked again by the hour: the stores may have to search for what is left. */
    private boolean isDue(String purpose, Instant now) {
        Instant last = nothingLeftAt.get(purpose);
        return last == null || !last.plus(CHECKED_AGAIN).isAfter(now);
    }

    private boolean reseal(String purpose, Instant now) {
        List<Resealable> all = resealables.get().stream()
                .filter(resealable -> resealable.purpose().equals(purpose))
                .toList();
        int resealed = 0;
        for (Resealable resealable : all) {
            resealed += resealable.resealBatch(ring, BATCH, now);
        }
        if (resealed > 0) {
            nothingLeftAt.remove(purpose);
            return true;
        }
        nothingLeftAt.put(purpose, now);
        // A node without the feature can't know what is left of its secrets.
        if (!all.isEmpty()) {
            keys.destroyRetired(purpose, now.minus(KEPT));
        }
        return false;
    }
}
