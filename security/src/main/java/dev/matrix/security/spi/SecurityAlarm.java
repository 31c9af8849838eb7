package dev.matrix.security.spi;

import java.time.Instant;

/**
 * Something that a person should look at.
 *
 * @param kind what kind of thing
 * @param detail for people: what happened, and what to do; holds no secret
 * @param at store time
 */
public record SecurityAlarm(Kind kind, String detail, Instant at) {

    /** What kind of thing. */
    public enum Kind {
        /** Data about where addresses are were refused, or are old. */
        GEO_SOURCE,
        /** The sealed secret of a second factor was altered, or was written by a newer version of the software. */
        DEVICE_UNREADABLE,
        /** The audit log doesn't continue what was signed: nothing is numbered or signed any more. */
        AUDIT_HALTED,
        /** An entry of the audit log was deleted before it had a number. */
        AUDIT_ENTRY_MISSING,
        /** Buffered entries of the audit log were dropped, as the store was away. */
        AUDIT_DROPPED,
        /** An anchor doesn't answer, or answers nonsense. */
        AUDIT_ANCHOR,
        /** A sink doesn't take entries. */
        AUDIT_SINK
    }
}
