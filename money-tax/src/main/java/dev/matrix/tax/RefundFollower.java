package dev.matrix.tax;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.RefundedLine;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reverses taxes as payments are refunded: the payment's {@code taxReference} names the transaction, by id or by a
 * seller's reference; the refund's leg names the reversal, and its tax binds. What can't be applied stays with the log's
 * failures, where it is tried again.
 */
final class RefundFollower implements EventSubscriber.Transactional {

    private static final String UNDO = "undo-";

    private final TaxLedger ledger;
    private final Set<String> sellers;

    RefundFollower(TaxLedger ledger, Set<String> sellers) {
        this.ledger = ledger;
        this.sellers = sellers;
    }

    @Override
    public String name() {
        return "tax-refunds";
    }

    @Override
    public Set<EventPattern> interests() {
        return Set.of(
                new EventPattern(EventTypes.PAYMENT_REFUNDED.name()),
                new EventPattern(EventTypes.PAYMENT_REFUND_REVERSED.name()));
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        for (StoredEvent stored : events) {
            if (stored.event().payload() instanceof PaymentRefunded refund && refund.taxReference() != null) {
                follow(tx, refund, refund.taxReference());
            }
        }
    }

    private void follow(Tx tx, PaymentRefunded refund, String reference) {
        TaxTransaction transaction = named(tx, refund, reference);
        if (refund.type().equals(EventTypes.PAYMENT_REFUND_REVERSED)) {
            Reversal undo = new Reversal.Undo(UNDO + refund.legId(), refund.legId());
            ledger.reverse(tx, transaction.id(), undo);
            return;
        }
        Set<String> known = new HashSet<>();
        transaction.calculation().lines().forEach(line -> known.add(line.id()));
        boolean byLine = !refund.lines().isEmpty()
                && refund.lines().stream().map(RefundedLine::lineId).allMatch(known::contains);
        if (byLine) {
            Map<String, Money> gross = new TreeMap<>();
            Map<String, Money> taxes = new TreeMap<>();
            for (RefundedLine line : refund.lines()) {
                gross.merge(line.lineId(), line.amount(), Money::plus);
                taxes.merge(line.lineId(), line.tax(), Money::plus);
            }
            ledger.reverse(
                    tx,
                    transaction.id(),
                    new Reversal.Lines(refund.legId(), gross),
                    new TaxLedger.Binding(refund.amount(), refund.tax(), taxes));
        } else {
            ledger.reverse(
                    tx,
                    transaction.id(),
                    new Reversal.Flat(refund.legId(), refund.amount()),
                    new TaxLedger.Binding(refund.amount(), refund.tax(), Map.of()));
        }
    }

    /** References are unique for a seller only: of several sellers' the one counts that was made out to whom is refunded. */
    private TaxTransaction named(Tx tx, PaymentRefunded refund, String reference) {
        List<TaxTransaction> found = Stream.concat(
                        ledger.find(tx, reference).stream(),
                        sellers.stream().flatMap(seller -> ledger.findByReference(tx, seller, reference).stream()))
                .toList();
        List<TaxTransaction> own = found.size() < 2
                ? found
                : found.stream()
                        .filter(each -> each.owner().equals(refund.owner()))
                        .toList();
        if (own.size() > 1 || own.size() < Math.min(1, found.size())) {
            throw new ConflictException("The refund leg " + refund.legId() + " of " + refund.owner()
                    + " names the tax transaction " + reference + ", which several sellers have; name it by its id.");
        }
        return own.stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("The refund leg " + refund.legId()
                        + " names the tax transaction " + reference + ", which isn't there (yet)."));
    }
}
