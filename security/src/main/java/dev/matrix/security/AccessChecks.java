package dev.matrix.security;

/** Decides on each request. Thread-safe; a decision from known rules reads memory alone. */
public interface AccessChecks {

    /**
     * Whether the caller may: the strictest of what the platform, the owner, its groups, the key and the level say. What
     * fails within is a denial, never an exception. Decide before a transaction begins: inside one, what has to be read can't be.
     */
    AccessDecision decide(AccessRequest request);
}
