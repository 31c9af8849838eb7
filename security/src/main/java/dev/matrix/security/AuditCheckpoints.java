package dev.matrix.security;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditTreeStore.AuditCheckpointRow;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.CheckpointSigner;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import dev.matrix.security.tree.BadSignatureException;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.NoteSigner;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeFormatException;
import dev.matrix.security.tree.TreeHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs how large the log is, when it has grown: every 10 s, or after 10,000 entries. Before that the root is computed again from the
 * tiles, and must continue what was signed last; else the log is halted: nothing is numbered or signed any more, while entries still
 * queue.
 */
record AuditCheckpoints(
        AuditStores stores, LeaseStore leases, CheckpointSigner signer, AnchorAnswers anchors, Alarms alarms) {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final long MOST_UNSIGNED = 10_000;

    /** The log's key. */
    NoteKey key() {
        return new NoteKey(signer.keyName(), signer.publicKey());
    }

    /** The newest checkpoint. */
    Optional<AuditCheckpointRow> newest(Tx tx) {
        return stores.trees().checkpointUpTo(tx, AuditNames.LOG, Long.MAX_VALUE);
    }

    /** The newest checkpoint's note. */
    Optional<String> newestNote() {
        return stores.transactions().returning(this::newest).map(AuditCheckpointRow::note);
    }

    /**
     * Halts the log if it doesn't continue a checkpoint that an anchor has, signed by its own key. Looks at the head once more under the
     * lease, after the anchor's answer: what was signed meanwhile is no contradiction.
     */
    void compare(Lease lease, Checkpoint anchored, Instant now) {
        stores.transactions().inTransaction(tx -> {
            if (!leases.holds(tx, lease)) {
                return;
            }
            AuditHead head = stores.trees().lockHead(tx, AuditNames.LOG);
            if (!head.state().equals(AuditNames.ACTIVE)) {
                return;
            }
            if (anchored.size() > head.size()) {
                halt(
                        tx,
                        head,
                        "it has " + head.size() + " entries, and an anchor has a checkpoint of " + anchored.size(),
                        now);
            } else if (!stores.tree(tx, head.size()).rootAt(anchored.size()).equals(anchored.root())) {
                halt(tx, head, "an anchor's checkpoint of " + anchored.size() + " entries has another root", now);
            }
        });
    }

    /** Adds signatures that others made to a checkpoint's note. */
    void addSignatures(Checkpoint checkpoint, List<SignedNote.Line> lines) {
        stores.transactions().inTransaction(tx -> {
            stores.trees().lockHead(tx, AuditNames.LOG);
            AuditCheckpointRow row = stores.trees()
                    .checkpointUpTo(tx, AuditNames.LOG, checkpoint.size())
                    .filter(each -> each.size() == checkpoint.size())
                    .orElse(null);
            if (row == null) {
                return;
            }
            SignedNote note = SignedNote.parse(row.note());
            for (SignedNote.Line line : lines) {
                boolean there = note.signatures().stream()
                        .anyMatch(each -> each.toString().equals(line.toString()));
                note = there ? note : note.with(line);
            }
            stores.trees()
                    .replaceNote(
                            tx, AuditNames.LOG, new AuditCheckpointRow(row.size(), note.toString(), row.signedAt()));
        });
    }

    void signIfDue(Lease lease, Instant now) {
        boolean due = stores.transactions().returning(tx -> isDue(tx, now));
        if (!due || !anchors.mayBeSigned(lease, now)) {
            return;
        }
        NoteKey key = key();
        Checkpoint next = stores.transactions().returning(tx -> next(tx, lease, key, now));
        if (next != null) {
            SignedNote note = NoteSigner.note(next.text(), key, signer.sign(NoteSigner.bytes(next.text())));
            stores.transactions().inTransaction(tx -> store(tx, lease, next, note, now));
        }
    }

    private boolean isDue(Tx tx, Instant now) {
        AuditHead head = stores.trees().head(tx, AuditNames.LOG).orElse(null);
        if (head == null || head.size() == 0 || !head.state().equals(AuditNames.ACTIVE)) {
            return false;
        }
        AuditCheckpointRow last = newest(tx).orElse(null);
        return last == null
                || last.size() > head.size()
                || (last.size() < head.size()
                        && (head.size() - last.size() >= MOST_UNSIGNED
                                || !now.isBefore(last.signedAt().plus(PAUSE))
                                || last.signedAt().isAfter(now)));
    }

    /** What is to be signed; null where the lease has passed on, or the log is halted. */
    private @Nullable Checkpoint next(Tx tx, Lease lease, NoteKey key, Instant now) {
        if (!leases.holds(tx, lease)) {
            return null;
        }
        AuditHead head = stores.trees().lockHead(tx, AuditNames.LOG);
        try {
            TreeHash root = new TreeHash(head.root());
            String fault = fault(tx, head, root, key);
            if (fault == null) {
                return new Checkpoint(key.name(), head.size(), root);
            }
            halt(tx, head, fault, now);
        } catch (TreeFormatException | BadSignatureException e) {
            halt(tx, head, String.valueOf(e.getMessage()), now);
        }
        return null;
    }

    private @Nullable String fault(Tx tx, AuditHead head, TreeHash root, NoteKey key) {
        MerkleTree tree = stores.tree(tx, head.size());
        if (!tree.root().equals(root)) {
            return "its tiles give another root than its head has";
        }
        AuditCheckpointRow row = newest(tx).orElse(null);
        if (row == null) {
            return null;
        }
        Checkpoint last = Checkpoint.open(SignedNote.parse(row.note()), List.of(key));
        if (last.size() > head.size()) {
            return "it has " + head.size() + " entries, and a checkpoint of " + last.size() + " was signed";
        }
        return tree.consistency(last.size()).proves(last.root(), root)
                ? null
                : "it doesn't continue its checkpoint of " + last.size() + " entries";
    }

    private void halt(Tx tx, AuditHead head, String why, Instant now) {
        String detail = "The audit log was tampered with, or its database was restored: " + why
                + ". It is halted: nothing is numbered or signed until a person has looked.";
        alarms.raise(Kind.AUDIT_HALTED, head.log(), detail, now);
        stores.trees().replaceHead(tx, new AuditHead(head.log(), head.size(), head.root(), AuditNames.HALTED));
    }

    /** A node that was overtaken while it signed stores nothing. */
    private void store(Tx tx, Lease lease, Checkpoint checkpoint, SignedNote note, Instant now) {
        if (leases.holds(tx, lease)
                && stores.trees().lockHead(tx, AuditNames.LOG).state().equals(AuditNames.ACTIVE)) {
            stores.trees()
                    .addCheckpoint(tx, AuditNames.LOG, new AuditCheckpointRow(checkpoint.size(), note.toString(), now));
        }
    }
}
