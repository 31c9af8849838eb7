package dev.matrix.security;

import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditTreeStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Another store, for what tests change about it. */
class ForwardingTreeStore implements AuditTreeStore {

    private final AuditTreeStore real;

    ForwardingTreeStore(AuditTreeStore real) {
        this.real = real;
    }

    @Override
    public AuditHead lockHead(Tx tx, String log) {
        return real.lockHead(tx, log);
    }

    @Override
    public Optional<AuditHead> head(Tx tx, String log) {
        return real.head(tx, log);
    }

    @Override
    public void replaceHead(Tx tx, AuditHead head) {
        real.replaceHead(tx, head);
    }

    @Override
    public void addLeaves(Tx tx, String log, List<AuditLeaf> leaves) {
        real.addLeaves(tx, log, leaves);
    }

    @Override
    public List<AuditLeaf> leaves(Tx tx, String log, long fromSeq, int limit) {
        return real.leaves(tx, log, fromSeq, limit);
    }

    @Override
    public List<AuditLeaf> leavesOf(Tx tx, Collection<String> entryIds) {
        return real.leavesOf(tx, entryIds);
    }

    @Override
    public Optional<byte[]> tile(Tx tx, String log, int level, long index) {
        return real.tile(tx, log, level, index);
    }

    @Override
    public void putTile(Tx tx, String log, int level, long index, byte[] hashes) {
        real.putTile(tx, log, level, index, hashes);
    }

    @Override
    public boolean addCheckpoint(Tx tx, String log, AuditCheckpointRow checkpoint) {
        return real.addCheckpoint(tx, log, checkpoint);
    }

    @Override
    public Optional<AuditCheckpointRow> checkpointUpTo(Tx tx, String log, long size) {
        return real.checkpointUpTo(tx, log, size);
    }

    @Override
    public void replaceNote(Tx tx, String log, AuditCheckpointRow checkpoint) {
        real.replaceNote(tx, log, checkpoint);
    }
}
