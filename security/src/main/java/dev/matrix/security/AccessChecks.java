package dev.matrix.security;

import java.util.List;
import java.util.Set;

/** Decides on each request. Thread-safe; a decision from known rules reads memory alone. */
public interface AccessChecks {

    /**
     * Whether the caller may: the strictest of what the platform, the owner, its groups, the key and the level say. What
     * fails within is a denial, never an exception. Decide before a transaction begins: inside one, what has to be read can't be.
     */
    AccessDecision decide(AccessRequest request);

    /** The decision as {@link #decide} would make it, and why; nothing is recorded or counted. */
    AccessExplanation explain(AccessRequest request);

    /**
     * The decision as it would be with other IP rules; nothing is recorded or counted.
     *
     * @param added rules in their scopes, as if they were there; their ids may be empty
     * @param removedIds rules as if they were gone
     */
    AccessDecision preview(List<IpRule> added, Set<String> removedIds, AccessRequest request);
}
