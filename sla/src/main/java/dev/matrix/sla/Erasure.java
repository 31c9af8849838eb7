package dev.matrix.sla;

import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Replaces an owner by a pseudonym that nothing links to it. */
record Erasure(SlaStores stores, Records records, Bindings bindings, Ids ids, InstantSource clock) {

    private static final int PAGE = 1_000;

    int erase(Tx tx, Owner owner) {
        Instant end = Counting.nextMinute(clock.instant());
        for (var page = stores.bindings().page(tx, owner, PageRequest.first(PAGE)); ; ) {
            page.items().forEach(bound -> end(tx, Subscribed.of(bound, records.text()), end));
            String cursor = page.nextCursor();
            if (cursor == null) {
                break;
            }
            page = stores.bindings().page(tx, owner, PageRequest.after(cursor, PAGE));
        }
        Owner pseudonym = Owner.user(ids.next("erased"));
        int subscriptions = stores.bindings().rename(tx, owner, pseudonym);
        stores.alerts().rename(tx, owner, pseudonym);
        stores.statements().rename(tx, owner, pseudonym);
        stores.credits().rename(tx, owner, pseudonym);
        stores.charges().rename(tx, owner, pseudonym);
        return subscriptions;
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
