package dev.matrix.security.memory;

import dev.matrix.core.StorageException;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.tree.TreeHash;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@link AuditTreeStore} in memory. */
final class MemoryAuditTreeStore implements AuditTreeStore {

    /** A row of a log: its number, and a level for tiles. */
    private record Key(String log, int level, long number) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::log).thenComparingInt(Key::level).thenComparingLong(Key::number);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<String, AuditHead> heads = new MemoryTable<>();
    private final MemoryTable<Key, AuditLeaf> leaves = new MemoryTable<>();
    private final MemoryTable<String, AuditLeaf> byEntry = new MemoryTable<>();
    private final MemoryTable<Key, byte[]> tiles = new MemoryTable<>();
    private final MemoryTable<Key, AuditCheckpointRow> checkpoints = new MemoryTable<>();

    @Override
    public AuditHead lockHead(Tx tx, String log) {
        AuditHead head = heads.get(tx, log);
        if (head == null) {
            head = new AuditHead(log, 0, TreeHash.ofNothing().bytes(), "ACTIVE");
            heads.put(tx, log, head);
        }
        return head;
    }

    @Override
    public Optional<AuditHead> head(Tx tx, String log) {
        return Optional.ofNullable(heads.get(tx, log));
    }

    @Override
    public void replaceHead(Tx tx, AuditHead head) {
        heads.put(tx, head.log(), head);
    }

    @Override
    public void addLeaves(Tx tx, String log, List<AuditLeaf> added) {
        for (AuditLeaf leaf : added) {
            if (!leaves.putIfAbsent(tx, new Key(log, 0, leaf.seq()), leaf)
                    || !byEntry.putIfAbsent(tx, leaf.entryId(), leaf)) {
                throw new StorageException("The number " + leaf.seq() + " or the entry " + leaf.entryId()
                        + " is in the log " + log + " already.");
            }
        }
    }

    @Override
    public List<AuditLeaf> leaves(Tx tx, String log, long fromSeq, int limit) {
        return leaves.rows(tx).tailMap(new Key(log, 0, fromSeq), true).entrySet().stream()
                .takeWhile(row -> row.getKey().log().equals(log))
                .limit(limit)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public List<AuditLeaf> leavesOf(Tx tx, Collection<String> entryIds) {
        return entryIds.stream()
                .map(id -> byEntry.get(tx, id))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Optional<byte[]> tile(Tx tx, String log, int level, long index) {
        return Optional.ofNullable(tiles.get(tx, new Key(log, level, index)));
    }

    @Override
    public void putTile(Tx tx, String log, int level, long index, byte[] hashes) {
        tiles.put(tx, new Key(log, level, index), hashes);
    }

    @Override
    public boolean addCheckpoint(Tx tx, String log, AuditCheckpointRow checkpoint) {
        return checkpoints.putIfAbsent(tx, new Key(log, 0, checkpoint.size()), checkpoint);
    }

    @Override
    public void replaceNote(Tx tx, String log, AuditCheckpointRow checkpoint) {
        Key key = new Key(log, 0, checkpoint.size());
        if (checkpoints.get(tx, key) != null) {
            checkpoints.put(tx, key, checkpoint);
        }
    }

    @Override
    public Optional<AuditCheckpointRow> checkpointUpTo(Tx tx, String log, long size) {
        return Optional.ofNullable(checkpoints.rows(tx).floorEntry(new Key(log, 0, size)))
                .filter(row -> row.getKey().log().equals(log))
                .map(Map.Entry::getValue);
    }
}
