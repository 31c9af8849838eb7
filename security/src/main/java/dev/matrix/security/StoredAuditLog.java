package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.security.tree.TreeHash;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link AuditLog} over its stores. A body is written once and kept as bytes, so that what is hashed is what was written. */
record StoredAuditLog(
        AuditStores stores,
        AuditCheckpoints checkpoints,
        AuditProofs proofs,
        KeyRing keys,
        JsonCodec json,
        Ids ids,
        InstantSource clock)
        implements AuditLog {

    private static final int LONGEST_BODY = 65_535;
    private static final int ID_BYTES = 16;
    private static final int MOST_HOLDS = 100;

    @Override
    public String append(AuditEntry entry) {
        return stores.transactions().returning(tx -> append(tx, entry));
    }

    @Override
    public String append(Tx tx, AuditEntry entry) {
        return append(tx, entry, entry.action(), ids.next("aud"));
    }

    /** As {@link #append(Tx, AuditEntry)}, for the log's own actions too; what has that id already stays as it is. */
    private String append(Tx tx, AuditEntry entry, String action, String id) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] body = json.encode(new AuditBody(
                AuditBody.VERSION,
                action,
                id,
                at,
                entry.owner().toString(),
                inBody(tx, entry.actor(), at),
                entry.category(),
                entry.level(),
                entry.success(),
                entry.target().type(),
                entry.target().id(),
                entry.requestId(),
                new TreeMap<>(entry.data())));
        if (body.length > LONGEST_BODY) {
            throw new InvalidRequestException("An entry has at most " + LONGEST_BODY + " bytes; this one of " + action
                    + " has " + body.length + ". Leave some of its data out.");
        }
        AuditRow row = new AuditRow(
                id,
                entry.owner(),
                entry.actor().text(),
                action,
                entry.category().name(),
                entry.success(),
                at,
                body);
        if (stores.entries().insert(tx, row)) {
            stores.queue().enqueue(tx, AuditNames.LOG, id, at);
        }
        return id;
    }

    /** A person stands in a body by the pseudonym that ends with the person's key. */
    private String inBody(Tx tx, Actor actor, Instant now) {
        if (actor instanceof Actor.Person person) {
            return "person:"
                    + keys.subjectKey(
                                    tx,
                                    person.subject().owner(),
                                    person.subject().id(),
                                    now)
                            .pseudonym();
        }
        return actor.text();
    }

    @Override
    public Page<AuditRecord> entries(@Nullable Owner owner, PageRequest page) {
        return stores.transactions()
                .returning(tx -> stores.entries().page(tx, owner == null ? List.of() : List.of(owner), page))
                .map(row -> new AuditRecord(
                        row.id(),
                        row.owner(),
                        row.actor(),
                        row.action(),
                        row.success(),
                        row.at(),
                        new String(row.body(), StandardCharsets.UTF_8)));
    }

    /** As {@link #entries}; leaves an entry, once an hour for one reader and filter, whichever node is asked. */
    Page<AuditRecord> read(@Nullable Owner owner, PageRequest page, Actor by) {
        String filter = owner == null ? "all" : owner.toString();
        AuditEntry told = new AuditEntry(
                owner == null ? Owner.platform() : owner,
                by,
                "read",
                AuditEntry.Category.DATA,
                SecurityLevel.LOW,
                true,
                new AuditEntry.Target("audit_log", AuditNames.LOG),
                null,
                Map.of("filter", filter));
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        String alike = by.text() + "\n" + filter + "\n" + hour;
        byte[] hash = TreeHash.ofLeaf(alike.getBytes(StandardCharsets.UTF_8)).bytes();
        String id = "aud_r." + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        stores.transactions().inTransaction(tx -> append(tx, told, AuditNames.RESERVED + told.action(), id));
        return entries(owner, page);
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
        return new AuditVerification(stores, json, checkpoints.key(), clock.instant()).run(trustedCheckpoints);
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
        stores.holds().insert(tx, new AuditHoldRow(id, hold.owner(), hold.from(), hold.to()));
        Map<String, String> range =
                Map.of("from", hold.from().toString(), "to", hold.to().toString());
        append(
                tx,
                AuditEntry.change(hold.owner(), by, "hold.added", "audit_hold", id)
                        .data(range));
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
                    "An export begins at entry 0 or, but for TREE, at a later one; not at " + fromSeq + ".");
        }
        AuditEntry told = new AuditEntry(
                Owner.platform(),
                by,
                "exported",
                AuditEntry.Category.DATA,
                SecurityLevel.MEDIUM,
                true,
                new AuditEntry.Target("audit_log", AuditNames.LOG),
                null,
                Map.of("format", format.name(), "from", Long.toString(fromSeq)));
        stores.transactions()
                .inTransaction(tx -> append(tx, told, AuditNames.RESERVED + told.action(), ids.next("aud")));
        AuditExport export = new AuditExport(stores);
        switch (format) {
            case TREE -> export.tree(checkpoints.key().name(), out);
            case JSON_LINES -> export.jsonLines(fromSeq, out);
        }
    }
}
