package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.security.tree.TreeHash;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link AuditLog} over its stores; leaves the work to its rooms. */
record StoredAuditLog(
        AuditStores stores,
        AuditWriter writer,
        AuditReader reader,
        SharedAppends shared,
        AuditBuffer buffer,
        AuditCheckpoints checkpoints,
        AuditProofs proofs,
        AuditSinks sinks,
        Ids ids,
        InstantSource clock)
        implements AuditLog {

    private static final int ID_BYTES = 16;
    private static final int MOST_HOLDS = 100;

    @Override
    public String append(AuditEntry entry) {
        return shared.append(entry);
    }

    @Override
    public String append(Tx tx, AuditEntry entry) {
        return append(tx, entry, entry.action(), ids.next("aud"));
    }

    /** As {@link #append(Tx, AuditEntry)}, for the log's own actions too; what has that id already stays as it is. */
    String append(Tx tx, AuditEntry entry, String action, String id) {
        writer.write(tx, writer.persons(tx), entry, action, id);
        return id;
    }

    @Override
    public List<String> appendAll(Tx tx, List<AuditEntry> entries) {
        AuditWriter.Persons persons = writer.persons(tx);
        return entries.stream()
                .map(entry -> {
                    String id = ids.next("aud");
                    writer.write(tx, persons, entry, entry.action(), id);
                    return id;
                })
                .toList();
    }

    @Override
    public void appendBuffered(AuditEntry entry) {
        buffer.append(entry);
    }

    @Override
    public Page<AuditRecord> entries(AuditFilter filter, PageRequest page) {
        return stores.transactions().returning(tx -> reader.page(tx, filter, page));
    }

    /** As {@link #entries}; leaves an entry, once an hour for one reader and filter, whichever node is asked. */
    Page<AuditRecord> read(AuditFilter filter, PageRequest page, Actor by) {
        Owner owner = filter.owner() == null ? Owner.platform() : filter.owner();
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        String alike = by.text() + "\n" + filter + "\n" + hour;
        byte[] hash = TreeHash.ofLeaf(alike.getBytes(StandardCharsets.UTF_8)).bytes();
        String id = "aud_r." + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        AuditEntry told = ofReading(owner, by, "read", SecurityLevel.LOW)
                .data(Map.of("filter", filter.owner() == null ? "all" : "owner"));
        stores.transactions().inTransaction(tx -> append(tx, told, AuditNames.RESERVED + told.action(), id));
        return entries(filter, page);
    }

    private static AuditEntry ofReading(Owner owner, Actor by, String action, SecurityLevel level) {
        Target log = new Target("audit_log", AuditNames.LOG);
        return AuditEntry.of(owner, by, action, Category.DATA, log).level(level);
    }

    @Override
    public String verifierKey() {
        return checkpoints.key().toString();
    }

    @Override
    public Optional<String> checkpoint() {
        return proofs.checkpoint();
    }

    @Override
    public EntryProof inclusion(String entryId) {
        return proofs.inclusion(entryId);
    }

    @Override
    public ConsistencyProof consistency(long from, long to) {
        return proofs.consistency(from, to);
    }

    @Override
    public AuditReport verify(List<String> trustedCheckpoints) {
        return new AuditVerification(stores, writer.json(), checkpoints.key(), clock.instant()).run(trustedCheckpoints);
    }

    @Override
    public String hold(LegalHold hold, Actor by) {
        return stores.transactions().returning(tx -> hold(tx, hold, by));
    }

    @Override
    public String hold(Tx tx, LegalHold hold, Actor by) {
        stores.trees().lockHead(tx, AuditNames.LOG);
        if (stores.holds().all(tx).size() >= MOST_HOLDS) {
            throw new ConflictException(
                    "There are " + MOST_HOLDS + " holds already; release one, or hold a longer time by one.");
        }
        String id = ids.next("hld");
        @Nullable String pseudonym = writer.persons(tx).pseudonym(hold.owner());
        stores.holds()
                .insert(tx, new AuditHoldRow(id, hold.owner(), pseudonym, hold.from(), hold.to(), hold.keepsPersons()));
        append(
                tx,
                AuditEntry.change(hold.owner(), by, "hold.added", "audit_hold", id)
                        .data(Map.of(
                                "from",
                                hold.from().toString(),
                                "to",
                                hold.to().toString(),
                                "keeps_persons",
                                Boolean.toString(hold.keepsPersons()))));
        return id;
    }

    @Override
    public void release(String holdId, Actor by) {
        stores.transactions().inTransaction(tx -> release(tx, holdId, by));
    }

    @Override
    public void release(Tx tx, String holdId, Actor by) {
        stores.trees().lockHead(tx, AuditNames.LOG);
        AuditHoldRow found = stores.holds().all(tx).stream()
                .filter(row -> row.id().equals(holdId))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No hold " + holdId + "."));
        stores.holds().remove(tx, holdId);
        append(tx, AuditEntry.change(found.owner(), by, "hold.released", "audit_hold", holdId));
    }

    /** For {@link AuditRetention}: tells which bodies it deletes. */
    void appendPruned(Tx tx, NavigableSet<Long> seqs) {
        AuditEntry told = AuditEntry.change(
                        Owner.platform(), Actor.software("retention"), "pruned", "audit_log", AuditNames.LOG)
                .data(SeqRanges.data(seqs));
        append(tx, told, AuditNames.PRUNED, ids.next("aud"));
    }

    @Override
    public void export(ExportFormat format, long fromSeq, OutputStream out, Actor by) {
        if (fromSeq < 0 || (format == ExportFormat.TREE && fromSeq != 0)) {
            throw new InvalidRequestException(
                    "An export begins at entry 0, or at a later one except for TREE; not at " + fromSeq + ".");
        }
        tellExport(format.name(), fromSeq, by);
        AuditExport export = new AuditExport(stores, reader);
        switch (format) {
            case TREE -> export.tree(checkpoints.key().name(), out);
            case JSON_LINES -> export.jsonLines(fromSeq, out);
            case CEF -> export.lines(fromSeq, AuditLines::cef, out);
            case OCSF -> export.lines(fromSeq, AuditLines::ocsf, out);
        }
    }

    @Override
    public void exportTiles(Path directory, Actor by) {
        tellExport("TILES", 0, by);
        new TileExport(stores).write(directory, checkpoints.newestNote());
    }

    private void tellExport(String format, long fromSeq, Actor by) {
        AuditEntry told = ofReading(Owner.platform(), by, "exported", SecurityLevel.MEDIUM)
                .data(Map.of("format", format, "from", Long.toString(fromSeq)));
        stores.transactions()
                .inTransaction(tx -> append(tx, told, AuditNames.RESERVED + told.action(), ids.next("aud")));
    }

    @Override
    public void replay(String sink, long fromSeq) {
        sinks.replay(sink, fromSeq);
    }
}
