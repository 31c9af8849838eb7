package dev.matrix.security.verify;

import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.Frontier;
import dev.matrix.security.tree.TreeHash;
import dev.matrix.security.verify.Finding.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/**
 * Reads an export of form TREE line by line and compares the root at the size of each checkpoint. It keeps one hash per level of the
 * tree. Not thread-safe.
 */
final class ExportCheck {

    private static final String HEADER = "matrix-audit-export/1 ";
    private static final int MOST_FINDINGS = 100;

    private final List<Finding> findings = new ArrayList<>();
    private final Frontier tree = new Frontier();
    private final List<Compared> compared = new ArrayList<>();
    private boolean whole = true;
    private long pruned;

    /** A checkpoint, and what is wrong where the export gives another root. */
    private record Compared(Checkpoint checkpoint, Code otherRoot) {}

    /** The root at this checkpoint's size must be its own; else that is told as {@code otherRoot}. */
    void compare(Checkpoint checkpoint, Code otherRoot) {
        compared.add(new Compared(checkpoint, otherRoot));
    }

    /**
     * Reads all.
     *
     * @return the origin in its first line
     * @throws UnusableException when it is no export
     */
    String read(BufferedReader lines) throws IOException {
        String header = lines.readLine();
        if (header == null || !header.startsWith(HEADER) || header.length() == HEADER.length()) {
            throw new UnusableException(
                    "An export begins with '" + HEADER + "' and the log's origin; this file doesn't.");
        }
        compareRoots();
        long next = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            next = read(line, next);
        }
        for (Compared each : compared) {
            if (each.checkpoint().size() > next) {
                tell(
                        Code.SHORTER_THAN_CHECKPOINT,
                        "the export ends after " + next + " entries; a checkpoint has "
                                + each.checkpoint().size() + ".");
            }
        }
        return header.substring(HEADER.length());
    }

    /** Reads one entry; returns the number that comes next. */
    private long read(String line, long next) {
        String[] parts = line.split(" ", 3);
        try {
            long seq = Long.parseLong(parts[0]);
            byte[] bytes = Base64.getDecoder().decode(parts[2]);
            boolean body = parts[1].equals("e");
            if (seq < next || !(body || parts[1].equals("h"))) {
                return altered(next);
            }
            if (seq > next) {
                whole = false;
                tell(
                        Code.MISSING_BODY,
                        "entry " + next + (seq == next + 1 ? " is" : " to " + (seq - 1) + " are")
                                + " not in the export.");
            }
            pruned += body ? 0 : 1;
            tree.add(body ? TreeHash.ofLeaf(bytes) : new TreeHash(bytes));
            compareRoots();
            return seq + 1;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return altered(next);
        }
    }

    private long altered(long next) {
        whole = false;
        tell(Code.ALTERED_BODY, "the line of entry " + next + " can't be read.");
        return next + 1;
    }

    private void compareRoots() {
        for (Compared each : compared) {
            Checkpoint checkpoint = each.checkpoint();
            if (whole && checkpoint.size() == tree.size() && !tree.root().equals(checkpoint.root())) {
                tell(
                        each.otherRoot(),
                        "the first " + tree.size() + " entries have the root " + tree.root() + "; the checkpoint has "
                                + checkpoint.root() + ".");
            }
        }
    }

    private void tell(Code code, String detail) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(code, detail));
        }
    }

    List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    /** {@code 12 entries, 2 of them pruned, root …}. */
    String summary() {
        return tree.size() + " entries" + (pruned == 0 ? "" : ", " + pruned + " of them pruned") + ", root "
                + tree.root();
    }
}
