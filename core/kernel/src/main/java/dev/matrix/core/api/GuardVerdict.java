package dev.matrix.core.api;

/** What an {@link ApiGuard} says. */
public sealed interface GuardVerdict {

    /** Go on. */
    record Admit() implements GuardVerdict {}

    /**
     * 403.
     *
     * @param code {@code access_denied} or {@code verification_required}
     */
    record Refuse(String code) implements GuardVerdict {}
}
