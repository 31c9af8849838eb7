package dev.matrix.core.memory;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@link LeaseStore} in memory; a released lease ends at {@link Instant#MIN}. */
final class MemoryLeaseStore implements LeaseStore {

    private final MemoryTable<String, Lease> leases = new MemoryTable<>();

    @Override
    public Optional<Lease> acquire(Tx tx, String key, String node, Instant now, Duration ttl) {
        Lease former = leases.get(tx, key);
        if (former != null && former.until().isAfter(now)) {
            return Optional.empty();
        }
        Lease lease = new Lease(key, node, former == null ? 1 : former.token() + 1, now.plus(ttl));
        leases.put(tx, key, lease);
        return Optional.of(lease);
    }

    @Override
    public boolean renew(Tx tx, Lease lease, Instant now, Duration ttl) {
        Lease stored = leases.get(tx, lease.key());
        if (stored == null || stored.token() != lease.token() || !stored.until().isAfter(now)) {
            return false;
        }
        leases.put(tx, lease.key(), stored.until(now.plus(ttl)));
        return true;
    }

    @Override
    public boolean holds(Tx tx, Lease lease) {
        Lease stored = leases.get(tx, lease.key());
        return stored != null
                && stored.token() == lease.token()
                && stored.until().isAfter(Instant.MIN);
    }

    @Override
    public void release(Tx tx, Lease lease) {
        if (holds(tx, lease)) {
            leases.put(tx, lease.key(), lease.until(Instant.MIN));
        }
    }
}
