package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Customers' credit balances with their entries. Balances never go below zero. */
public interface AccountCreditStore {

    /** Why a balance moved. */
    enum EntryKind {
        /** A refund's leg paid in; the key is the leg's id. */
        REFUND,
        /** The host spent it; the key is the host's. */
        SPENT
    }

    /**
     * One movement.
     *
     * @param amount above zero where credit came in, below where it was spent
     */
    record EntryRow(Owner owner, EntryKind kind, String key, String currency, BigDecimal amount, Instant at) {}

    /** Adds an entry; false, and nothing changes, where the owner has one of that kind and key. */
    boolean insert(Tx tx, EntryRow entry);

    /** An entry. */
    Optional<EntryRow> find(Tx tx, Owner owner, EntryKind kind, String key);

    /** Moves a balance; false, and nothing changes, where it would go below zero, which the write itself judges. */
    boolean move(Tx tx, Owner owner, String currency, BigDecimal amount);

    /** Balances by currency code. */
    Map<String, BigDecimal> balances(Tx tx, Owner owner);
}
