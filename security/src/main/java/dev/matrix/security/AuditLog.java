package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.EntryProof;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was done, and by whom. An entry is never changed, and who checks the log by a checkpoint that was kept elsewhere finds out
 * whether somebody who can write to the database has done so. Entries get their numbers, and are covered by a signed checkpoint, some
 * seconds after they commit. Thread-safe.
 */
public interface AuditLog {

    /**
     * Appends an entry, durably when this returns. Callers at once share commits.
     *
     * @return its id
     * @throws IllegalStateException inside a transaction
     */
    String append(AuditEntry entry);

    /** As {@link #append(AuditEntry)}, in the caller's transaction: the entry is there if what it tells of is. It takes no lock. */
    String append(Tx tx, AuditEntry entry);

    /** Appends entries together, as {@link #append(Tx, AuditEntry)} does one. */
    List<String> appendAll(Tx tx, List<AuditEntry> entries);

    /**
     * Takes an entry whose caller doesn't wait; it is written some milliseconds later, many per commit. A crash loses those that aren't
     * written yet, {@code Matrix.close()} writes them. While the store is away 10,000 wait; what comes then is dropped, and an alarm says how
     * many.
     *
     * @throws dev.matrix.core.InvalidRequestException at a level above LOW
     */
    void appendBuffered(AuditEntry entry);

    /** Entries in the order of their ids, which is that of their making on one node. */
    Page<AuditRecord> entries(AuditFilter filter, PageRequest page);

    /** As {@link #entries(AuditFilter, PageRequest)}, by owner alone; null: anybody's. */
    default Page<AuditRecord> entries(@Nullable Owner owner, PageRequest page) {
        return entries(new AuditFilter(owner, null, null, null, null, null), page);
    }

    /** What an auditor needs once: the log's public key, as {@code name+id+key} (C2SP signed-note); the name is its origin. */
    String verifierKey();

    /**
     * The newest signed checkpoint, to be kept where nobody who can write to this database can (C2SP tlog-checkpoint); empty while there
     * is none: some seconds from the first entry on.
     */
    Optional<String> checkpoint();

    /**
     * That an entry is in the log as the newest checkpoint has it. Its text is what {@code AuditVerifier --proof} reads.
     *
     * @throws dev.matrix.core.NotFoundException where there is no such entry
     * @throws dev.matrix.core.ConflictException when no checkpoint covers it yet; ask again in some seconds
     */
    EntryProof inclusion(String entryId);

    /**
     * That the log with {@code to} entries begins with all that it had with {@code from} entries.
     *
     * @throws dev.matrix.core.InvalidRequestException unless {@code 0 < from <= to}
     * @throws dev.matrix.core.ConflictException when no checkpoint has that many entries yet
     */
    ConsistencyProof consistency(long from, long to);

    /**
     * Checks the whole log: each entry against its hash, the hashes against the checkpoints. It reads everything, some seconds per million
     * entries.
     *
     * @param trustedCheckpoints such as {@link #checkpoint} returned and somebody kept; without any the best outcome is {@code
     *     VERIFIED_UNANCHORED}
     */
    AuditReport verify(List<String> trustedCheckpoints);

    /**
     * Keeps an owner's entries of a time, those to come included, for as long as the hold is there: when this has returned, none of them is
     * deleted for its age any more.
     *
     * @return the hold's id, {@code hld_…}
     * @throws dev.matrix.core.ConflictException when there are 100 holds already
     */
    String hold(LegalHold hold, Actor by);

    /** As {@link #hold(LegalHold, Actor)}, in the caller's transaction. */
    String hold(Tx tx, LegalHold hold, Actor by);

    /**
     * Ends a hold.
     *
     * @throws dev.matrix.core.NotFoundException where there is no such hold
     */
    void release(String holdId, Actor by);

    /** As {@link #release(String, Actor)}, in the caller's transaction. */
    void release(Tx tx, String holdId, Actor by);

    /**
     * Writes the log out, which itself leaves an entry, {@code audit.exported}. The stream is not closed.
     *
     * @param fromSeq the first number; 0 for {@link ExportFormat#TREE}
     * @param by who exports
     * @throws java.io.UncheckedIOException when the stream can't be written
     */
    void export(ExportFormat format, long fromSeq, OutputStream out, Actor by);

    /**
     * Writes the log as a folder that any client of transparency logs can follow (C2SP tlog-tiles): {@code checkpoint}, {@code tile/L/N} and
     * {@code tile/entries/N}. Bundles of entries of which one was deleted are left out. It leaves an entry, {@code audit.exported}.
     *
     * @throws dev.matrix.core.ConflictException while there is no checkpoint
     * @throws java.io.UncheckedIOException when the folder can't be written
     */
    void exportTiles(Path directory, Actor by);

    /**
     * Has a sink begin again at an entry; what is on its way to it may come once more.
     *
     * @throws dev.matrix.core.NotFoundException where there is no such sink
     */
    void replay(String sink, long fromSeq);
}
