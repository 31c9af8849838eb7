package dev.matrix.security.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a log's entries, their tree in tiles, and its checkpoints. All that grows them is written in one transaction that has
 * called {@link #lockHead}: two writers come one after the other, and the second sees what the first has committed.
 */
public interface AuditTreeStore {

    /** The log's head, made if it is not there (size 0), and locked to the transaction's end. */
    AuditHead lockHead(Tx tx, String log);

    /** The log's head as it is now; empty before the first entry was numbered. */
    Optional<AuditHead> head(Tx tx, String log);

    /** Replaces a head that this transaction has locked. */
    void replaceHead(Tx tx, AuditHead head);

    /**
     * Inserts the numbers of entries.
     *
     * @throws dev.matrix.core.StorageException where a number or an entry is there already
     */
    void addLeaves(Tx tx, String log, List<AuditLeaf> leaves);

    /** Entries in the order of their numbers. */
    List<AuditLeaf> leaves(Tx tx, String log, long fromSeq, int limit);

    /** The numbers of entries, in any order, without those that wait for one. */
    List<AuditLeaf> leavesOf(Tx tx, Collection<String> entryIds);

    /** A tile's hashes, 32 bytes each; empty where it isn't there. */
    Optional<byte[]> tile(Tx tx, String log, int level, long index);

    /** Adds or replaces a tile. */
    void putTile(Tx tx, String log, int level, long index, byte[] hashes);

    /** Inserts a checkpoint unless there is one of that size; then returns false. */
    boolean addCheckpoint(Tx tx, String log, AuditCheckpointRow checkpoint);

    /** Replaces the note of a checkpoint, to which signatures of others were added; without effect where there is none of that size. */
    void replaceNote(Tx tx, String log, AuditCheckpointRow checkpoint);

    /** The newest checkpoint of at most that size; the newest of all for {@link Long#MAX_VALUE}. */
    Optional<AuditCheckpointRow> checkpointUpTo(Tx tx, String log, long size);

    /**
     * How large a log is.
     *
     * @param root of its tree, 32 bytes
     * @param state {@code ACTIVE}, or {@code HALTED}: nothing is numbered or signed any more
     */
    record AuditHead(String log, long size, byte[] root, String state) {}

    /**
     * An entry's number.
     *
     * @param seq from 0, without gaps
     */
    record AuditLeaf(long seq, String entryId) {}

    /**
     * A signed checkpoint.
     *
     * @param note as it is published
     * @param signedAt store time
     */
    record AuditCheckpointRow(long size, String note, Instant signedAt) {}
}
