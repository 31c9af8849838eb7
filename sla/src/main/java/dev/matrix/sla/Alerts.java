package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import org.jspecify.annotations.Nullable;

/** Notes who takes care of an alert. */
record Alerts(SlaStores stores, Text text, Runnable changed) {

    SlaAlert acknowledge(Tx tx, String id, String by, @Nullable String note) {
        Requirements.name(by, "by");
        if (note != null) {
            Requirements.text(note, "note");
        }
        AlertRow row = stores.alerts().find(tx, id).orElseThrow(() -> new NotFoundException("No alert " + id + "."));
        SlaAlert alert = text.read(row.json(), SlaAlert.class);
        if (alert.state() != AlertState.OPEN) {
            throw new ConflictException("Alert " + id + " is resolved.");
        }
        SlaAlert noted = AlertRules.noted(alert, by, note);
        if (!stores.alerts()
                .replaceIfVersion(
                        tx,
                        new AlertRow(
                                id,
                                row.subscription(),
                                row.owner(),
                                row.version() + 1,
                                row.openKey(),
                                text.of(noted)))) {
            throw new ConflictException("Alert " + id + " has changed at the same time; read it again.");
        }
        tx.afterCommit(changed);
        return noted;
    }
}
