package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointQuotaStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link EndpointQuotaStore} in memory. */
final class MemoryEndpointQuotaStore implements EndpointQuotaStore {

    private final MemoryTable<String, List<Instant>> taken = new MemoryTable<>();

    @Override
    public boolean take(Tx tx, String endpointId, String what, int most, Duration per, Instant now) {
        String key = what + " " + endpointId;
        List<Instant> former = taken.get(tx, key);
        List<Instant> recent = new ArrayList<>();
        if (former != null) {
            former.stream().filter(at -> at.plus(per).isAfter(now)).forEach(recent::add);
        }
        if (recent.size() >= most) {
            return false;
        }
        recent.add(now);
        taken.put(tx, key, List.copyOf(recent));
        return true;
    }
}
