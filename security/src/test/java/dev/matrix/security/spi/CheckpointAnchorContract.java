package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.NoteSigner;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link CheckpointAnchor} promises. An implementer extends it over a far side that is empty before each test. */
public interface CheckpointAnchorContract {

    /** An anchor that has nothing yet. */
    CheckpointAnchor anchor();

    private static String note(String origin, long size) {
        NoteSigner.Pair pair = NoteSigner.generate(new SecureRandom());
        Checkpoint checkpoint =
                new Checkpoint(origin, size, TreeHash.ofLeaf(("root of " + size).getBytes(StandardCharsets.UTF_8)));
        return NoteSigner.note(
                        checkpoint.text(),
                        new NoteKey(origin, pair.publicKey()),
                        NoteSigner.sign(pair.pkcs8(), NoteSigner.bytes(checkpoint.text())))
                .toString();
    }

    @Test
    default void itHasWhatItWasGivenTheLargest() {
        CheckpointAnchor anchor = anchor();
        assertThat(anchor.name()).matches("[a-z0-9-]{1,40}");
        assertThat(anchor.latest("example.com/audit")).isEmpty();
        String hundred = note("example.com/audit", 100);
        String thousand = note("example.com/audit", 1_000);
        List<String> lines = anchor.publish(hundred);
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(SignedNote.signature(line).name()).isNotBlank());
        assertThat(anchor.latest("example.com/audit")).contains(hundred);
        anchor.publish(thousand);
        anchor.publish(thousand);
        anchor.publish(hundred);
        assertThat(anchor.latest("example.com/audit")).contains(thousand);
    }
}
