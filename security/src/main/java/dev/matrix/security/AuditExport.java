package dev.matrix.security;

import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditRecord;
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
import java.util.Objects;
import java.util.function.Function;

/** Writes the log out, page by page, each read in a transaction of its own and written after it. */
record AuditExport(AuditStores stores, AuditReader reader) {

    private static final int PAGE = 256;
    private static final String LINE_SEPARATOR = "\u2028";
    private static final String PARAGRAPH_SEPARATOR = "\u2029";

    /** For {@code AuditVerifier}: from 0 without gaps, the bodies byte for byte. */
    void tree(String origin, OutputStream out) {
        write(out, "matrix-audit-export/1 " + origin + "\n");
        pages(0, out, this::treePage);
    }

    /** One body per line, as JSON; what would break a line in some reader is escaped. */
    void jsonLines(long fromSeq, OutputStream out) {
        lines(fromSeq, entry -> escaped(entry.body()), out);
    }

    /** One line per entry that has a body, as {@code form} writes it. */
    void lines(long fromSeq, Function<AuditRecord, String> form, OutputStream out) {
        pages(fromSeq, out, (tx, leaves, rows, size) -> {
            StringBuilder page = new StringBuilder();
            List<AuditRow> there = leaves.stream()
                    .map(leaf -> rows.get(leaf.entryId()))
                    .filter(Objects::nonNull)
                    .toList();
            reader.records(tx, there)
                    .forEach(entry -> page.append(form.apply(entry)).append('\n'));
            return page.toString();
        });
    }

    /** Writes a page of entries. */
    private interface PageForm {

        String write(Tx tx, List<AuditLeaf> leaves, Map<String, AuditRow> rows, long size);
    }

    private void pages(long fromSeq, OutputStream out, PageForm form) {
        long size = stores.transactions()
                .returning(tx -> stores.trees().head(tx, AuditNames.LOG))
                .map(AuditHead::size)
                .orElse(0L);
        for (long from = fromSeq; from < size; from += PAGE) {
            long first = from;
            write(out, stores.transactions().returning(tx -> page(tx, first, size, form)));
        }
    }

    private String page(Tx tx, long from, long size, PageForm form) {
        List<AuditLeaf> leaves = stores.trees().leaves(tx, AuditNames.LOG, from, (int) Math.min(PAGE, size - from));
        Map<String, AuditRow> rows = new HashMap<>();
        stores.entries()
                .find(tx, leaves.stream().map(AuditLeaf::entryId).toList())
                .forEach(row -> rows.put(row.id(), row));
        return form.write(tx, leaves, rows, size);
    }

    private String treePage(Tx tx, List<AuditLeaf> leaves, Map<String, AuditRow> rows, long size) {
        MerkleTree hashes = stores.tree(tx, size);
        StringBuilder page = new StringBuilder();
        for (AuditLeaf leaf : leaves) {
            AuditRow row = rows.get(leaf.entryId());
            page.append(leaf.seq())
                    .append(row == null ? " h " : " e ")
                    .append(
                            row == null
                                    ? hashes.leaf(leaf.seq()).toString()
                                    : Base64.getEncoder().encodeToString(row.body()))
                    .append('\n');
        }
        return page.toString();
    }

    private static String escaped(String body) {
        return body.replace(LINE_SEPARATOR, "\\u2028").replace(PARAGRAPH_SEPARATOR, "\\u2029");
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The export can't be written any further.", e);
        }
    }
}
