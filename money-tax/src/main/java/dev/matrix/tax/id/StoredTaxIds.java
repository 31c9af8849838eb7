package dev.matrix.tax.id;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdCheck;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.TaxIds;
import dev.matrix.tax.format.Formats;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdRow;
import dev.matrix.tax.spi.TaxIdStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link TaxIds} over a store and the verifiers that a host has wired. */
final class StoredTaxIds implements TaxIds {

    private final Transactions transactions;
    private final TaxIdStore store;
    private final Ledger ledger;
    private final Verifiers verifiers;
    private final InstantSource clock;
    private final Runnable wakeStep;

    StoredTaxIds(
            Transactions transactions,
            TaxIdStore store,
            Ledger ledger,
            Verifiers verifiers,
            InstantSource clock,
            Runnable wakeStep) {
        this.transactions = transactions;
        this.store = store;
        this.ledger = ledger;
        this.verifiers = verifiers;
        this.clock = clock;
        this.wakeStep = wakeStep;
    }

    @Override
    public TaxIdCheck check(TaxId id) {
        TaxIdCheck offline = offline(id);
        return offline == null ? seen(id, ledger.recent(id)) : offline;
    }

    /** What is known without a register; null where one is to be asked. */
    private @Nullable TaxIdCheck offline(TaxId id) {
        requireNonNull(id, "id");
        boolean served = verifiers.serve(id.prefix());
        if (Formats.knows(id.prefix()) ? !id.isWellFormed() : !served) {
            return TaxIdCheck.offline(id, TaxIdStatus.FORMAT_INVALID);
        }
        return served ? null : TaxIdCheck.offline(id, TaxIdStatus.UNVERIFIED);
    }

    private TaxIdCheck seen(TaxId id, Optional<TaxIdRow> row) {
        return row.map(found -> CheckRules.check(found, clock.instant()))
                .orElseGet(() -> TaxIdCheck.offline(id, TaxIdStatus.PENDING));
    }

    @Override
    public TaxIdCheck verify(TaxId id) {
        TaxIdCheck offline = offline(id);
        if (offline != null) {
            return offline;
        }
        Optional<TaxIdRow> row = transactions.returning(tx -> ledger.find(tx, id));
        if (row.isPresent() && CheckRules.isKept(row.get(), clock.instant())) {
            return seen(id, row);
        }
        Optional<TaxIdAnswer> answer = verifiers.ask(id);
        Instant now = clock.instant();
        TaxIdRow after = answer.isPresent()
                ? ledger.record(id, answer.get(), now, tx -> true)
                : transactions.returning(tx -> schedule(tx, id));
        return CheckRules.check(after, now);
    }

    private TaxIdRow schedule(Tx tx, TaxId id) {
        TaxIdRow row = ledger.schedule(tx, id, clock.instant());
        tx.hintAfterCommit(wakeStep);
        return row;
    }

    @Override
    public TaxIdCheck watch(TaxId id, Owner owner) {
        return transactions.returning(tx -> watch(tx, id, owner));
    }

    @Override
    public TaxIdCheck watch(Tx tx, TaxId id, Owner owner) {
        requireNonNull(owner, "owner");
        TaxIdCheck offline = offline(id);
        if (offline != null) {
            return offline;
        }
        store.watch(tx, id, owner);
        return CheckRules.check(schedule(tx, id), clock.instant());
    }

    @Override
    public boolean unwatch(TaxId id, Owner owner) {
        return transactions.returning(tx -> unwatch(tx, id, owner));
    }

    @Override
    public boolean unwatch(Tx tx, TaxId id, Owner owner) {
        return store.unwatch(tx, requireNonNull(id, "id"), requireNonNull(owner, "owner"));
    }
}
