package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.RefundedLine;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ChargeStore.ChargeRow;
import dev.matrix.sla.spi.ChargeStore.LegRow;
import dev.matrix.sla.spi.ServiceCharge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps what subscriptions were charged, and what of it went back. */
record Charges(SlaStores stores, Records records, Text text) {

    /** Legs of refunds that are this module's own credits coming back lower nothing. */
    private static final String OWN_CREDIT = "sla_credit";

    private static final String REFUNDED = "refunded";
    private static final String REVERSED = "reversed";

    /** A charge as stored. */
    record Stored(String line, Money net, Money tax, Money refundedNet) {}

    /** A leg as stored. */
    record Leg(Money net, Map<String, Money> lines, String reason) {}

    /** The row if it is new. */
    Optional<ChargeRow> record(Tx tx, ServiceCharge charge) {
        Subscribed subscribed = records.subscription(tx, charge.subscriptionId())
                .orElseThrow(() -> new NotFoundException("No subscription " + charge.subscriptionId() + "."));
        return insert(
                tx,
                Names.key("host", charge.id()),
                Names.key("host", charge.id()),
                subscribed.row().owner(),
                charge);
    }

    /** The row if it is new; empty if it was there. */
    private Optional<ChargeRow> insert(Tx tx, String id, String invoice, Owner owner, ServiceCharge charge) {
        ChargeRow row = new ChargeRow(
                id,
                invoice,
                charge.subscriptionId(),
                owner,
                charge.from(),
                charge.to(),
                text.of(new Stored(charge.id(), charge.net(), charge.tax(), charge.refundedNet())));
        if (stores.charges().insert(tx, row)) {
            return Optional.of(row);
        }
        if (!stores.charges().find(tx, id).orElseThrow().equals(row)) {
            throw new ConflictException("Charge " + charge.id() + " is known with other content.");
        }
        return Optional.empty();
    }

    /** Lines that charge for a span of time count; what is used up at once doesn't. Returns those that are new. */
    List<ChargeRow> paid(Tx tx, InvoicePaid invoice) {
        String subscription = invoice.subscriptionId();
        if (subscription == null) {
            return List.of();
        }
        records.subscription(tx, subscription).ifPresent(known -> requireOwner(known, invoice.owner(), invoice.id()));
        List<ChargeRow> added = new ArrayList<>();
        for (Line line : invoice.lines()) {
            if (line.period() != null && line.kind() != LineKind.ONE_TIME) {
                insert(
                                tx,
                                Names.key("invoice", invoice.id(), line.id()),
                                Names.key("invoice", invoice.id()),
                                invoice.owner(),
                                ServiceCharge.of(
                                        line.id(),
                                        subscription,
                                        line.period().start(),
                                        line.period().end(),
                                        line.amount(),
                                        line.tax()))
                        .ifPresent(added::add);
            }
        }
        return added;
    }

    private static void requireOwner(Subscribed subscribed, Owner owner, String what) {
        if (!subscribed.row().owner().equals(owner)) {
            throw new ConflictException(what + " names the subscription " + subscribed.id() + " of another owner.");
        }
    }

    /** A refund may come before its invoice; one of another owner's invoice is refused. */
    List<ChargeRow> refunded(Tx tx, PaymentRefunded refund) {
        String invoice = refund.invoiceId();
        if (invoice == null) {
            return List.of();
        }
        List<ChargeRow> charged = stores.charges().ofInvoice(tx, Names.key("invoice", invoice));
        if (charged.stream().anyMatch(row -> !row.owner().equals(refund.owner()))) {
            throw new ConflictException(refund.id() + " refunds the invoice " + invoice + " of another owner.");
        }
        Map<String, Money> lines = new HashMap<>();
        for (RefundedLine line : refund.lines()) {
            lines.merge(line.lineId(), line.amount().minus(line.tax()), Money::plus);
        }
        String kind = refund.type().equals(EventTypes.PAYMENT_REFUND_REVERSED) ? REVERSED : REFUNDED;
        Leg leg = new Leg(refund.amount().minus(refund.tax()), lines, refund.reason());
        boolean kept = stores.charges()
                .keep(
                        tx,
                        new LegRow(refund.owner(), refund.legId(), kind, Names.key("invoice", invoice), text.of(leg)));
        return kept ? charged : List.of();
    }

    /** A subscription's charges that overlap a span, with what went back by now. */
    List<ServiceCharge> charged(Tx tx, String subscription, Instant from, Instant to) {
        List<ChargeRow> rows = stores.charges().charged(tx, subscription, from, to);
        Set<String> invoices = rows.stream().map(ChargeRow::invoice).collect(Collectors.toSet());
        Map<String, List<LegRow>> legs =
                stores.charges().legs(tx, invoices).stream().collect(Collectors.groupingBy(LegRow::invoice));
        List<ServiceCharge> charges = new ArrayList<>();
        for (ChargeRow row : rows) {
            Stored stored = text.read(row.json(), Stored.class);
            Money refunded = stored.refundedNet();
            for (LegRow each : legs.getOrDefault(row.invoice(), List.of())) {
                Leg leg = text.read(each.json(), Leg.class);
                if (each.owner().equals(row.owner()) && !leg.reason().equals(OWN_CREDIT)) {
                    Money part = part(tx, leg, stored, row.invoice());
                    refunded = each.kind().equals(REFUNDED) ? refunded.plus(part) : refunded.minus(part);
                }
            }
            charges.add(new ServiceCharge(
                    row.id(), row.subscription(), row.from(), row.to(), stored.net(), stored.tax(), refunded));
        }
        return charges;
    }

    /** A leg's share of a charge: by its lines, or else by the net amounts of the invoice's lines. */
    private Money part(Tx tx, Leg leg, Stored charge, String invoice) {
        if (!leg.lines().isEmpty()) {
            return Optional.ofNullable(leg.lines().get(charge.line()))
                    .orElse(Money.zero(charge.net().currency()));
        }
        BigDecimal all = stores.charges().ofInvoice(tx, invoice).stream()
                .map(row -> text.read(row.json(), Stored.class).net().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return all.signum() == 0
                ? Money.zero(charge.net().currency())
                : leg.net().times(charge.net().amount(), RoundingMode.HALF_EVEN).dividedBy(all, RoundingMode.HALF_EVEN);
    }
}
