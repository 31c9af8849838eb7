package dev.matrix.tax.api;

import dev.matrix.core.spi.Tx;
import dev.matrix.tax.Reversal;
import dev.matrix.tax.TaxCalculation;
import dev.matrix.tax.TaxTransaction;

/** What {@link dev.matrix.tax.Taxes} writes, for callers who must know whether a reference had been written before. */
public interface TaxRecords {

    /**
     * A transaction after a call.
     *
     * @param repeated whether an earlier call had done the same, so that this one has changed nothing
     */
    record Recorded(TaxTransaction transaction, boolean repeated) {}

    /** As {@link dev.matrix.tax.Taxes#commit(TaxCalculation, String)}. */
    Recorded commit(TaxCalculation calculation, String reference);

    /** As {@link dev.matrix.tax.Taxes#reverse(Tx, String, Reversal)}. */
    Recorded reverse(Tx tx, String transactionId, Reversal reversal);
}
