package dev.matrix.tax;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.TaxExemptionChanged;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxExemption.Status;
import dev.matrix.tax.spi.TaxExemptionStore;
import dev.matrix.tax.spi.TaxExemptionStore.ExemptionRow;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link TaxExemptions} over their store. */
final class StoredExemptions implements TaxExemptions {

    private static final int MOST_PENDING = 20;

    private final Transactions transactions;
    private final EventLog events;
    private final Ids ids;
    private final TaxExemptionStore store;
    private final TaxJson json;
    private final KnownFacts facts;

    StoredExemptions(
            Transactions transactions,
            EventLog events,
            Ids ids,
            TaxExemptionStore store,
            TaxJson json,
            KnownFacts facts) {
        this.transactions = transactions;
        this.events = events;
        this.ids = ids;
        this.store = store;
        this.json = json;
        this.facts = facts;
    }

    private ExemptionRow row(TaxExemption exemption) {
        return new ExemptionRow(
                exemption.id(), exemption.holder(), exemption.version(), exemption.to(), json.write(exemption));
    }

    private TaxExemption exemption(ExemptionRow row) {
        return json.read(row.json(), TaxExemption.class);
    }

    private void publish(Tx tx, TaxExemption exemption) {
        events.publish(
                tx,
                new TaxExemptionChanged(
                        exemption.id(),
                        exemption.holder(),
                        exemption.id(),
                        exemption.status().name().toLowerCase(Locale.ROOT)));
        tx.hintAfterCommit(() -> facts.forgetExemptions(exemption.holder()));
    }

    @Override
    public TaxExemption add(Tx tx, TaxExemption exemption) {
        requireRoom(tx, exemption.holder());
        TaxExemption added = exemption.stored(ids.next("txe"));
        store.insert(tx, row(added));
        publish(tx, added);
        return added;
    }

    /** Calls at the same time may pass the bound together, by no more than there are; it is there to keep rows few. */
    private void requireRoom(Tx tx, Owner holder) {
        long pending = store.of(tx, holder).stream()
                .filter(row -> exemption(row).status() == Status.PENDING)
                .count();
        if (pending >= MOST_PENDING) {
            throw new ConflictException(
                    holder + " has " + pending + " tax exemptions that wait for a decision, as many as"
                            + " it may have; activate or reject some of them first.");
        }
    }

    @Override
    public TaxExemption add(TaxExemption exemption) {
        return transactions.returning(tx -> add(tx, exemption));
    }

    private TaxExemption change(Tx tx, String id, Status next, @Nullable LocalDate revokedFrom) {
        TaxExemption former =
                find(tx, id).orElseThrow(() -> new NotFoundException("There is no tax exemption " + id + "."));
        if (!former.status().mayBecome(next)) {
            throw new ConflictException(
                    "The tax exemption " + id + " is " + former.status() + "; it can't become " + next + ".");
        }
        TaxExemption changed = former.become(next, revokedFrom);
        if (!store.replaceIfVersion(tx, row(changed))) {
            throw new ConflictException("The tax exemption " + id + " was changed at the same time; look at it again.");
        }
        publish(tx, changed);
        return changed;
    }

    @Override
    public TaxExemption activate(Tx tx, String id) {
        return change(tx, id, Status.ACTIVE, null);
    }

    @Override
    public TaxExemption activate(String id) {
        return transactions.returning(tx -> activate(tx, id));
    }

    @Override
    public TaxExemption reject(Tx tx, String id) {
        return change(tx, id, Status.REJECTED, null);
    }

    @Override
    public TaxExemption reject(String id) {
        return transactions.returning(tx -> reject(tx, id));
    }

    @Override
    public TaxExemption revoke(Tx tx, String id, LocalDate from) {
        return change(tx, id, Status.REVOKED, from);
    }

    @Override
    public TaxExemption revoke(String id, LocalDate from) {
        return transactions.returning(tx -> revoke(tx, id, from));
    }

    @Override
    public Optional<TaxExemption> find(Tx tx, String id) {
        return store.find(tx, id).map(this::exemption);
    }

    @Override
    public Optional<TaxExemption> find(String id) {
        return transactions.returning(tx -> find(tx, id));
    }

    @Override
    public Page<TaxExemption> page(@Nullable Owner holder, PageRequest page) {
        return transactions.returning(tx -> store.page(tx, holder, null, page)).map(this::exemption);
    }

    @Override
    public Page<TaxExemption> expiring(@Nullable Owner holder, LocalDate before, PageRequest page) {
        return transactions
                .returning(tx -> store.page(tx, holder, before, page))
                .map(this::exemption);
    }
}
