package dev.matrix.analytics;

import dev.matrix.analytics.spi.AnalyticsSettingsStore;
import dev.matrix.analytics.spi.AnalyticsSettingsStore.SettingsRow;
import dev.matrix.core.ConflictException;
import dev.matrix.core.spi.Tx;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that everybody adds to the rollups by the same settings, and nobody while they are rebuilt or verified: whoever adds
 * shares the settings' row, whoever needs all of them at rest locks it.
 */
record Gate(AnalyticsSettingsStore store, Settings settings) {

    private SettingsRow row() {
        return new SettingsRow(settings.revision(), settings.text());
    }

    /**
     * Stores the settings at build time.
     *
     * @return whether the stored rollups were made with those of an earlier revision, so that they must be rebuilt in this
     *     transaction
     * @throws IllegalStateException if other settings are stored under this revision, or a later one is
     */
    boolean enter(Tx tx) {
        if (store.insert(tx, row())) {
            return false;
        }
        SettingsRow stored = store.lock(tx).orElseThrow(Gate::missing);
        if (stored.revision() > settings.revision()) {
            throw new IllegalStateException("Analytics is stored with revision " + stored.revision()
                    + " of its settings and built here with revision " + settings.revision()
                    + ". Build this node with the newer settings.");
        }
        if (stored.revision() == settings.revision()) {
            if (!stored.text().equals(settings.text())) {
                throw new IllegalStateException(
                        "Analytics is stored with other settings of revision "
                                + stored.revision() + ": " + differences(stored.text(), settings.text())
                                + ". Keep them, or raise AnalyticsBuilder.revision(…) on every node, which rebuilds the rollups.");
            }
            return false;
        }
        store.replace(tx, row());
        return true;
    }

    private static String differences(String stored, String built) {
        List<String> lines = built.lines().toList();
        List<String> former = stored.lines().toList();
        List<String> differences = new ArrayList<>();
        for (String line : former) {
            if (!lines.contains(line)) {
                differences.add(line + " is stored");
            }
        }
        for (String line : lines) {
            if (!former.contains(line)) {
                differences.add(line + " is built");
            }
        }
        return String.join(", ", differences);
    }

    /** @throws ConflictException if another node has other settings by now */
    void share(Tx tx) {
        check(store.share(tx).orElseThrow(Gate::missing));
    }

    /** @throws ConflictException if another node has other settings by now */
    void lock(Tx tx) {
        check(store.lock(tx).orElseThrow(Gate::missing));
    }

    private void check(SettingsRow stored) {
        if (!stored.equals(row())) {
            throw new ConflictException("Analytics is stored with revision " + stored.revision()
                    + " of its settings by now; this node has revision " + settings.revision()
                    + " and counts nothing until it is built with the newer one.");
        }
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("The settings of analytics are gone from their store.");
    }
}
