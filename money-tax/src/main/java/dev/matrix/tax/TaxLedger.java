package dev.matrix.tax;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.TaxTransactionCommitted;
import dev.matrix.core.event.payload.TaxTransactionReversed;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxReversal.ReversedLine;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxReversalStore.ReversalRow;
import dev.matrix.tax.spi.TaxTransactionStore.Heading;
import dev.matrix.tax.spi.TaxTransactionStore.TransactionRow;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commits and reverses: rows, sums, turnover and event in one transaction. */
final class TaxLedger {

    /**
     * A transaction after a call.
     *
     * @param repeated whether an earlier call had done the same, so that this one has changed nothing
     */
    record Recorded(TaxTransaction transaction, boolean repeated) {}

    /**
     * What a refund says of itself; it counts instead of the proportion.
     *
     * @param gross the refund's amount; what its lines don't make up is taken off the whole document
     * @param byLine the tax in each of its lines; empty where it names none
     */
    record Binding(Money gross, Money tax, Map<String, Money> byLine) {}

    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;
    private final TaxStores stores;
    private final TaxJson json;
    private final KnownFacts facts;
    private final TurnoverBook turnover;
    private final boolean allowStale;

    TaxLedger(
            EventLog events,
            Ids ids,
            InstantSource clock,
            TaxStores stores,
            TaxJson json,
            KnownFacts facts,
            SupplyRules supplies,
            boolean allowStale) {
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.stores = stores;
        this.json = json;
        this.facts = facts;
        this.turnover = new TurnoverBook(events, ids, clock, stores.turnovers(), facts, supplies);
        this.allowStale = allowStale;
    }

    Recorded commit(Tx tx, TaxCalculation calculation, String reference) {
        TaxTransaction.checkReference(reference);
        if (calculation.warnings().contains(Warning.STALE_RATE) && !allowStale) {
            Optional<Recorded> earlier = committed(tx, calculation.request(), reference);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            throw new StaleRateException("The tax of " + reference + " is stated by a stale rate into "
                    + calculation.request().taxCurrency() + "; calculate it again, or wire allowStaleCommit().");
        }
        TaxTransaction added = new TaxTransaction(ids.next("ttx"), reference, calculation, clock.instant(), List.of());
        TransactionRow row = new TransactionRow(
                added.id(), added.sellerId(), added.owner(), reference, added.committedAt(), json.write(calculation));
        if (!stores.transactions().insert(tx, row, heading(calculation), components(calculation))) {
            return committed(tx, calculation.request(), reference)
                    .orElseThrow(
                            () -> new ConflictException("The reference " + reference + " is just being committed."));
        }
        Totals totals = calculation.totals();
        events.publish(
                tx,
                new TaxTransactionCommitted(
                        added.id(),
                        added.owner(),
                        added.id(),
                        reference,
                        totals.net(),
                        totals.tax(),
                        totals.gross(),
                        calculation.taxDate()));
        turnover.add(tx, calculation, calculation.turnover(), 1);
        return new Recorded(added, false);
    }

    /**
     * The transaction that an earlier commit of this request has made; empty where the reference is free. A repeated commit is judged
     * by what was asked: what comes out of it changes with rules, ids, rates and turnover.
     *
     * @throws ConflictException if the reference was committed with another request
     */
    Optional<Recorded> committed(Tx tx, TaxRequest request, String reference) {
        Optional<TaxTransaction> former = findByReference(tx, request.sellerId(), reference);
        former.filter(each -> !each.calculation().request().equals(request)).ifPresent(other -> {
            throw new ConflictException("The reference " + reference + " of seller " + other.sellerId()
                    + " is taken by the tax transaction " + other.id() + " with other content; choose another.");
        });
        return former.map(each -> new Recorded(each, true));
    }

    private static Heading heading(TaxCalculation calculation) {
        return new Heading(
                calculation.request().sellerId(),
                calculation.taxDate(),
                calculation.sign(),
                calculation.request().currency().code(),
                reliedOn(calculation.request().buyer()));
    }

    private static Set<TaxId> reliedOn(Buyer buyer) {
        return buyer.kind() == BuyerKind.BUSINESS ? Set.copyOf(buyer.taxIds()) : Set.of();
    }

    private static List<ComponentRow> components(TaxCalculation calculation) {
        List<ComponentRow> rows = new ArrayList<>();
        for (int i = 0; i < calculation.lines().size(); i++) {
            TaxedLine line = calculation.lines().get(i);
            rows.add(component(i, 0, line.id(), "", "LINE", null, "", null, line.net(), line.tax()));
            for (int k = 0; k < line.taxes().size(); k++) {
                LineTax tax = line.taxes().get(k);
                rows.add(component(
                        i,
                        k + 1,
                        line.id(),
                        tax.jurisdiction(),
                        tax.type().name(),
                        tax.ratePercent(),
                        tax.reason().name(),
                        tax.en16931Category(),
                        tax.base(),
                        tax.tax()));
            }
        }
        return rows;
    }

    private static ComponentRow component(
            int lineNo,
            int no,
            String id,
            String jurisdiction,
            String type,
            @Nullable BigDecimal rate,
            String reason,
            @Nullable String category,
            Money base,
            Money tax) {
        return new ComponentRow(
                lineNo,
                no,
                id,
                jurisdiction,
                type,
                rate,
                reason,
                category,
                base.amount(),
                tax.amount(),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    Recorded reverse(Tx tx, String transactionId, Reversal reversal) {
        return reverse(tx, transactionId, reversal, null);
    }

    /** Reverses; with a binding a refund's tax counts instead of the proportion. */
    Recorded reverse(Tx tx, String transactionId, Reversal reversal, @Nullable Binding binding) {
        List<ComponentRow> rows = stores.transactions().lock(tx, transactionId);
        TaxTransaction transaction = find(tx, transactionId)
                .orElseThrow(() -> new NotFoundException("There is no tax transaction " + transactionId + "."));
        Optional<ReversalRow> earlier = stores.reversals().find(tx, transaction.sellerId(), reversal.reference());
        if (earlier.isPresent()) {
            return new Recorded(repeated(transaction, earlier.get(), reversal), true);
        }
        Reversing reversing = new Reversing(transactionId, transaction.calculation(), rows);
        String id = ids.next("trv");
        List<ReversedLine> figures = figures(tx, reversing, transaction, reversal, id, binding);
        stores.transactions().update(tx, transactionId, reversing.changed(figures));
        TaxReversal made = made(transaction, reversal, id, figures);
        ReversalRow row = new ReversalRow(
                id,
                transactionId,
                transaction.sellerId(),
                reversal.reference(),
                made.reversedAt(),
                null,
                json.write(made));
        if (!stores.reversals().insert(tx, row)) {
            throw taken(transaction, reversal);
        }
        publish(tx, transaction, made);
        return new Recorded(transaction.with(made), false);
    }

    private List<ReversedLine> figures(
            Tx tx,
            Reversing reversing,
            TaxTransaction transaction,
            Reversal reversal,
            String id,
            @Nullable Binding binding) {
        if (reversal instanceof Reversal.Undo undo) {
            return undone(tx, transaction, undo, id);
        }
        List<ReversedLine> figures;
        if (reversal instanceof Reversal.Lines lines) {
            figures = binding == null
                    ? reversing.figures(reversing.named(lines.gross(), Map.of()))
                    : withRest(reversing, reversing.figures(reversing.named(lines.gross(), binding.byLine())), binding);
        } else if (reversal instanceof Reversal.Flat flat) {
            figures = reversing.figures(
                    binding == null ? reversing.flat(flat.gross()) : reversing.flat(flat.gross(), binding.tax()));
        } else {
            figures = reversing.figures(reversing.full());
        }
        if (figures.isEmpty()) {
            throw new ConflictException("Of the tax transaction " + transaction.id() + " nothing is left to reverse.");
        }
        return figures;
    }

    /** What a refund's lines don't make up is taken off what is then left of the document. */
    private static List<ReversedLine> withRest(Reversing reversing, List<ReversedLine> figures, Binding binding) {
        Money gross = binding.gross();
        Money tax = binding.tax();
        for (ReversedLine line : figures) {
            gross = gross.minus(line.gross());
            tax = tax.minus(line.tax());
        }
        if (gross.isZero() && tax.isZero()) {
            return figures;
        }
        if (gross.signum() <= 0 || tax.signum() < 0 || tax.compareTo(gross) > 0) {
            throw new ConflictException("The refund is of " + binding.gross() + " with " + binding.tax()
                    + " of tax; its lines leave " + gross + " with " + tax + " of it, which can't be a part of it.");
        }
        Reversing rest = reversing.after(figures);
        return Reversing.joined(figures, rest.figures(rest.flat(gross, tax)));
    }

    private List<ReversedLine> undone(Tx tx, TaxTransaction transaction, Reversal.Undo undo, String id) {
        TaxReversal former = transaction.reversals().stream()
                .filter(each -> each.reference().equals(undo.undoneRef()))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "The tax transaction " + transaction.id() + " has no reversal " + undo.undoneRef() + "."));
        if (former.request() instanceof Reversal.Undo) {
            throw new InvalidRequestException(
                    "The reversal " + undo.undoneRef() + " gave one back; make a new reversal instead.");
        }
        if (!stores.reversals().undo(tx, former.id(), id)) {
            throw new ConflictException("The reversal " + undo.undoneRef() + " was given back already.");
        }
        return Reversing.negated(former.lines());
    }

    private TaxReversal made(TaxTransaction transaction, Reversal reversal, String id, List<ReversedLine> figures) {
        Currency currency = transaction.calculation().request().currency();
        Money net = figures.stream().map(ReversedLine::net).collect(Money.summing(currency));
        Money tax = figures.stream().map(ReversedLine::tax).collect(Money.summing(currency));
        return new TaxReversal(
                id, reversal.reference(), reversal, net, tax, net.plus(tax), figures, clock.instant(), null);
    }

    private TaxTransaction repeated(TaxTransaction transaction, ReversalRow earlier, Reversal reversal) {
        boolean same = earlier.transactionId().equals(transaction.id())
                && json.read(earlier.json(), TaxReversal.class).request().equals(reversal);
        if (!same) {
            throw taken(transaction, reversal);
        }
        return transaction;
    }

    private static ConflictException taken(TaxTransaction transaction, Reversal reversal) {
        return new ConflictException("The reference " + reversal.reference() + " of seller " + transaction.sellerId()
                + " is taken by a reversal with other content; choose another.");
    }

    private void publish(Tx tx, TaxTransaction transaction, TaxReversal made) {
        TaxCalculation calculation = transaction.calculation();
        events.publish(
                tx,
                TaxTransactionReversed.builder()
                        .id(transaction.id())
                        .owner(transaction.owner())
                        .transactionId(transaction.id())
                        .reversalId(made.id())
                        .reference(made.reference())
                        .net(made.net())
                        .tax(made.tax())
                        .gross(made.gross())
                        .build());
        turnover.takeOff(tx, calculation, made.net());
    }

    private TaxTransaction transaction(Tx tx, TransactionRow row) {
        List<TaxReversal> reversals = stores.reversals().of(tx, row.id()).stream()
                .map(each -> json.read(each.json(), TaxReversal.class).undone(each.undoneBy()))
                .toList();
        return new TaxTransaction(
                row.id(), row.reference(), json.read(row.json(), TaxCalculation.class), row.committedAt(), reversals);
    }

    Optional<TaxTransaction> find(Tx tx, String id) {
        return stores.transactions().find(tx, id).map(row -> transaction(tx, row));
    }

    Optional<TaxTransaction> findByReference(Tx tx, String sellerId, String reference) {
        return stores.transactions().findByReference(tx, sellerId, reference).map(row -> transaction(tx, row));
    }

    Page<TaxTransaction> page(Tx tx, String sellerId, @Nullable Owner owner, PageRequest page) {
        return stores.transactions().page(tx, sellerId, owner, page).map(row -> transaction(tx, row));
    }

    List<TaxSummaryRow> summary(Tx tx, String sellerId, LocalDate from, LocalDate to) {
        return stores.transactions().summary(tx, sellerId, from, to).stream()
                .map(row -> new TaxSummaryRow(
                        row.jurisdiction(),
                        TaxType.valueOf(row.type()),
                        row.rate(),
                        TaxReason.valueOf(row.reason()),
                        row.category(),
                        facts.money(row.base(), row.currency()),
                        facts.money(row.tax(), row.currency())))
                .sorted(Comparator.comparing(TaxSummaryRow::jurisdiction)
                        .thenComparing(TaxSummaryRow::type)
                        .thenComparing(TaxSummaryRow::ratePercent, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(TaxSummaryRow::reason)
                        .thenComparing(row -> row.base().currency().code()))
                .toList();
    }
}
