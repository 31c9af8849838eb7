package dev.matrix.security.verify;

/**
 * Something that is wrong with a log.
 *
 * @param detail where, and what was found there; for people
 */
public record Finding(Code code, String detail) {

    /** What is wrong. */
    public enum Code {
        /** An entry isn't what was sequenced. */
        ALTERED_BODY,
        /** An entry is gone, and nothing says that it was pruned. */
        MISSING_BODY,
        /** The entries give another root than was signed. */
        WRONG_ROOT,
        /** The log has fewer entries than a checkpoint says. */
        SHORTER_THAN_CHECKPOINT,
        /** The log doesn't continue what it was at an earlier checkpoint. */
        NOT_CONSISTENT,
        /** A checkpoint isn't signed by the log's key. */
        BAD_SIGNATURE,
        /** What an entry is found by isn't what its body says. */
        INDEX_DRIFT,
        /** Entries have been waiting for their number for more than 5 minutes. */
        STUCK_QUEUE
    }

    /** {@code WRONG_ROOT: …}. */
    @Override
    public String toString() {
        return code + ": " + detail;
    }
}
