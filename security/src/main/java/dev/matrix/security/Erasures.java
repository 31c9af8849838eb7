package dev.matrix.security;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Erases persons: destroys the key that their data in the audit log are sealed by, puts a pseudonym in the place of their ids, and ends
 * their second factors. The log stays whole and verifies as before. What other modules keep of an owner they erase themselves. Thread-safe.
 */
public interface Erasures {

    /** What came of it. */
    enum Outcome {
        /** The person's data can't be read any more, on any node. */
        ERASED,
        /** A hold keeps the person's data; they are erased within a minute of its release. */
        DEFERRED,
        /** Nothing is known of such a person. */
        NOTHING_KNOWN
    }

    /**
     * What came of it.
     *
     * @param pseudonym what stands for the person from now on; null: nothing is known of such a person
     * @param holdId the hold that defers it; null: none does
     */
    record ErasureReceipt(
            Outcome outcome,
            @Nullable String pseudonym,
            @Nullable String holdId) {}

    /** Erases a person; an owner itself is the {@link Subject} with the owner's own id. Again: nothing is known. */
    ErasureReceipt erase(Subject subject, Actor by);

    /** As {@link #erase(Subject, Actor)}, in the caller's transaction. */
    ErasureReceipt erase(Tx tx, Subject subject, Actor by);

    /**
     * The pseudonyms of those who were erased. Keep them apart from this database, and {@link #reapply} them after a backup of it was
     * restored.
     */
    Page<String> pseudonyms(PageRequest page);

    /**
     * Erases again whoever a pseudonym stands for.
     *
     * @return whether there was anything to erase
     */
    boolean reapply(String pseudonym, Actor by);

    /** As {@link #reapply(String, Actor)}, in the caller's transaction. */
    boolean reapply(Tx tx, String pseudonym, Actor by);
}
