package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.Tile;
import dev.matrix.security.tree.TreeHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the log as the files that any tlog client reads (C2SP tlog-tiles): {@code checkpoint}, {@code tile/L/N} and {@code
 * tile/entries/N}. The checkpoint comes last, so that whoever reads meanwhile sees nothing that isn't there yet. Bundles of entries of
 * which one was deleted are left out.
 */
record TileExport(AuditStores stores) {

    void write(Path directory, Optional<String> newest) {
        String note = newest.orElseThrow(() ->
                new ConflictException("There is no checkpoint yet; one comes some seconds after the first entry."));
        long size = Checkpoint.of(SignedNote.parse(note)).size();
        try {
            for (int level = 0; size >> (Tile.HEIGHT * level) > 0; level++) {
                writeLevel(directory, level, size >> (Tile.HEIGHT * level));
            }
            for (long index = 0; index * Tile.WIDTH < size; index++) {
                writeEntries(directory, index, (int) Math.min(Tile.WIDTH, size - index * Tile.WIDTH));
            }
            Path unfinished = directory.resolve("checkpoint.new");
            Files.writeString(unfinished, note);
            Files.move(
                    unfinished,
                    directory.resolve("checkpoint"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The tiles can't be written to " + directory + ".", e);
        }
    }

    private void writeLevel(Path directory, int level, long hashes) throws IOException {
        for (long index = 0; index * Tile.WIDTH < hashes; index++) {
            Tile tile = new Tile(level, index);
            int width = (int) Math.min(Tile.WIDTH, hashes - index * Tile.WIDTH);
            byte[] bytes = stores.transactions().returning(tx -> stores.tile(tx, tile));
            write(directory.resolve(tile.path(width)), Arrays.copyOf(bytes, width * TreeHash.LENGTH));
        }
    }

    /** Each entry behind its length in two bytes. */
    private void writeEntries(Path directory, long index, int width) throws IOException {
        List<AuditLeaf> leaves = stores.transactions()
                .returning(tx -> stores.trees().leaves(tx, AuditNames.LOG, index * Tile.WIDTH, width));
        List<String> ids = leaves.stream().map(AuditLeaf::entryId).toList();
        Map<String, AuditRow> rows = new HashMap<>();
        stores.transactions().returning(tx -> stores.entries().find(tx, ids)).forEach(row -> rows.put(row.id(), row));
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (String id : ids) {
            AuditRow row = rows.get(id);
            if (row == null) {
                return;
            }
            bundle.write(row.body().length >> Byte.SIZE);
            bundle.write(row.body().length);
            bundle.write(row.body());
        }
        write(directory.resolve(Tile.entriesPath(index, width)), bundle.toByteArray());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
