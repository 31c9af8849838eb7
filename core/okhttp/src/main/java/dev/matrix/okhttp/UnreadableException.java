package dev.matrix.okhttp;

import java.net.ProtocolException;

/** The far side doesn't speak HTTP as it should. The message says how, and quotes nothing that it sent. */
final class UnreadableException extends ProtocolException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String what) {
        super(what);
    }
}
