package dev.matrix.core.spi;

import dev.matrix.core.MatrixException;
import org.jspecify.annotations.Nullable;

/** A call that ended without a reply's head. The message names the host, never headers or body. */
public final class TransportException extends MatrixException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as the transport can tell. */
    public enum Kind {
        /** The name didn't resolve. */
        DNS,
        /** No connection: refused, unreachable, connect timeout. */
        CONNECT,
        /** The TLS handshake failed. */
        TLS,
        /** The certificate is for another host. */
        TLS_HOSTNAME,
        /** Every address of the host is one that {@link AddressPolicy} refuses. */
        ADDRESS_BLOCKED,
        /** The call's time ran out. */
        TIMEOUT,
        /** The connection was lost after the request began. */
        RESET,
        /** Anything else. */
        OTHER
    }

    private final Kind kind;
    private final boolean sent;

    /**
     * @param kind what went wrong
     * @param sent false only where no byte of the request can have left
     */
    public TransportException(Kind kind, boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.sent = sent;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** False only where no byte of the request can have left this machine: then the far side has certainly not acted. */
    public boolean sent() {
        return sent;
    }
}
