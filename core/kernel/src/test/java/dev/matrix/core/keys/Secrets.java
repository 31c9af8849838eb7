package dev.matrix.core.keys;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A feature's sealed secrets, by record id. */
final class Secrets implements Resealable {

    static final String PURPOSE = "webhook-secret";
    static final Owner OWNER = Owner.user("u_1");

    final Map<String, byte[]> sealed = new TreeMap<>();
    int batches;
    boolean stuck;

    static KeyUse use(String recordId) {
        return new KeyUse(PURPOSE, OWNER, recordId);
    }

    byte[] get(String recordId) {
        return requireNonNull(sealed.get(recordId));
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public int resealBatch(KeyRing keys, int limit, Instant now) {
        batches++;
        List<String> old = sealed.keySet().stream()
                .filter(id -> !keys.isCurrent(use(id), get(id)))
                .limit(limit)
                .toList();
        if (stuck && !old.isEmpty()) {
            throw new IllegalStateException("stuck");
        }
        old.forEach(id -> sealed.put(id, keys.seal(use(id), keys.open(use(id), get(id)))));
        return old.size();
    }
}
