package dev.matrix.tax.id;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.TaxIdChecked;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdRow;
import dev.matrix.tax.spi.TaxIdStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stored rows: each change is guarded by the row's version, and a new answer commits with its events. */
final class Ledger {

    private static final int TRIES = 8;

    private final Transactions transactions;
    private final TaxIdStore store;
    private final EventLog events;
    private final RecentRows recent;
    private final @Nullable TaxId requester;
    private final BiFunction<Tx, TaxId, List<String>> relyingTransactions;

    Ledger(
            Transactions transactions,
            TaxIdStore store,
            EventLog events,
            RecentRows recent,
            @Nullable TaxId requester,
            BiFunction<Tx, TaxId, List<String>> relyingTransactions) {
        this.transactions = transactions;
        this.store = store;
        this.events = events;
        this.recent = recent;
        this.requester = requester;
        this.relyingTransactions = relyingTransactions;
    }

    /** The row as this node last saw it, read where that is too long ago. */
    Optional<TaxIdRow> recent(TaxId id) {
        RecentRows.Seen seen = recent.get(id);
        return seen == null ? transactions.returning(tx -> find(tx, id)) : Optional.ofNullable(seen.row());
    }

    /** Remembered once the transaction has committed, as it may have written the row itself. */
    Optional<TaxIdRow> find(Tx tx, TaxId id) {
        Optional<TaxIdRow> found = store.find(tx, id);
        tx.afterCommit(() -> recent.put(id, found.orElse(null)));
        return found;
    }

    /** Sees to it that the id will be asked about: at once, or when its answer is no longer kept. */
    TaxIdRow schedule(Tx tx, TaxId id, Instant now) {
        return untilItHolds(id, () -> {
            TaxIdRow row = store.find(tx, id).orElse(null);
            if (row == null) {
                TaxIdRow added = TaxIdRow.pending(id, now);
                return store.insert(tx, added) ? seenAfterCommit(tx, added) : null;
            }
            return row.dueAt() == null ? replace(tx, CheckRules.scheduled(row, now)) : row;
        });
    }

    /**
     * Stores an answer, and publishes it where it is a new one.
     *
     * @param mayWrite asked in the transaction; where it says no, nothing is written and the row stays as it is
     */
    TaxIdRow record(TaxId id, TaxIdAnswer answer, Instant now, Predicate<Tx> mayWrite) {
        return untilItHolds(id, () -> transactions.returning(tx -> store(tx, id, answer, now, mayWrite)));
    }

    private @Nullable TaxIdRow store(Tx tx, TaxId id, TaxIdAnswer answer, Instant now, Predicate<Tx> mayWrite) {
        TaxIdRow former = store.find(tx, id).orElse(null);
        TaxIdRow row = former == null ? TaxIdRow.pending(id, now) : former;
        if (!mayWrite.test(tx)) {
            return row;
        }
        if (former == null && !store.insert(tx, row)) {
            return null;
        }
        List<Owner> watchers = store.watchers(tx, id);
        TaxIdRow written = replace(tx, CheckRules.after(row, answer, requester, now, !watchers.isEmpty()));
        if (written != null && written.standing() != row.standing()) {
            publish(tx, written, previous(former), watchers.isEmpty() ? List.of(Owner.platform()) : watchers, now);
        }
        return written;
    }

    private static @Nullable String previous(@Nullable TaxIdRow former) {
        if (former == null) {
            return null;
        }
        TaxIdStatus standing = former.standing();
        return word(standing == null ? former.status() : standing);
    }

    private static String word(TaxIdStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private void publish(Tx tx, TaxIdRow row, @Nullable String previous, List<Owner> owners, Instant now) {
        String id = row.id().text();
        List<String> relying = relyingTransactions.apply(tx, row.id());
        List<EventDraft> drafts = owners.stream()
                .map(owner -> TaxIdChecked.builder()
                        .id(id)
                        .owner(owner)
                        .taxId(id)
                        .previous(previous)
                        .status(word(row.status()))
                        .checkedAt(now)
                        .transactionIds(relying)
                        .build())
                .map(BillingEvent::of)
                .toList();
        events.publishAll(tx, drafts);
    }

    private @Nullable TaxIdRow replace(Tx tx, TaxIdRow row) {
        return store.replaceIfVersion(tx, row) ? seenAfterCommit(tx, row.withVersion(row.version() + 1)) : null;
    }

    private TaxIdRow seenAfterCommit(Tx tx, TaxIdRow row) {
        tx.afterCommit(() -> recent.put(row.id(), row));
        return row;
    }

    /** Repeats a change that lost against another one; each loss means that somebody else got on. */
    private static TaxIdRow untilItHolds(TaxId id, Supplier<@Nullable TaxIdRow> change) {
        for (int tries = 1; tries <= TRIES; tries++) {
            TaxIdRow row = change.get();
            if (row != null) {
                return row;
            }
        }
        throw new ConflictException("The row of tax id " + id + " kept changing meanwhile; try again.");
    }
}
