package dev.matrix.security;

import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.MerkleTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the log out, page by page, each read in a transaction of its own and written after it. */
record AuditExport(AuditStores stores) {

    private static final int PAGE = 256;
    private static final String LINE_SEPARATOR = "\u2028";
    private static final String PARAGRAPH_SEPARATOR = "\u2029";

    /** For {@code AuditVerifier}: from 0 without gaps, the bodies byte for byte. */
    void tree(String origin, OutputStream out) {
        write(out, "matrix-audit-export/1 " + origin + "\n");
        pages(0, out, true);
    }

    /** One body per line, as JSON; what would break a line in some reader is escaped. */
    void jsonLines(long fromSeq, OutputStream out) {
        pages(fromSeq, out, false);
    }

    private void pages(long fromSeq, OutputStream out, boolean tree) {
        long size = stores.transactions()
                .returning(tx -> stores.trees().head(tx, AuditNames.LOG))
                .map(AuditHead::size)
                .orElse(0L);
        for (long from = fromSeq; from < size; from += PAGE) {
            long first = from;
            write(out, stores.transactions().returning(tx -> page(tx, first, size, tree)));
        }
    }

    private String page(Tx tx, long from, long size, boolean tree) {
        List<AuditLeaf> leaves = stores.trees().leaves(tx, AuditNames.LOG, from, (int) Math.min(PAGE, size - from));
        Map<String, AuditRow> rows = new HashMap<>();
        stores.entries()
                .find(tx, leaves.stream().map(AuditLeaf::entryId).toList())
                .forEach(row -> rows.put(row.id(), row));
        MerkleTree hashes = stores.tree(tx, size);
        StringBuilder page = new StringBuilder();
        for (AuditLeaf leaf : leaves) {
            AuditRow row = rows.get(leaf.entryId());
            if (tree) {
                page.append(leaf.seq())
                        .append(row == null ? " h " : " e ")
                        .append(
                                row == null
                                        ? hashes.leaf(leaf.seq()).toString()
                                        : Base64.getEncoder().encodeToString(row.body()))
                        .append('\n');
            } else if (row != null) {
                page.append(escaped(row.body())).append('\n');
            }
        }
        return page.toString();
    }

    private static String escaped(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .replace(LINE_SEPARATOR, "\\u2028")
                .replace(PARAGRAPH_SEPARATOR, "\\u2029");
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The export can't be written any further.", e);
        }
    }
}
