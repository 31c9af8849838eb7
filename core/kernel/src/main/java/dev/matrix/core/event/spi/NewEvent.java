package dev.matrix.core.event.spi;

import java.util.Set;

/**
 * An event to append.
 *
 * @param row the event
 * @param fingerprint SHA-256 of its content, by which a repetition is told from a conflict
 * @param queuedFor subscribers that get a queue row, due at once
 * @param addressed all subscribers that this publisher served, inline ones too: {@link DispatchStore#addMissing} adds no
 *     row for these
 * @param ownId whether the id is the host's own; else the log has just made it, and no other event has it
 */
public record NewEvent(EventRow row, byte[] fingerprint, Set<String> queuedFor, Set<String> addressed, boolean ownId) {

    /** Whether there may be an event already that has its id or its key. */
    public boolean mayBeTaken() {
        return ownId || row.key() != null;
    }
}
