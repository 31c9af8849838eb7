package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.id.TaxIdsBuilder;

/**
 * Checks tax ids: their form at once, their registration by verifiers such as VIES, whose answers are stored and kept
 * VALID 30 days, INVALID 1 day. What a register couldn't answer is asked again after 5 min,
 * doubling to 6 h, for 14 days. A new answer publishes {@code tax.id_checked} in the transaction that stores it, to each
 * owner who watches the id, or else to {@link Owner#platform()}. Thread-safe.
 */
public interface TaxIds {

    /** Wires tax ids into a Matrix. */
    static TaxIdsBuilder on(Matrix matrix) {
        return TaxIdsBuilder.on(matrix);
    }

    /**
     * What is known, without asking anybody: form, check digits and stored answers. It reads memory, at most 15 s older
     * than what other nodes have stored; an id that this node hasn't seen for that long is one read, in a
     * transaction of its own. An answer whose time is over counts as PENDING, its {@code lastValidAt} kept.
     */
    TaxIdCheck check(TaxId id);

    /**
     * What is known, asking the verifier unless its last answer is still kept (UNAVAILABLE for 5 min). Blocks for one call,
     * so never call it in a transaction. PENDING where four calls of that prefix are under way or the register is down and
     * being left alone: then the background step asks.
     */
    TaxIdCheck verify(TaxId id);

    /**
     * Keeps the id checked: the background step asks at once where no answer is kept, and again whenever a kept time ends
     * (INVALID for 14 days). The owner gets the events. Repeating it changes nothing.
     *
     * @return what {@link #check} says
     */
    TaxIdCheck watch(TaxId id, Owner owner);

    /** As {@link #watch(TaxId, Owner)}, in the caller's transaction. */
    TaxIdCheck watch(Tx tx, TaxId id, Owner owner);

    /** Ends a watch; the stored answers stay, as proof. False where there was none. */
    boolean unwatch(TaxId id, Owner owner);

    /** As {@link #unwatch(TaxId, Owner)}, in the caller's transaction. */
    boolean unwatch(Tx tx, TaxId id, Owner owner);
}
