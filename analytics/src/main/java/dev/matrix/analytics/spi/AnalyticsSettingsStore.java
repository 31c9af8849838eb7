package dev.matrix.analytics.spi;

import dev.matrix.core.spi.Tx;
import java.util.Optional;

/** What the rollups were made with: one row, which is also the lock between those who add to rollups and who makes them anew. */
public interface AnalyticsSettingsStore {

    /**
     * The stored settings.
     *
     * @param revision raised with each change
     * @param text all that decides what the rollups hold
     */
    record SettingsRow(int revision, String text) {}

    /** Stores the first settings; false, and nothing is changed, where there are some. */
    boolean insert(Tx tx, SettingsRow row);

    /** The row as it is; empty before the first insert. */
    Optional<SettingsRow> find(Tx tx);

    /** The row, held until the transaction ends so that {@link #lock} waits; others may hold it at the same time. */
    Optional<SettingsRow> share(Tx tx);

    /** The row, locked until the transaction ends: waits for all who share it, and they wait for this one. */
    Optional<SettingsRow> lock(Tx tx);

    /** Replaces the row; call it with the row locked. */
    void replace(Tx tx, SettingsRow row);
}
