package dev.matrix.security;

import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditReport.Outcome;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditTreeStore.AuditCheckpointRow;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.BadSignatureException;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.Frontier;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeFormatException;
import dev.matrix.security.tree.TreeHash;
import dev.matrix.security.verify.Finding;
import dev.matrix.security.verify.Finding.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One check of the whole log against its tree, its checkpoints and those that the caller trusts. Not thread-safe. */
final class AuditVerification {

    private static final int PAGE = 256;
    private static final int MOST_FINDINGS = 100;
    private static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    private final AuditStores stores;
    private final JsonCodec json;
    private final NoteKey key;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final Frontier walked = new Frontier();
    private final SeqRanges missing = new SeqRanges();
    private final SeqRanges pruned = new SeqRanges();
    private long covered;

    AuditVerification(AuditStores stores, JsonCodec json, NoteKey key, Instant now) {
        this.stores = stores;
        this.json = json;
        this.key = key;
        this.now = now;
    }

    AuditReport run(List<String> trusted) {
        for (String note : trusted) {
            Checkpoint checkpoint = open(note);
            covered = checkpoint == null ? covered : Math.max(covered, checkpoint.size());
        }
        stores.transactions()
                .returning(tx -> stores.trees().checkpointUpTo(tx, AuditNames.LOG, Long.MAX_VALUE))
                .map(AuditCheckpointRow::note)
                .ifPresent(this::open);
        AuditHead head = stores.transactions()
                .returning(tx -> stores.trees().head(tx, AuditNames.LOG))
                .orElse(new AuditHead(AuditNames.LOG, 0, TreeHash.ofNothing().bytes(), AuditNames.ACTIVE));
        for (Checkpoint each : checkpoints) {
            if (each.size() > head.size()) {
                tell(
                        Code.SHORTER_THAN_CHECKPOINT,
                        "the log has " + head.size() + " entries; a checkpoint has " + each.size() + ".");
            }
        }
        compare();
        boolean walkable = true;
        for (long from = 0; from < head.size() && walkable; from += PAGE) {
            long first = from;
            walkable = stores.transactions().returning(tx -> page(tx, first, head.size()));
        }
        for (String range : missing.notIn(pruned)) {
            tell(Code.MISSING_BODY, "entry " + range + " is gone, and no entry tells that it was pruned.");
        }
        if (walkable && !walked.root().equals(new TreeHash(head.root()))) {
            tell(Code.WRONG_ROOT, "the tiles give another root than the log's head has.");
        }
        Instant waiting = stores.transactions().returning(this::queue);
        Outcome unharmed = covered > 0 ? Outcome.VERIFIED : Outcome.VERIFIED_UNANCHORED;
        return new AuditReport(findings.isEmpty() ? unharmed : Outcome.FAILED, findings, head.size(), covered, waiting);
    }

    private @Nullable Checkpoint open(String note) {
        try {
            Checkpoint checkpoint = Checkpoint.open(SignedNote.parse(note), List.of(key));
            checkpoints.add(checkpoint);
            return checkpoint;
        } catch (BadSignatureException | TreeFormatException e) {
            tell(Code.BAD_SIGNATURE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Checks a tile's width of entries; returns false where their hashes are gone, so that no root can be computed. */
    private boolean page(Tx tx, long from, long size) {
        MerkleTree tree = stores.tree(tx, size);
        Map<Long, String> ids = new HashMap<>();
        for (AuditLeaf leaf : stores.trees().leaves(tx, AuditNames.LOG, from, PAGE)) {
            ids.put(leaf.seq(), leaf.entryId());
        }
        Map<String, AuditRow> rows = new HashMap<>();
        stores.entries().find(tx, ids.values()).forEach(row -> rows.put(row.id(), row));
        for (long seq = from; seq < Math.min(from + PAGE, size); seq++) {
            String id = ids.get(seq);
            AuditRow row = id == null ? null : rows.get(id);
            try {
                TreeHash hash = tree.leaf(seq);
                entry(seq, id, row, hash);
                walked.add(hash);
            } catch (TreeFormatException e) {
                tell(Code.WRONG_ROOT, "the tile of entry " + seq + " is missing or too short.");
                return false;
            }
            compare();
        }
        return true;
    }

    private void entry(long seq, @Nullable String id, @Nullable AuditRow row, TreeHash hash) {
        if (row == null) {
            missing.add(seq, seq);
        } else if (!TreeHash.ofLeaf(row.body()).equals(hash)) {
            tell(Code.ALTERED_BODY, "entry " + seq + ", " + id + ", isn't what was numbered.");
        } else if (!AuditBody.agrees(json, row)) {
            tell(Code.INDEX_DRIFT, "what entry " + seq + ", " + id + ", is found by isn't what it says.");
        } else if (row.action().equals(AuditNames.PRUNED)) {
            pruned.addAll(json.decode(row.body(), AuditBody.class).data());
        }
    }

    private void compare() {
        for (Checkpoint each : checkpoints) {
            if (each.size() == walked.size() && !each.root().equals(walked.root())) {
                tell(Code.WRONG_ROOT, "the first " + each.size() + " entries have another root than their checkpoint.");
            }
        }
    }

    private @Nullable Instant queue(Tx tx) {
        for (String id : stores.queue().aside(tx, AuditNames.LOG, MOST_FINDINGS)) {
            tell(Code.MISSING_BODY, "entry " + id + " was deleted before it had a number.");
        }
        Instant since = stores.queue().waitingSince(tx, AuditNames.LOG).orElse(null);
        if (since != null && since.isBefore(now.minus(STUCK_AFTER))) {
            tell(Code.STUCK_QUEUE, "entries have been waiting for their number since " + since + ".");
        }
        return since;
    }

    private void tell(Code code, String detail) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(code, detail));
        }
    }
}
