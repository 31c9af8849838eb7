package dev.matrix.refunds;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records payments as hosts publish them, in the publisher's own transaction, so that they are refundable at once. It throws
 * for no payment's content, as that would roll the host back: what doesn't fit is flagged.
 */
final class PaymentFollower implements EventSubscriber.Transactional {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentFollower.class);

    private final StoredPayments payments;

    PaymentFollower(StoredPayments payments) {
        this.payments = payments;
    }

    @Override
    public String name() {
        return "refunds";
    }

    @Override
    public Set<EventPattern> interests() {
        return Set.of(new EventPattern(EventTypes.PAYMENT_SUCCEEDED.name()));
    }

    @Override
    public boolean inline() {
        return true;
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        for (StoredEvent stored : events) {
            if (stored.event().payload() instanceof PaymentSucceeded paid
                    && paid.provider() != null
                    && paid.providerRef() != null) {
                follow(tx, paid, paid.provider(), paid.providerRef());
            }
        }
    }

    private void follow(Tx tx, PaymentSucceeded paid, String provider, String ref) {
        List<PaymentLine> lines = List.of();
        PaymentDraft draft;
        try {
            Capture capture =
                    new Capture("", ref, paid.captured(), paid.capturedAt(), paid.settled(), paid.captureData());
            PaymentDraft bare = PaymentDraft.of(paid.id(), paid.owner(), provider, capture)
                    .tax(paid.tax(), paid.taxReference())
                    .billed(paid.invoiceId(), paid.subscriptionId());
            bare = paid.period() == null ? bare : bare.period(period(paid.period()));
            lines = lines(paid);
            draft = lines.isEmpty() ? bare : bare.lines(lines);
        } catch (InvalidRequestException | ArithmeticException | DateTimeException malformed) {
            LOG.warn("Payment {} can't be recorded, so it can't be refunded: {}", paid.id(), malformed.getMessage());
            payments.unrecorded(tx, paid.id());
            return;
        }
        boolean mismatch = lines.isEmpty() && !paid.lines().isEmpty();
        Optional<RefundablePayment> recorded =
                payments.tryRecord(tx, draft, mismatch ? Set.of(Attention.AMOUNT_MISMATCH) : Set.of());
        if (recorded.isEmpty()) {
            if (payments.find(tx, paid.id()).isPresent()) {
                payments.flag(tx, paid.id(), Attention.REVIEW);
            } else {
                payments.unrecorded(tx, paid.id());
            }
        } else if (mismatch) {
            payments.flagged(tx, paid.id(), Attention.AMOUNT_MISMATCH);
        }
    }

    private static ServicePeriod period(Period period) {
        return ServicePeriod.of(period.start(), period.end(), period.zone() == null ? ZoneOffset.UTC : period.zone());
    }

    /** The event's lines, gross; credits are taken off the others by amount. Empty where they don't make up the payment. */
    private static List<PaymentLine> lines(PaymentSucceeded paid) {
        Currency currency = paid.captured().currency();
        Money zero = Money.zero(currency);
        boolean comparable =
                paid.lines().stream().allMatch(line -> line.amount().currency().equals(currency));
        if (!comparable || paid.lines().isEmpty()) {
            return List.of();
        }
        List<Line> charges = paid.lines().stream()
                .filter(line -> line.kind() != LineKind.CREDIT)
                .toList();
        List<Line> credits = paid.lines().stream()
                .filter(line -> line.kind() == LineKind.CREDIT)
                .toList();
        List<BigDecimal> weights = charges.stream()
                .map(line -> line.amount().amount().max(BigDecimal.ZERO))
                .toList();
        if (weights.stream().allMatch(weight -> weight.signum() == 0)) {
            return List.of();
        }
        List<Money> net =
                credits.stream().map(Line::amount).reduce(zero, Money::plus).allocate(weights);
        List<Money> tax =
                credits.stream().map(Line::tax).reduce(zero, Money::plus).allocate(weights);
        List<PaymentLine> lines = new ArrayList<>();
        Money captured = zero;
        Money taxes = zero;
        Set<String> names = new HashSet<>();
        for (int i = 0; i < charges.size(); i++) {
            Line line = charges.get(i);
            Money lineTax = line.tax().plus(tax.get(i));
            Money gross = line.amount().plus(net.get(i)).plus(lineTax);
            boolean fits = lineTax.signum() >= 0 && gross.compareTo(lineTax) >= 0 && names.add(line.id());
            if (!fits) {
                return List.of();
            }
            lines.add(new PaymentLine(
                    line.id(),
                    kind(line.kind()),
                    gross,
                    lineTax,
                    line.period() == null ? null : period(line.period())));
            captured = captured.plus(gross);
            taxes = taxes.plus(lineTax);
        }
        return captured.equals(paid.captured()) && taxes.equals(paid.tax()) ? lines : List.of();
    }

    private static PriceKind kind(LineKind kind) {
        return switch (kind) {
            case RECURRING, PRORATION -> PriceKind.RECURRING;
            case USAGE -> PriceKind.USAGE;
            case ONE_TIME, CREDIT -> PriceKind.ONE_TIME;
        };
    }
}
