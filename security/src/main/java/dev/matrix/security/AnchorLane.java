package dev.matrix.security;

import dev.matrix.core.spi.Lease;
import dev.matrix.security.spi.CheckpointAnchor;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import dev.matrix.security.tree.BadSignatureException;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks one anchor what it has, compares that with the log, and gives it what is newer; on the node that numbers entries. An anchor's word
 * counts as far as the log's own key has signed it.
 */
final class AnchorLane extends Lane {

    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final int MOST_SIGNATURES = 16;

    private final CheckpointAnchor anchor;
    private final AuditSequencer sequencer;
    private final AuditCheckpoints checkpoints;
    private final AnchorAnswers answers;

    AnchorLane(
            CheckpointAnchor anchor,
            AuditSequencer sequencer,
            AuditCheckpoints checkpoints,
            AnchorAnswers answers,
            Alarms alarms) {
        super("security.anchor." + anchor.name(), Kind.AUDIT_ANCHOR, alarms);
        this.anchor = anchor;
        this.sequencer = sequencer;
        this.checkpoints = checkpoints;
        this.answers = answers;
    }

    @Override
    Instant work(Instant now) {
        Lease lease = sequencer.lease();
        if (lease == null) {
            return now.plus(PAUSE);
        }
        NoteKey key = checkpoints.key();
        Optional<String> latest = anchor.latest(key.name());
        Checkpoint anchored = latest.map(note -> opened(note, key, now)).orElse(null);
        if (anchored != null) {
            checkpoints.compare(lease, anchored, now);
        }
        answers.answered(anchor.name(), lease);
        publish(anchored, key, now);
        return now.plus(BETWEEN);
    }

    private @Nullable Checkpoint opened(String note, NoteKey key, Instant now) {
        try {
            return Checkpoint.open(SignedNote.parse(note), List.of(key));
        } catch (TreeFormatException | BadSignatureException e) {
            alarm("nonsense", name() + " answers what the log's key hasn't signed: " + e.getMessage(), now);
            return null;
        }
    }

    private void publish(@Nullable Checkpoint anchored, NoteKey key, Instant now) {
        String note = checkpoints.newestNote().orElse(null);
        if (note == null) {
            return;
        }
        Checkpoint newest = Checkpoint.of(SignedNote.parse(note));
        if (anchored != null && anchored.size() >= newest.size()) {
            return;
        }
        List<SignedNote.Line> lines = new ArrayList<>();
        for (String line : anchor.publish(note)) {
            SignedNote.Line read = others(line, key, now);
            if (read != null && lines.size() < MOST_SIGNATURES) {
                lines.add(read);
            }
        }
        if (!lines.isEmpty()) {
            checkpoints.addSignatures(newest, lines);
        }
    }

    /** A line of somebody else's; one in the name of the log's own key is none of his. */
    private SignedNote.@Nullable Line others(String line, NoteKey key, Instant now) {
        try {
            SignedNote.Line read = SignedNote.signature(line);
            return read.name().equals(key.name()) ? null : read;
        } catch (TreeFormatException e) {
            alarm("nonsense", name() + " adds what is no signature: " + e.getMessage(), now);
            return null;
        }
    }
}
