package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.util.List;

/** Customers' credit balances. Thread-safe. Refunds via {@code account_credit} fill them; the host spends them. */
public interface AccountCredits {

    /** What a customer has to spend, per currency; currencies that he never had are left out. */
    List<Money> balances(Owner owner);

    /** As {@link #balances(Owner)}, in the caller's transaction. */
    List<Money> balances(Tx tx, Owner owner);

    /**
     * Spends credit, once per key.
     *
     * @param key the host's, new for each thing that is paid for: 1 to 255 visible ASCII characters
     * @return whether it was spent, now or before; false, and nothing changes, where the balance is too small
     * @throws dev.matrix.core.ConflictException when the key was used for another amount
     */
    boolean spend(Owner owner, Money amount, String key);

    /** As {@link #spend(Owner, Money, String)}, in the caller's transaction. */
    boolean spend(Tx tx, Owner owner, Money amount, String key);
}
