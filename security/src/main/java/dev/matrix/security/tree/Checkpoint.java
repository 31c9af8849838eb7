package dev.matrix.security.tree;

import java.util.List;

/**
 * How large a log was, and its root then (C2SP tlog-checkpoint).
 *
 * @param origin the log's name, which is also its key's
 * @param size entries
 */
public record Checkpoint(String origin, long size, TreeHash root) {

    private static final int LINES = 3;

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    /**
     * What a note says, whoever signed it.
     *
     * @throws TreeFormatException when it is no checkpoint
     */
    public static Checkpoint of(SignedNote note) {
        String[] lines = note.text().split("\n", -1);
        boolean whole = lines.length > LINES && lines[lines.length - 1].isEmpty() && !lines[0].isEmpty();
        if (!whole) {
            throw new TreeFormatException("A checkpoint has the lines origin, size and root; this one hasn't.");
        }
        for (int i = LINES; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw new TreeFormatException("A checkpoint has no empty line in its text; this one has.");
            }
        }
        return new Checkpoint(lines[0], Decimal.parse("A checkpoint's size", lines[1]), TreeHash.parse(lines[2]));
    }

    /**
     * What a note says, if the log itself signed it.
     *
     * @param keys the log's own, new and old; all have its origin as their name
     * @throws TreeFormatException when it is no checkpoint, or another log's
     * @throws BadSignatureException when none of the keys signed it, or a signature of theirs is bad
     */
    public static Checkpoint open(SignedNote note, List<NoteKey> keys) {
        Checkpoint checkpoint = of(note);
        if (keys.stream().noneMatch(key -> key.name().equals(checkpoint.origin))) {
            throw new TreeFormatException("This is a checkpoint of the log " + checkpoint.origin + "; the key is of "
                    + keys.get(0).name() + ".");
        }
        note.requireSignedBy(keys);
        return checkpoint;
    }
}
