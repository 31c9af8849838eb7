package dev.matrix.core.api;

/** Who may call an operation; each states it. */
public sealed interface Access {

    /** Principals with exactly this scope, {@code area:verb}. */
    record Scope(String name) implements Access {}

    /** Every authenticated principal. */
    record AnyKey() implements Access {}

    /** Of the principals that an operation admits, whose acts they are. */
    enum Callers {
        /** Each caller acts for its own owner, an operator for every owner. */
        OWNERS,

        /** Only operators: the operation decides for the seller or the platform, or states what only they can know. */
        OPERATORS
    }

    /**
     * Everybody.
     *
     * @param why the reason, for reviewers
     */
    record Anonymous(String why) implements Access {}
}
