package dev.matrix.okhttp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that was used before had ended, or been made unusable by its peer, before the request was written in full. So the
 * peer can't have acted on it, and it may be sent on another (RFC 9110, section 9.2.2).
 */
final class PeerEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    PeerEndedException(@Nullable IOException cause) {
        super("the peer had ended the connection", cause);
    }
}
