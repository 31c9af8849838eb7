package dev.matrix.security.spi;

import dev.matrix.core.spi.Tx;
import java.util.Optional;

/** The policies that were changed; a scope without a row has the standard one, at version 0. */
public interface AccessPolicyStore {

    /** A scope's policy. */
    Optional<AccessPolicyRow> find(Tx tx, String scope);

    /**
     * Writes a policy if the stored version is {@code row.version() − 1}, or if there is none and that is 0; else changes
     * nothing and returns false. Concurrent callers: one wins.
     */
    boolean replaceIfVersion(Tx tx, AccessPolicyRow row);
}
