package dev.matrix.security.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An entry, that it is in the log, and the checkpoint that says so: all that an auditor needs beside the log's key (C2SP
 * tlog-proof; the entry stands in the line {@code extra}).
 *
 * @param entry the body, byte for byte
 */
public record EntryProof(byte[] entry, InclusionProof inclusion, SignedNote checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /**
     * Reads a proof.
     *
     * @throws TreeFormatException when it isn't one, or has no entry
     */
    public static EntryProof parse(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        String[] lines = end < 0 ? new String[0] : text.substring(0, end).split("\n");
        if (lines.length < 3
                || !lines[0].equals(HEADER)
                || !lines[1].startsWith(EXTRA)
                || !lines[2].startsWith(INDEX)) {
            throw new TreeFormatException(
                    "A proof of an entry has the lines " + HEADER + ", extra, index, hashes and a checkpoint.");
        }
        List<TreeHash> hashes = new ArrayList<>();
        for (int i = 3; i < lines.length; i++) {
            hashes.add(TreeHash.parse(lines[i]));
        }
        SignedNote note = SignedNote.parse(text.substring(end + 2));
        long index = Decimal.parse("An index", lines[2].substring(INDEX.length()));
        return new EntryProof(
                Base64Text.decode(lines[1].substring(EXTRA.length())),
                new InclusionProof(index, Checkpoint.of(note).size(), hashes),
                note);
    }

    /** Whether the entry is in the log as the checkpoint has it; who signed that is another question. */
    public boolean holds() {
        return inclusion.proves(
                TreeHash.ofLeaf(entry), Checkpoint.of(checkpoint).root());
    }

    /** The proof, as it is handed out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append(EXTRA).append(Base64.getEncoder().encodeToString(entry)).append('\n');
        text.append(INDEX).append(inclusion.index()).append('\n');
        inclusion.hashes().forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
