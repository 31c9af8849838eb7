package dev.matrix.security.spi;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.security.remote.FileAnchor;
import dev.matrix.security.remote.HttpAnchor;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps signed checkpoints where nobody who can write to the log's database can: by it a log that was rewritten, or restored from a backup,
 * is found out. It may block on a network: it is never called inside a transaction. What it answers is believed as far as the log's own
 * key has signed it. Thread-safe. The test-jar's {@code CheckpointAnchorContract} tells whether an implementation keeps to this.
 */
public interface CheckpointAnchor {

    /** {@code [a-z0-9-]{1,40}}, unique. */
    String name();

    /**
     * Keeps a checkpoint, durably when it returns; one that it has already, or a smaller one, does no harm.
     *
     * @param note C2SP tlog-checkpoint
     * @return lines of signatures that others put below it, such as a witness's; none where nobody does
     * @throws RuntimeException when it can't now; it is asked again
     */
    List<String> publish(String note);

    /**
     * The largest checkpoint of a log that it has.
     *
     * @throws RuntimeException when it can't say now
     */
    Optional<String> latest(String origin);

    /** Appends to a file, on another machine's disk if it is to help against who has this one. */
    static CheckpointAnchor file(String name, Path file) {
        return new FileAnchor(name, file);
    }

    /**
     * Posts each checkpoint as {@code text/plain}, whose answer may hold lines of signatures, and gets the latest from the same address: 404
     * means none.
     *
     * @param target https, or http to this machine
     */
    static CheckpointAnchor http(String name, HttpTransport transport, URI target) {
        return new HttpAnchor(name, transport, target);
    }
}
