package dev.matrix.security.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** {@link AuditStore} in memory. */
final class MemoryAuditStore implements AuditStore {

    private final MemoryTable<String, AuditRow> entries = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, AuditRow row) {
        return entries.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public List<AuditRow> find(Tx tx, Collection<String> ids) {
        return ids.stream()
                .map(id -> entries.get(tx, id))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<AuditRow> due(
            Tx tx, String category, Instant before, String kept, List<AuditHoldRow> holds, int limit) {
        return entries.rows(tx).values().stream()
                .filter(row -> row.category().equals(category) && row.at().isBefore(before))
                .filter(row -> !row.action().equals(kept) && holds.stream().noneMatch(hold -> hold.keeps(row)))
                .sorted(Comparator.comparing(AuditRow::at).thenComparing(AuditRow::id))
                .limit(limit)
                .toList();
    }

    @Override
    public void delete(Tx tx, Collection<String> ids) {
        ids.forEach(id -> entries.remove(tx, id));
    }

    @Override
    public Page<AuditRow> page(Tx tx, AuditFilter filter, PageRequest page) {
        List<AuditRow> found =
                entries.rows(tx).tailMap(page.cursor() == null ? "" : page.cursor(), false).values().stream()
                        .filter(filter::wants)
                        .limit(page.limit() + 1L)
                        .toList();
        return Page.of(found, page, AuditRow::id);
    }

    @Override
    public int blank(Tx tx, String pseudonym, int limit) {
        String actor = "person:" + pseudonym;
        List<AuditRow> actors = entries.rows(tx).values().stream()
                .filter(row ->
                        pseudonym.equals(row.actorPseudonym()) && !row.actor().equals(actor))
                .limit(limit)
                .toList();
        actors.forEach(row -> entries.put(tx, row.id(), blanked(row, row.owner(), actor)));
        List<AuditRow> owners = entries.rows(tx).values().stream()
                .filter(row -> pseudonym.equals(row.ownerPseudonym())
                        && !row.owner().id().equals(pseudonym))
                .limit(limit)
                .toList();
        owners.forEach(row ->
                entries.put(tx, row.id(), blanked(row, new Owner(row.owner().type(), pseudonym), row.actor())));
        return actors.size() + owners.size();
    }

    private static AuditRow blanked(AuditRow row, Owner owner, String actor) {
        return new AuditRow(
                row.id(),
                owner,
                row.ownerPseudonym(),
                actor,
                row.actorPseudonym(),
                row.action(),
                row.category(),
                row.success(),
                row.at(),
                row.body());
    }
}
