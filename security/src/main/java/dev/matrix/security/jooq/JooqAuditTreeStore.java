package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_CHECKPOINT;
import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_LEAF;
import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_LOG;
import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_TILE;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.tree.TreeHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.InsertValuesStep3;
import org.jooq.Record;

/** {@link AuditTreeStore} in the tables {@code matrix_audit_log}, {@code _leaf}, {@code _tile} and {@code _checkpoint}. */
final class JooqAuditTreeStore implements AuditTreeStore {

    @Override
    public AuditHead lockHead(Tx tx, String log) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(insertInto(MATRIX_AUDIT_LOG)
                .set(MATRIX_AUDIT_LOG.LOG, log)
                .set(MATRIX_AUDIT_LOG.SIZE, 0L)
                .set(MATRIX_AUDIT_LOG.ROOT, TreeHash.ofNothing().bytes())
                .set(MATRIX_AUDIT_LOG.STATE, "ACTIVE"));
        return own.dsl()
                .selectFrom(MATRIX_AUDIT_LOG)
                .where(MATRIX_AUDIT_LOG.LOG.eq(log))
                .forUpdate()
                .fetchSingle(JooqAuditTreeStore::head);
    }

    private static AuditHead head(Record row) {
        return new AuditHead(
                row.get(MATRIX_AUDIT_LOG.LOG),
                row.get(MATRIX_AUDIT_LOG.SIZE),
                row.get(MATRIX_AUDIT_LOG.ROOT),
                row.get(MATRIX_AUDIT_LOG.STATE));
    }

    @Override
    public Optional<AuditHead> head(Tx tx, String log) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_LOG)
                .where(MATRIX_AUDIT_LOG.LOG.eq(log))
                .fetchOptional(JooqAuditTreeStore::head);
    }

    @Override
    public void replaceHead(Tx tx, AuditHead head) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_AUDIT_LOG)
                .set(MATRIX_AUDIT_LOG.SIZE, head.size())
                .set(MATRIX_AUDIT_LOG.ROOT, head.root())
                .set(MATRIX_AUDIT_LOG.STATE, head.state())
                .where(MATRIX_AUDIT_LOG.LOG.eq(head.log()))
                .execute();
    }

    @Override
    public void addLeaves(Tx tx, String log, List<AuditLeaf> leaves) {
        if (leaves.isEmpty()) {
            return;
        }
        InsertValuesStep3<?, String, Long, String> insert = JooqTx.of(tx)
                .dsl()
                .insertInto(
                        MATRIX_AUDIT_LEAF, MATRIX_AUDIT_LEAF.LOG, MATRIX_AUDIT_LEAF.SEQ, MATRIX_AUDIT_LEAF.ENTRY_ID);
        for (AuditLeaf leaf : leaves) {
            insert = insert.values(log, leaf.seq(), leaf.entryId());
        }
        insert.execute();
    }

    private static AuditLeaf leaf(Record row) {
        return new AuditLeaf(row.get(MATRIX_AUDIT_LEAF.SEQ), row.get(MATRIX_AUDIT_LEAF.ENTRY_ID));
    }

    @Override
    public List<AuditLeaf> leaves(Tx tx, String log, long fromSeq, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_LEAF)
                .where(MATRIX_AUDIT_LEAF.LOG.eq(log))
                .and(MATRIX_AUDIT_LEAF.SEQ.ge(fromSeq))
                .orderBy(MATRIX_AUDIT_LEAF.SEQ)
                .limit(limit)
                .fetch(JooqAuditTreeStore::leaf);
    }

    @Override
    public List<AuditLeaf> leavesOf(Tx tx, Collection<String> entryIds) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_LEAF)
                .where(MATRIX_AUDIT_LEAF.ENTRY_ID.in(entryIds))
                .fetch(JooqAuditTreeStore::leaf);
    }

    private static Condition isTile(String log, int level, long index) {
        return MATRIX_AUDIT_TILE
                .LOG
                .eq(log)
                .and(MATRIX_AUDIT_TILE.TILE_LEVEL.eq(level))
                .and(MATRIX_AUDIT_TILE.TILE_INDEX.eq(index));
    }

    @Override
    public Optional<byte[]> tile(Tx tx, String log, int level, long index) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_AUDIT_TILE.HASHES)
                .from(MATRIX_AUDIT_TILE)
                .where(isTile(log, level, index))
                .fetchOptional(MATRIX_AUDIT_TILE.HASHES);
    }

    @Override
    public void putTile(Tx tx, String log, int level, long index, byte[] hashes) {
        JooqTx own = JooqTx.of(tx);
        int replaced = own.dsl()
                .update(MATRIX_AUDIT_TILE)
                .set(MATRIX_AUDIT_TILE.HASHES, hashes)
                .where(isTile(log, level, index))
                .execute();
        if (replaced == 0) {
            own.dsl()
                    .insertInto(MATRIX_AUDIT_TILE)
                    .set(MATRIX_AUDIT_TILE.LOG, log)
                    .set(MATRIX_AUDIT_TILE.TILE_LEVEL, level)
                    .set(MATRIX_AUDIT_TILE.TILE_INDEX, index)
                    .set(MATRIX_AUDIT_TILE.HASHES, hashes)
                    .execute();
        }
    }

    @Override
    public boolean addCheckpoint(Tx tx, String log, AuditCheckpointRow checkpoint) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_AUDIT_CHECKPOINT)
                                .set(MATRIX_AUDIT_CHECKPOINT.LOG, log)
                                .set(MATRIX_AUDIT_CHECKPOINT.SIZE, checkpoint.size())
                                .set(MATRIX_AUDIT_CHECKPOINT.NOTE, checkpoint.note())
                                .set(MATRIX_AUDIT_CHECKPOINT.SIGNED_AT, checkpoint.signedAt()))
                == 1;
    }

    @Override
    public void replaceNote(Tx tx, String log, AuditCheckpointRow checkpoint) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_AUDIT_CHECKPOINT)
                .set(MATRIX_AUDIT_CHECKPOINT.NOTE, checkpoint.note())
                .where(MATRIX_AUDIT_CHECKPOINT.LOG.eq(log))
                .and(MATRIX_AUDIT_CHECKPOINT.SIZE.eq(checkpoint.size()))
                .execute();
    }

    @Override
    public Optional<AuditCheckpointRow> checkpointUpTo(Tx tx, String log, long size) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_CHECKPOINT)
                .where(MATRIX_AUDIT_CHECKPOINT.LOG.eq(log))
                .and(MATRIX_AUDIT_CHECKPOINT.SIZE.le(size))
                .orderBy(MATRIX_AUDIT_CHECKPOINT.SIZE.desc())
                .limit(1)
                .fetchOptional(row -> new AuditCheckpointRow(
                        row.get(MATRIX_AUDIT_CHECKPOINT.SIZE),
                        row.get(MATRIX_AUDIT_CHECKPOINT.NOTE),
                        row.get(MATRIX_AUDIT_CHECKPOINT.SIGNED_AT)));
    }
}
