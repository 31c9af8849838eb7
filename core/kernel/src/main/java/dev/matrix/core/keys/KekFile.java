package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyEncryptionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key file behind {@link KeyEncryptionKey#file}. */
final class KekFile {

    private static final Logger LOG = LoggerFactory.getLogger(KekFile.class);

    private KekFile() {}

    /** Reads the key file, and makes it first when it is missing. */
    static KeyEncryptionKey readOrCreate(Path path) {
        try {
            try {
                return read(path);
            } catch (NoSuchFileException missing) {
                create(path);
                return read(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + path + " can't be read or made.", e);
        }
    }

    private static LocalKek read(Path path) throws IOException {
        return LocalKek.parse("The key file " + path, Files.readAllBytes(path));
    }

    /** Private from its first moment, and on disk before any secret depends on it. Another process may be faster. */
    private static void create(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IllegalStateException("The file system of " + path + " can't make a file readable by its owner"
                    + " alone. Use KeyEncryptionKey.fromEnvironment(): " + LocalKek.HOW_TO_GENERATE + ".");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        SecureRandom random = new SecureRandom();
        String id = "file-" + HexFormat.of().toHexDigits(random.nextInt());
        byte[] text = new LocalKek(id, AesKey.random(random), random).text();
        try (SeekableByteChannel file = Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            LOG.warn(
                    "Made the key file {}. It is for trials: a key beside its data protects nothing. In production use"
                            + " KeyEncryptionKey.fromEnvironment() or a key service.",
                    path);
        } catch (FileAlreadyExistsException e) {
            LOG.info("Another process made the key file {} first; it is used.", path);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }
}
