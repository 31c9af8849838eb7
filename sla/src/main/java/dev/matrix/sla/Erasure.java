package dev.matrix.sla;

import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces an owner by a pseudonym that nothing links to it. */
record Erasure(SlaStores stores, Records records, Bindings bindings, Ids ids, InstantSource clock) {

    private static final int PAGE = 1_000;

    int erase(Tx tx, Owner owner) {
        Instant end = Counting.nextMinute(clock.instant());
        for (var page = stores.bindings().page(tx, owner, PageRequest.first(PAGE)); ; ) {
            page.items()
                    .forEach(bound ->
                            end(tx, bindings.locked(tx, bound.subscription().id()), end));
            String cursor = page.nextCursor();
            if (cursor == null) {
                break;
            }
            page = stores.bindings().page(tx, owner, PageRequest.after(cursor, PAGE));
        }
        forgetNotes(tx, owner);
        Owner pseudonym = Owner.user(ids.next("erased"));
        int subscriptions = stores.bindings().rename(tx, owner, pseudonym);
        stores.alerts().rename(tx, owner, pseudonym);
        stores.statements().rename(tx, owner, pseudonym);
        stores.credits().rename(tx, owner, pseudonym);
        stores.charges().rename(tx, owner, pseudonym);
        return subscriptions;
    }

    /** What people wrote about the owner's alerts goes. */
    private void forgetNotes(Tx tx, Owner owner) {
        @Nullable String cursor = null;
        do {
            Page<AlertRow> page = stores.alerts().page(tx, owner, null, false, new PageRequest(PAGE, cursor));
            for (AlertRow row : page.items()) {
                SlaAlert alert = records.text().read(row.json(), SlaAlert.class);
                if (alert.note() != null) {
                    String without = records.text().of(AlertRules.noted(alert, alert.acknowledgedBy(), null));
                    stores.alerts()
                            .replaceIfVersion(
                                    tx,
                                    new AlertRow(
                                            row.id(),
                                            row.subscription(),
                                            owner,
                                            row.version() + 1,
                                            row.openKey(),
                                            without));
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private void end(Tx tx, Subscribed subscribed, Instant end) {
        List<SlaBinding> ended = new ArrayList<>();
        for (SlaBinding binding : subscribed.bindings()) {
            if (binding.to() != null && !binding.to().isAfter(end)) {
                ended.add(binding);
            } else if (binding.from().isBefore(end)) {
                ended.add(binding.until(end));
            }
        }
        if (!ended.equals(subscribed.bindings())) {
            bindings.replace(tx, subscribed.row(), ended, Bindings.HOST);
        }
    }
}
