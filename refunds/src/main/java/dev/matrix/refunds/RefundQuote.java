package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refund would be.
 *
 * @param amount gross; zero where it is refused before an amount is known
 * @param tax its part of the amount
 * @param net the amount without its tax
 * @param legs what each capture gives
 * @param lines what each line gives; empty where the refund isn't by lines
 * @param refusals why it would be refused; empty: it wouldn't
 * @param explanation how a prorated amount was found; null for any other
 */
public record RefundQuote(
        Money amount,
        Money tax,
        Money net,
        List<QuotedLeg> legs,
        List<LineShare> lines,
        List<RefundOutcome.Refused> refusals,
        @Nullable ProrationExplanation explanation) {

    /** What one capture gives, by one call of a provider. */
    public record QuotedLeg(String captureId, String provider, Money amount, Money tax) {}

    public RefundQuote {
        legs = List.copyOf(legs);
        lines = List.copyOf(lines);
        refusals = List.copyOf(refusals);
    }

    /** This quote, refused after all. */
    RefundQuote refused(RefundOutcome.Refused no) {
        return new RefundQuote(amount, tax, net, legs, lines, List.of(no), explanation);
    }
}
