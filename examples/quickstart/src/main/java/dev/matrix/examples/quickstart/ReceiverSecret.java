package dev.matrix.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's copy of the endpoints' secret. Matrix keeps its own sealed and shows it once, at registration; a receiver
 * has to keep it, and here that is a file which only its owner can read.
 */
final class ReceiverSecret {

    private static final int BYTES = 32;

    private ReceiverSecret() {}

    /** The file in a data folder. */
    static Path file(Path data) {
        return data.resolve("receiver-secret");
    }

    /**
     * The secret of a data folder, on disk before any endpoint has it.
     *
     * @param given what the folder's first run was given; null: a random one
     * @throws InvalidRequestException when a later run gives another, or the file can't be read or made
     */
    static String agree(Path data, @Nullable String given, RandomGenerator random) {
        Path file = file(data);
        try {
            String kept = Files.readString(file, UTF_8);
            if (given != null && !given.equals(kept)) {
                throw new InvalidRequestException(
                        "--secret: the endpoints in " + data + " have another secret, that in " + file
                                + ". Leave --secret out, or choose another folder with --data.");
            }
            return kept;
        } catch (NoSuchFileException none) {
            return keep(file, given == null ? random(random) : given);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static String random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /** Moved into place whole: a kill while it is written leaves no half secret behind. */
    private static String keep(Path file, String secret) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, secret, UTF_8, StandardOpenOption.SYNC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return secret;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static InvalidRequestException failure(Path file, IOException e) {
        return new InvalidRequestException("The file " + file + " can't be read or made (" + e + ").", e);
    }
}
