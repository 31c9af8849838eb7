package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.AccountCreditChanged;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.AccountCreditStore.EntryKind;
import dev.matrix.refunds.spi.AccountCreditStore.EntryRow;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link AccountCredits} in the store. */
final class StoredCredits implements AccountCredits {

    private final RefundStores stores;
    private final Forms forms;
    private final EventLog events;
    private final InstantSource clock;

    StoredCredits(RefundStores stores, Forms forms, EventLog events, InstantSource clock) {
        this.stores = stores;
        this.forms = forms;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<Money> balances(Owner owner) {
        return stores.transactions().returning(tx -> balances(tx, owner));
    }

    @Override
    public List<Money> balances(Tx tx, Owner owner) {
        return stores.credits().balances(tx, owner).entrySet().stream()
                .map(entry -> forms.money(entry.getValue(), entry.getKey()))
                .toList();
    }

    @Override
    public boolean spend(Owner owner, Money amount, String key) {
        return stores.transactions().<Boolean>returning(tx -> spend(tx, owner, amount, key));
    }

    /** The balance is moved first: the entry's key makes a repetition wait, and the balance judges itself. */
    @Override
    public boolean spend(Tx tx, Owner owner, Money amount, String key) {
        Checks.amount(amount, "What is spent");
        Checks.that(IdempotentCall.isKey(key), "An idempotency key has 1 to 255 visible ASCII characters.");
        Optional<EntryRow> known = stores.credits().find(tx, owner, EntryKind.SPENT, key);
        if (known.isPresent()) {
            return repeated(known.get(), amount);
        }
        BigDecimal spent = amount.amount().negate();
        if (!stores.credits().move(tx, owner, amount.currency().code(), spent)) {
            return stores.credits()
                    .find(tx, owner, EntryKind.SPENT, key)
                    .map(entry -> repeated(entry, amount))
                    .orElse(false);
        }
        EntryRow entry =
                new EntryRow(owner, EntryKind.SPENT, key, amount.currency().code(), spent, clock.instant());
        if (!stores.credits().insert(tx, entry)) {
            // Another spend with this key committed between the two reads: give back what this one took.
            stores.credits().move(tx, owner, amount.currency().code(), amount.amount());
            return repeated(
                    stores.credits()
                            .find(tx, owner, EntryKind.SPENT, key)
                            .orElseThrow(() -> new ConflictException("This key is being used; try again.")),
                    amount);
        }
        changed(tx, owner, amount.negated(), "spent", null);
        return true;
    }

    private boolean repeated(EntryRow entry, Money amount) {
        if (!forms.money(entry.amount(), entry.currency()).equals(amount.negated())) {
            throw new ConflictException(
                    "This key spent another amount; use a new key for each thing that is paid for.");
        }
        return true;
    }

    /** Pays a leg in, once. */
    void payIn(Owner owner, Money amount, String legId) {
        stores.transactions().inTransaction(tx -> {
            EntryRow entry = new EntryRow(
                    owner, EntryKind.REFUND, legId, amount.currency().code(), amount.amount(), clock.instant());
            if (stores.credits().insert(tx, entry)) {
                stores.credits().move(tx, owner, amount.currency().code(), amount.amount());
                changed(tx, owner, amount, "refund", legId);
            }
        });
    }

    boolean paidIn(String legId) {
        return stores.transactions()
                .<Boolean>returning(tx -> stores.legs()
                        .find(tx, legId)
                        .flatMap(leg -> stores.credits().find(tx, leg.owner(), EntryKind.REFUND, legId))
                        .isPresent());
    }

    private void changed(Tx tx, Owner owner, Money amount, String cause, @Nullable String legId) {
        BigDecimal balance = stores.credits()
                .balances(tx, owner)
                .getOrDefault(amount.currency().code(), BigDecimal.ZERO);
        events.publish(
                tx,
                new AccountCreditChanged(
                        owner.toString() + ":" + amount.currency().code(),
                        owner,
                        amount,
                        forms.money(balance, amount.currency().code()),
                        cause,
                        legId,
                        clock.instant()));
    }
}
