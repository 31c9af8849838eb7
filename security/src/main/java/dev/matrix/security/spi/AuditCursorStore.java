package dev.matrix.security.spi;

import dev.matrix.core.spi.Tx;

/** How far the log has been sent to whom. */
public interface AuditCursorStore {

    /** The number of the next entry; 0 where there is no cursor of that name. */
    long find(Tx tx, String name);

    /** Moves a cursor from {@code from}, where it must still be, and returns true; else changes nothing and returns false. */
    boolean advance(Tx tx, String name, long from, long to);

    /** Sets a cursor, wherever it was. */
    void put(Tx tx, String name, long next);
}
