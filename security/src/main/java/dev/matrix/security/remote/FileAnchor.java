package dev.matrix.security.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.matrix.security.spi.CheckpointAnchor;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.SignedNote;
import dev.matrix.security.tree.TreeFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Appends checkpoints to a file, each behind a line of dashes; made by {@link CheckpointAnchor#file}. */
public final class FileAnchor implements CheckpointAnchor {

    private static final String SEPARATOR = "-----\n";

    private final String name;
    private final Path file;

    /** As {@link CheckpointAnchor#file} says. */
    public FileAnchor(String name, Path file) {
        this.name = requireNonNull(name, "name");
        this.file = requireNonNull(file, "file");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized List<String> publish(String note) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((SEPARATOR + note).getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint can't be appended to " + file + ".", e);
        }
    }

    /** A note that a crash cut short is passed over. */
    @Override
    public synchronized Optional<String> latest(String origin) {
        try {
            String all = Files.exists(file) ? Files.readString(file) : "";
            return Stream.of(all.split(SEPARATOR, -1))
                    .filter(note -> isOf(origin, note))
                    .max(Comparator.comparingLong(
                            note -> Checkpoint.of(SignedNote.parse(note)).size()));
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints in " + file + " can't be read.", e);
        }
    }

    private static boolean isOf(String origin, String note) {
        try {
            return Checkpoint.of(SignedNote.parse(note)).origin().equals(origin);
        } catch (TreeFormatException e) {
            return false;
        }
    }
}
