package dev.matrix.core.api;

/** Who may call an operation; each states it (H10). */
public sealed interface Access {

    /** Principals with exactly this scope, {@code area:verb}. */
    record Scope(String name) implements Access {}

    /** Every authenticated principal. */
    record AnyKey() implements Access {}

    /**
     * Everybody.
     *
     * @param why the reason, for reviewers
     */
    record Anonymous(String why) implements Access {}
}
