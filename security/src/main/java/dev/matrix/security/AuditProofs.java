package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditTreeStore.AuditCheckpointRow;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.ConsistencyProof;
import dev.matrix.security.tree.EntryProof;
import dev.matrix.security.tree.InclusionProof;
import dev.matrix.security.tree.SignedNote;
import java.util.List;
import java.util.Optional;

/** Proofs against the newest checkpoint. */
record AuditProofs(AuditStores stores, AuditCheckpoints checkpoints) {

    Optional<String> checkpoint() {
        return stores.transactions().returning(checkpoints::newest).map(AuditCheckpointRow::note);
    }

    EntryProof inclusion(String entryId) {
        return stores.transactions().returning(tx -> inclusion(tx, entryId));
    }

    private EntryProof inclusion(Tx tx, String entryId) {
        List<AuditRow> rows = stores.entries().find(tx, List.of(entryId));
        AuditLeaf leaf = stores.trees().leavesOf(tx, List.of(entryId)).stream()
                .findFirst()
                .orElse(null);
        if (rows.isEmpty()) {
            throw new NotFoundException("No audit entry " + entryId + (leaf == null ? "." : " any more."));
        }
        AuditCheckpointRow newest = checkpoints.newest(tx).orElse(null);
        if (leaf == null || newest == null || newest.size() <= leaf.seq()) {
            throw new ConflictException(
                    "No checkpoint covers the audit entry " + entryId + " yet; ask again in some seconds.");
        }
        InclusionProof proof = stores.tree(tx, newest.size()).inclusion(leaf.seq());
        return new EntryProof(rows.get(0).body(), proof, SignedNote.parse(newest.note()));
    }

    ConsistencyProof consistency(long from, long to) {
        if (from <= 0 || from > to) {
            throw new InvalidRequestException("A proof of consistency goes from a size of at least 1 to one that is not"
                    + " smaller; these are " + from + " and " + to + ".");
        }
        return stores.transactions().returning(tx -> {
            long size = checkpoints.newest(tx).map(AuditCheckpointRow::size).orElse(0L);
            if (to > size) {
                throw new ConflictException("The newest checkpoint has " + size + " entries, and " + to + " were asked"
                        + " for; ask again in some seconds.");
            }
            return stores.tree(tx, to).consistency(from);
        });
    }
}
