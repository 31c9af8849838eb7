package dev.matrix.analytics;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.core.StorableText;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.DisputeChanged;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.event.payload.InvoiceCreated;
import dev.matrix.core.event.payload.InvoiceFailed;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentFailed;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.SlaBreached;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact before its words have numbers.
 *
 * @param key names the thing within its kind and customer, so that a thing of several events counts once
 * @param meter what is measured; null: nothing
 * @param waste why it was of no value; null: it was of value
 */
record FactDraft(
        StoredEvent event,
        FactKind kind,
        String key,
        Instant occurredAt,
        @Nullable Money amount,
        BigDecimal quantity,
        String refId,
        String resourceId,
        @Nullable String meter,
        @Nullable String resourceKind,
        @Nullable String waste,
        @Nullable Long durationMillis,
        @Nullable Boolean success) {

    private static final Duration FARTHEST = Duration.ofDays(2);
    private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(18);
    private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(27);
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(Fact.QUANTITY_DECIMALS);
    private static final long MILLIS_OF_A_YEAR = 31_536_000_000L;
    private static final BigDecimal SECONDS_OF_A_DAY = BigDecimal.valueOf(86_400);
    private static final int LONGEST_KEY = 180;
    private static final int LONGEST_RESOURCE = 128;

    FactDraft {
        if (occurredAt.isBefore(Instant.EPOCH)
                || occurredAt.isAfter(event.recordedAt().plus(FARTHEST))) {
            throw new Rejection(Rejection.OUT_OF_RANGE);
        }
        if (isUnfit(key, LONGEST_KEY) || isUnfit(refId, LONGEST_KEY) || isUnfit(resourceId, LONGEST_RESOURCE)) {
            throw new Rejection(Rejection.UNREADABLE);
        }
        if (quantity.abs().compareTo(TOO_MUCH) >= 0
                || (amount != null && minorUnits(amount).abs().compareTo(TOO_LARGE) >= 0)) {
            throw new Rejection(Rejection.TOO_LARGE);
        }
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
        quantity = quantity.setScale(Fact.QUANTITY_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static boolean isUnfit(String text, int longest) {
        return text.length() > longest || !StorableText.isStorable(text);
    }

    private static FactDraft of(
            StoredEvent event, FactKind kind, String key, Instant at, @Nullable Money amount, BigDecimal quantity) {
        return new FactDraft(event, kind, key, at, amount, quantity, key, "", null, null, null, null, null);
    }

    static BigInteger minorUnits(Money money) {
        return money.amount().movePointRight(money.currency().scale()).toBigIntegerExact();
    }

    /**
     * What an event measures; empty for one that measures nothing.
     *
     * @throws Rejection if it can't be counted
     */
    static List<FactDraft> of(StoredEvent event) {
        EventPayload payload = event.event().payload();
        if (payload instanceof UsageRecorded usage) {
            return List.of(usage(event, usage));
        }
        if (payload instanceof PaymentSucceeded payment) {
            return List.of(
                    money(event, FactKind.PAYMENT, payment.id(), payment.capturedAt(), net(payment)),
                    money(event, FactKind.PAYMENT_TAX, payment.id(), payment.capturedAt(), payment.tax()));
        }
        if (payload instanceof PaymentFailed failed) {
            return List.of(money(
                    event,
                    FactKind.PAYMENT_FAILED,
                    failed.id() + "#" + failed.attempt(),
                    failed.at(),
                    failed.amount()));
        }
        if (payload instanceof PaymentRefunded refund) {
            FactKind kind =
                    refund.type().equals(EventTypes.PAYMENT_REFUNDED) ? FactKind.REFUND : FactKind.REFUND_REVERSED;
            return List.of(money(
                    event, kind, refund.legId(), refund.at(), refund.amount().minus(refund.tax())));
        }
        if (payload instanceof DisputeChanged dispute) {
            return dispute(event, dispute);
        }
        if (payload instanceof InvoiceCreated invoice) {
            return invoice(event, invoice.id(), invoice.issuedAt(), invoice.subtotal(), invoice.lines());
        }
        if (payload instanceof InvoicePaid paid) {
            List<FactDraft> drafts =
                    new ArrayList<>(invoice(event, paid.id(), paid.issuedAt(), paid.subtotal(), paid.lines()));
            drafts.add(of(event, FactKind.INVOICE_PAID, paid.id(), paid.paidAt(), null, days(paid)));
            return drafts;
        }
        if (payload instanceof InvoiceFailed failed) {
            return List.of(of(
                    event, FactKind.INVOICE_FAILED, failed.id(), event.event().occurredAt(), null, NOTHING));
        }
        if (payload instanceof SlaBreached breach) {
            FactKind kind = breach.type().equals(EventTypes.SLA_BREACHED) ? FactKind.BREACH : FactKind.BREACH_WITHDRAWN;
            return List.of(of(event, kind, breach.id(), breach.at(), null, NOTHING));
        }
        return payload instanceof InstanceChanged instance ? List.of(instance(event, instance)) : List.of();
    }

    private static FactDraft money(StoredEvent event, FactKind kind, String key, Instant at, Money amount) {
        return of(event, kind, key, at, amount, NOTHING);
    }

    private static Money net(PaymentSucceeded payment) {
        return payment.captured().minus(payment.tax());
    }

    /** How long it took to be paid; at once if it was paid before it was issued. */
    private static BigDecimal days(InvoicePaid paid) {
        Duration taken = Duration.between(paid.issuedAt(), paid.paidAt());
        return taken.isNegative()
                ? NOTHING
                : BigDecimal.valueOf(taken.toSeconds())
                        .divide(SECONDS_OF_A_DAY, Fact.QUANTITY_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static List<FactDraft> invoice(
            StoredEvent event, String id, Instant issuedAt, Money subtotal, List<Line> lines) {
        List<FactDraft> drafts = new ArrayList<>();
        drafts.add(money(event, FactKind.INVOICE, id, issuedAt, subtotal));
        lines.stream()
                .filter(line -> line.kind() == LineKind.USAGE
                        && line.amount().currency().equals(subtotal.currency()))
                .map(Line::amount)
                .reduce(Money::plus)
                .ifPresent(metered -> drafts.add(money(event, FactKind.METERED, id, issuedAt, metered)));
        return drafts;
    }

    private static List<FactDraft> dispute(StoredEvent event, DisputeChanged dispute) {
        Money net = dispute.amount().minus(dispute.tax());
        List<FactDraft> drafts = new ArrayList<>();
        if (dispute.type().equals(EventTypes.DISPUTE_OPENED)) {
            drafts.add(money(event, FactKind.DISPUTE, dispute.id(), dispute.at(), net));
        }
        switch (dispute.status()) {
            case "lost", "accepted" -> drafts.add(money(event, FactKind.DISPUTE_LOST, dispute.id(), dispute.at(), net));
            case "won" ->
                // Each of several: the one that counts is the first after the loss, whichever is told first.
                drafts.add(new FactDraft(
                        event,
                        FactKind.DISPUTE_WON,
                        event.event().id(),
                        dispute.at(),
                        net,
                        NOTHING,
                        dispute.id(),
                        "",
                        null,
                        null,
                        null,
                        null,
                        null));
            default -> {
                // In progress.
            }
        }
        return drafts;
    }

    private static FactDraft usage(StoredEvent event, UsageRecorded usage) {
        Map<String, String> attributes = usage.attributes();
        String corrected = attributes.getOrDefault(UsageRecorded.CORRECTION_OF, "");
        String resource = usage.resourceId();
        return new FactDraft(
                event,
                corrected.isEmpty() ? FactKind.USAGE : FactKind.CORRECTION,
                event.event().id(),
                usage.period().start(),
                null,
                usage.quantity(),
                corrected,
                resource == null ? "" : resource,
                usage.metric(),
                usage.resourceKind(),
                attributes.get(UsageRecorded.WASTE),
                millis(attributes.get(UsageRecorded.DURATION_MILLIS)),
                truth(attributes.get(UsageRecorded.SUCCESS)));
    }

    private static @Nullable Long millis(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,12}")) {
            return null;
        }
        long millis = Long.parseLong(text);
        return millis <= MILLIS_OF_A_YEAR ? millis : null;
    }

    private static @Nullable Boolean truth(@Nullable String text) {
        return "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? Boolean.FALSE : null;
    }

    private static FactDraft instance(StoredEvent event, InstanceChanged instance) {
        FactKind kind = instance.type().equals(EventTypes.INSTANCE_STARTED)
                ? FactKind.INSTANCE_RUNNING
                : FactKind.INSTANCE_STOPPED;
        return new FactDraft(
                event,
                kind,
                event.event().id(),
                instance.at(),
                instance.hourlyPrice(),
                NOTHING,
                "",
                instance.id(),
                instance.instanceType(),
                instance.region(),
                null,
                null,
                null);
    }
}
