package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken back of a transaction; negative where a reversal was undone.
 *
 * @param id {@code trv_…}
 * @param reference the host's, unique among the seller's reversals
 * @param request what was asked
 * @param tax without what is withheld
 * @param lines what was reversed, by line and tax
 * @param undoneBy the reversal that gave it back; null: it stands
 */
public record TaxReversal(
        String id,
        String reference,
        Reversal request,
        Money net,
        Money tax,
        Money gross,
        List<ReversedLine> lines,
        Instant reversedAt,
        @Nullable String undoneBy) {

    /**
     * Of one line.
     *
     * @param lineNo its place in the transaction, from 0
     * @param taxes in the order of the line's taxes
     */
    public record ReversedLine(int lineNo, String lineId, Money net, Money tax, List<ReversedTax> taxes) {

        public ReversedLine {
            taxes = List.copyOf(taxes);
        }

        public Money gross() {
            return net.plus(tax);
        }
    }

    /** Of one tax of a line. */
    public record ReversedTax(Money base, Money tax) {}

    public TaxReversal {
        lines = List.copyOf(lines);
    }

    TaxReversal undone(@Nullable String by) {
        return new TaxReversal(id, reference, request, net, tax, gross, lines, reversedAt, by);
    }
}
