package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** One node's ring over a storage that others may share. */
record Node(KeyRing ring, KeyRing.Bound bound, Stores stores, ManualTime time) {

    static Node over(Stores stores, ManualTime time, KeyRing.Spec spec, Resealable... resealables) {
        return seeded(7, stores, time, spec, resealables);
    }

    static Node seeded(long seed, Stores stores, ManualTime time, KeyRing.Spec spec, Resealable... resealables) {
        KeyRing.Bound bound = spec.bind(stores, stores.clock(time), new Random(seed), () -> List.of(resealables));
        return new Node(bound.ring(), bound, stores, time);
    }

    /** Runs the maintenance until it wants to wait. */
    void maintain() {
        Instant now = time.instant();
        Instant next;
        do {
            next = bound.maintenance().run(now);
        } while (!next.isAfter(now));
    }

    List<String> states(String purpose) {
        return ring.versions().stream()
                .filter(version -> version.purpose().equals(purpose))
                .map(version -> version.version() + " " + version.state())
                .toList();
    }
}
