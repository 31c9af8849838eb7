package dev.matrix.sla.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ComponentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

final class MemoryComponentStore implements ComponentStore {

    private final MemoryTable<String, ProbeRow> probes = new MemoryTable<>();
    private final MemoryTable<String, ChangeRow> changes = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, ProbeRow probe) {
        return lock(tx, probe.component()).isEmpty() && probes.putIfAbsent(tx, probe.id(), probe);
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return probes.remove(tx, id) != null;
    }

    @Override
    public Optional<ProbeRow> find(Tx tx, String id) {
        return Optional.ofNullable(probes.get(tx, id));
    }

    @Override
    public Optional<ProbeRow> lock(Tx tx, String component) {
        return probes.rows(tx).values().stream()
                .filter(each -> each.component().equals(component))
                .findFirst();
    }

    @Override
    public Page<ProbeRow> page(Tx tx, PageRequest page) {
        return Keys.page(probes.rows(tx).values().stream(), page, ProbeRow::id);
    }

    @Override
    public List<ProbeRow> claimDue(Tx tx, Instant now, int limit, Duration lease) {
        List<ProbeRow> due = probes.rows(tx).values().stream()
                .filter(each -> !each.nextDue().isAfter(now) && isFree(each.leaseUntil(), now))
                .sorted(Comparator.comparing(ProbeRow::nextDue).thenComparing(ProbeRow::id))
                .limit(limit)
                .map(each -> new ProbeRow(
                        each.id(),
                        each.component(),
                        each.target(),
                        each.sealedHeaders(),
                        each.run(),
                        each.nextDue(),
                        each.token() + 1,
                        now.plus(lease)))
                .toList();
        due.forEach(each -> probes.put(tx, each.id(), each));
        return due;
    }

    private static boolean isFree(@Nullable Instant leaseUntil, Instant now) {
        return leaseUntil == null || !leaseUntil.isAfter(now);
    }

    @Override
    public boolean save(Tx tx, ProbeRow probe) {
        ProbeRow former = probes.get(tx, probe.id());
        if (former == null || former.token() != probe.token()) {
            return false;
        }
        probes.put(tx, probe.id(), probe);
        return true;
    }

    private static String key(ChangeRow change) {
        return Keys.of(change.component(), Keys.sorted(change.at()));
    }

    @Override
    public void change(Tx tx, ChangeRow change) {
        List<String> later = new ArrayList<>();
        changes.rows(tx).forEach((key, each) -> {
            if (each.component().equals(change.component()) && each.at().isAfter(change.at())) {
                later.add(key);
            }
        });
        later.forEach(key -> changes.remove(tx, key));
        changes.put(tx, key(change), change);
    }

    @Override
    public List<ChangeRow> changes(Tx tx, Collection<String> components, Instant from) {
        List<ChangeRow> found = new ArrayList<>();
        for (String component : new TreeSet<>(components)) {
            List<ChangeRow> own = changes.rows(tx).values().stream()
                    .filter(each -> each.component().equals(component))
                    .toList();
            own.stream()
                    .filter(each -> each.at().isBefore(from))
                    .reduce((one, later) -> later)
                    .ifPresent(found::add);
            own.stream().filter(each -> !each.at().isBefore(from)).forEach(found::add);
        }
        return found;
    }

    @Override
    public String version(Tx tx) {
        return changes.rows(tx).size() + " " + changes.rows(tx).hashCode();
    }
}
