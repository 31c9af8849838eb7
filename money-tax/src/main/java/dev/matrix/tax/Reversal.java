package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What to take back of a transaction. */
public sealed interface Reversal {

    /** Names it; unique among the seller's reversals: the same again gives the first result. */
    String reference();

    /** All that is left. */
    record Full(String reference) implements Reversal {

        public Full {
            TaxTransaction.checkReference(reference);
        }
    }

    /** The given gross of these lines. */
    record Lines(String reference, Map<String, Money> gross) implements Reversal {

        /** @throws InvalidRequestException if there is no line */
        public Lines {
            TaxTransaction.checkReference(reference);
            gross = Collections.unmodifiableMap(new TreeMap<>(gross));
            if (gross.isEmpty()) {
                throw new InvalidRequestException("The reversal " + reference + " names no line.");
            }
        }
    }

    /** A gross amount, allocated by the lines' remaining gross. */
    record Flat(String reference, Money gross) implements Reversal {

        /** @throws InvalidRequestException if the amount is zero */
        public Flat {
            TaxTransaction.checkReference(reference);
            if (gross.isZero()) {
                throw new InvalidRequestException("The reversal " + reference + " is of nothing.");
            }
        }
    }

    /** Gives an earlier reversal's figures back. */
    record Undo(String reference, String undoneRef) implements Reversal {

        public Undo {
            TaxTransaction.checkReference(reference);
            TaxTransaction.checkReference(undoneRef);
        }
    }
}
