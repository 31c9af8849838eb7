package dev.matrix.refunds;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A captured payment to record. Immutable; starts with {@link #of}.
 *
 * @param id the host's
 * @param provider the name of the {@link dev.matrix.refunds.spi.RefundProvider} that can return it
 * @param captures 1 to 100, of one currency
 * @param tax its part of what was captured
 * @param lines up to 1,000, which make up what was captured; empty: the payment has no lines
 * @param taxReference the tax transaction behind it
 */
public record PaymentDraft(
        String id,
        Owner owner,
        String provider,
        List<Capture> captures,
        Money tax,
        List<PaymentLine> lines,
        @Nullable ServicePeriod period,
        @Nullable String taxReference,
        @Nullable String invoiceId,
        @Nullable String subscriptionId,
        Instant paidAt) {

    private static final int MOST_CAPTURES = 100;
    private static final int MOST_LINES = 1_000;

    /** @throws InvalidRequestException where a part doesn't have its form; the message names it */
    public PaymentDraft {
        Checks.text(id, 128, "A payment's id");
        requireNonNull(owner, "owner");
        Checks.provider(provider);
        captures = List.copyOf(captures);
        lines = List.copyOf(lines);
        Checks.that(
                !captures.isEmpty() && captures.size() <= MOST_CAPTURES,
                "A payment has 1 to " + MOST_CAPTURES + " captures.");
        Checks.that(lines.size() <= MOST_LINES, "A payment has at most " + MOST_LINES + " lines.");
        Currency currency = captures.get(0).amount().currency();
        Checks.that(
                captures.stream()
                        .allMatch(capture -> capture.amount().currency().equals(currency)),
                "A payment's captures are of one currency.");
        Money captured = captures.stream().map(Capture::amount).collect(Money.summing(currency));
        Checks.within(tax, captured, "A payment's tax");
        Checks.that(
                lines.stream().map(PaymentLine::id).distinct().count() == lines.size(),
                "A payment's lines have ids of" + " their own.");
        if (!lines.isEmpty()) {
            Checks.that(
                    lines.stream().allMatch(line -> line.amount().currency().equals(currency))
                            && lines.stream()
                                    .map(PaymentLine::amount)
                                    .collect(Money.summing(currency))
                                    .equals(captured)
                            && lines.stream()
                                    .map(PaymentLine::tax)
                                    .collect(Money.summing(currency))
                                    .equals(tax),
                    "A payment's lines make up what was captured and its tax.");
        }
        Checks.optionalText(taxReference, 255, "A payment's taxReference");
        Checks.optionalText(invoiceId, 128, "A payment's invoiceId");
        Checks.optionalText(subscriptionId, 128, "A payment's subscriptionId");
        Checks.year(paidAt, "A payment's paidAt");
    }

    /** A payment of one capture, without tax and lines. */
    public static PaymentDraft of(String id, Owner owner, String provider, Capture capture) {
        return new PaymentDraft(
                id,
                owner,
                provider,
                List.of(capture),
                Money.zero(capture.amount().currency()),
                List.of(),
                null,
                null,
                null,
                null,
                capture.capturedAt());
    }

    /** This payment with one more capture. */
    public PaymentDraft and(Capture capture) {
        List<Capture> more = new ArrayList<>(captures);
        more.add(capture);
        return new PaymentDraft(
                id, owner, provider, more, tax, lines, period, taxReference, invoiceId, subscriptionId, paidAt);
    }

    /** This payment with its tax and the transaction that the tax was recorded by; null: none was. */
    public PaymentDraft tax(Money part, @Nullable String reference) {
        return new PaymentDraft(
                id, owner, provider, captures, part, lines, period, reference, invoiceId, subscriptionId, paidAt);
    }

    /** This payment made up of these lines; its tax is theirs. */
    public PaymentDraft lines(List<PaymentLine> parts) {
        Money sum = parts.stream().map(PaymentLine::tax).collect(Money.summing(tax.currency()));
        return new PaymentDraft(
                id, owner, provider, captures, sum, parts, period, taxReference, invoiceId, subscriptionId, paidAt);
    }

    /** This payment for a period of service. */
    public PaymentDraft period(ServicePeriod served) {
        return new PaymentDraft(
                id, owner, provider, captures, tax, lines, served, taxReference, invoiceId, subscriptionId, paidAt);
    }

    /** This payment of an invoice and a subscription; null: of none. */
    public PaymentDraft billed(@Nullable String invoice, @Nullable String subscription) {
        return new PaymentDraft(
                id, owner, provider, captures, tax, lines, period, taxReference, invoice, subscription, paidAt);
    }

    /** What was captured in all. */
    public Money captured() {
        return captures.stream().map(Capture::amount).collect(Money.summing(tax.currency()));
    }
}
