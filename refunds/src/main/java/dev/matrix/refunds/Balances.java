package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Moves the balances of payments and keeps what a person should know of them in line: that more was returned than captured, or
 * that refunds and disputes together exceed it. The caller holds the payment's lock.
 */
record Balances(RefundStores stores, RefundEvents events) {

    private static final Set<Attention> OF_BALANCES = EnumSet.of(Attention.OVER_REFUNDED, Attention.EXPOSURE);

    /** Moves balances and returns the payment as it is then. */
    PaymentRow move(Tx tx, PaymentRow row, BalanceChange change, Instant now) {
        if (change.isNone()) {
            return row;
        }
        if (!stores.payments().apply(tx, row.id(), row.version(), change)) {
            throw new ConflictException(
                    "Payment " + row.id() + " changed under its lock, so nothing was done; repeat the request.");
        }
        PaymentRow after = row.after(change);
        Set<Attention> flags = Forms.attention(row.attention());
        flags.removeAll(OF_BALANCES);
        BigDecimal returned = after.refunded().add(after.reserved());
        if (returned.compareTo(after.captured()) > 0) {
            flags.add(Attention.OVER_REFUNDED);
        }
        if (after.disputed().signum() > 0 && after.left().signum() < 0) {
            flags.add(Attention.EXPOSURE);
        }
        return flagged(tx, after, flags, now);
    }

    /** Adds a flag, once. */
    PaymentRow flag(Tx tx, PaymentRow row, Attention flag, Instant now) {
        Set<Attention> flags = Forms.attention(row.attention());
        flags.add(flag);
        return flagged(tx, row, flags, now);
    }

    private PaymentRow flagged(Tx tx, PaymentRow row, Set<Attention> flags, Instant now) {
        String text = Forms.attention(flags);
        if (text.equals(row.attention())) {
            return row;
        }
        PaymentRow described = described(tx, row, text, row.document());
        flags.removeAll(Forms.attention(row.attention()));
        flags.forEach(flag -> events.attention(tx, row.id(), flag, now));
        return described;
    }

    /** Replaces flags and document. */
    PaymentRow described(Tx tx, PaymentRow row, String attention, String document) {
        if (!stores.payments().describe(tx, row.id(), row.version(), attention, document)) {
            throw new ConflictException("Payment " + row.id() + " changed under its lock; repeat the request.");
        }
        return row.described(attention, document);
    }
}
