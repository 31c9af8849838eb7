package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SlaExclusionChanged;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ExclusionStore.ExclusionRow;
import java.time.InstantSource;
import java.util.Locale;

/** Keeps exclusions; who evaluates and closes follows them. */
record Exclusions(SlaStores stores, Text text, EventLog events, Ids ids, InstantSource clock, Runnable changed) {

    private static final int MOST = 10_000;

    Exclusion exclude(Tx tx, Exclusion exclusion) {
        if (exclusion.announcedAt().isAfter(clock.instant())) {
            throw new InvalidRequestException("announcedAt lies in the future.");
        }
        if (stores.exclusions().inForce(tx).size() >= MOST) {
            throw new ConflictException("There are " + MOST + " exclusions in force; cancel some first.");
        }
        Exclusion kept = exclusion.withId(ids.next("exc"));
        String id = String.valueOf(kept.id());
        stores.exclusions().insert(tx, new ExclusionRow(id, kept.from(), false, text.of(kept)));
        publish(tx, id, kept, kept.by(), false);
        tx.afterCommit(changed);
        return kept;
    }

    Exclusion cancel(Tx tx, String id, String by) {
        Requirements.name(by, "by");
        Exclusion kept = stores.exclusions()
                .find(tx, id)
                .map(row -> text.read(row.json(), Exclusion.class).withId(id))
                .orElseThrow(() -> new NotFoundException("No exclusion " + id + "."));
        if (!stores.exclusions().cancel(tx, id)) {
            throw new ConflictException("Exclusion " + id + " was cancelled before.");
        }
        publish(tx, id, kept, by, true);
        tx.afterCommit(changed);
        return kept;
    }

    private void publish(Tx tx, String id, Exclusion exclusion, String by, boolean cancelled) {
        SlaExclusionChanged.Exclusion body = new SlaExclusionChanged.Exclusion(
                Words.of(exclusion.scope().kind()),
                exclusion.scope().id(),
                exclusion.from(),
                exclusion.to(),
                exclusion.recurrence() == null
                        ? null
                        : exclusion.recurrence().name().toLowerCase(Locale.ROOT),
                Words.of(exclusion.kind()),
                Words.of(exclusion.mode()),
                exclusion.reason(),
                exclusion.announcedAt(),
                cancelled);
        events.publish(
                tx,
                BillingEvent.of(new SlaExclusionChanged(id, Owner.platform(), body, by))
                        .withKey(Names.key("sla:exclusion", id, Boolean.toString(cancelled))));
    }
}
