package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorableText;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tax that was committed. It stays as it is; reversals stand beside it.
 *
 * @param id {@code ttx_…}
 * @param reference the host's, unique for the seller: such as an invoice's number
 * @param reversals in the order they were made
 */
public record TaxTransaction(
        String id, String reference, TaxCalculation calculation, Instant committedAt, List<TaxReversal> reversals) {

    private static final int LONGEST_REFERENCE = 128;

    /** @throws InvalidRequestException if the reference is blank or too long */
    public TaxTransaction {
        requireNonNull(id, "id");
        requireNonNull(calculation, "calculation");
        requireNonNull(committedAt, "committedAt");
        reversals = List.copyOf(reversals);
        checkReference(reference);
    }

    /** The seller whose tax it is. */
    public String sellerId() {
        return calculation.request().sellerId();
    }

    /** The buyer, if it is an owner; else {@link Owner#platform()}. Events go to it. */
    public Owner owner() {
        return owner(calculation);
    }

    static Owner owner(TaxCalculation calculation) {
        Owner owner = calculation.request().buyer().owner();
        return owner == null ? Owner.platform() : owner;
    }

    /** What of its gross is left after all reversals. */
    public Money remaining() {
        Money left = calculation.totals().gross();
        for (TaxReversal reversal : reversals) {
            left = left.minus(reversal.gross());
        }
        return left;
    }

    static void checkReference(String reference) {
        if (reference.isBlank() || reference.length() > LONGEST_REFERENCE) {
            throw new InvalidRequestException("A reference has 1 to " + LONGEST_REFERENCE + " characters; this one has "
                    + reference.length() + ".");
        }
        StorableText.require(reference, "A reference");
    }

    /** This transaction with one more reversal. */
    TaxTransaction with(TaxReversal made) {
        List<TaxReversal> all = new ArrayList<>(reversals);
        if (made.request() instanceof Reversal.Undo undo) {
            all.replaceAll(each -> each.reference().equals(undo.undoneRef()) ? each.undone(made.id()) : each);
        }
        all.add(made);
        return new TaxTransaction(id, reference, calculation, committedAt, all);
    }
}
