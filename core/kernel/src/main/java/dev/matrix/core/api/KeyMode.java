package dev.matrix.core.api;

/** What an operation does with the header {@code Idempotency-Key}. GET, PUT and DELETE always ignore it. */
public enum KeyMode {

    /** Ignored: the operation changes nothing, or keeps its own transactions; {@link ApiContext#tx()} is refused. */
    UNUSED,

    /**
     * With a key the operation runs once, and its reply, of at most {@link
     * dev.matrix.core.idempotency.StoredReply#LARGEST_BODY} bytes, is kept to be given again; the default of POST and PATCH.
     */
    OPTIONAL,

    /** As OPTIONAL; without a key the request is refused. */
    REQUIRED,

    /** The feature keeps the key with its row; only the header's form is checked. */
    OWNED,

    /** As OWNED; without a key the request is refused. */
    OWNED_REQUIRED;

    boolean required() {
        return this == REQUIRED || this == OWNED_REQUIRED;
    }
}
