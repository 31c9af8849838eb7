package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.tax.TaxReversal.ReversedLine;
import dev.matrix.tax.TaxReversal.ReversedTax;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A few documents of one day and what is done to them by chance: parts reversed, refunds whose tax is whatever it is, some given
 * back. What may be taken must be taken, and everything is recounted from the documents and the reversals alone.
 */
final class LedgerProgram {

    private static final int MOST_STEPS = 7;

    /** What a summary groups by. */
    record Key(String jurisdiction, TaxType type, String rate, TaxReason reason) {}

    private final Shop shop;
    private final TaxLedger ledger;
    private final Random random;
    private final Currency currency;
    private final LocalDate day;
    private final Buyer buyer;
    private final List<TaxTransaction> documents = new ArrayList<>();
    private int references;

    LedgerProgram(Shop shop, TaxLedger ledger, long seed, Buyer buyer, String code, LocalDate day) {
        this.shop = shop;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.buyer = buyer;
        this.currency = Shop.currency(code);
        this.day = day;
    }

    /** Runs; returns what it adds to turnover. */
    BigDecimal run() {
        int most = 1 + random.nextInt(2);
        for (int i = 0; i < most; i++) {
            documents.add(document());
        }
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(documents.size()));
        }
        assertThat(filed()).isEqualTo(recounted());
        return turnover();
    }

    private String reference() {
        return day + "-" + references++;
    }

    private TaxTransaction document() {
        boolean note = random.nextInt(3) == 0;
        int sign = note && random.nextBoolean() ? -1 : 1;
        AmountKind kind = random.nextBoolean() ? AmountKind.GROSS : AmountKind.NET;
        TaxRequest.Builder request = note
                ? TaxRequest.creditNote(Shop.SELLER, currency, TaxPoint.on(day), buyer)
                : TaxRequest.invoice(Shop.SELLER, currency, TaxPoint.on(day), buyer);
        int lines = 1 + random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            long amount = sign * (1 + (long) (Math.pow(random.nextDouble(), 4) * 100_000));
            request.item(new TaxedItem("l" + i, Money.ofMinor(amount, currency), kind, ProductCategory.SAAS, false));
            if (random.nextInt(4) == 0) {
                request.override(
                        new TaxOverride("l" + i, TaxReason.REDUCED, BigDecimal.valueOf(1 + random.nextInt(30))));
            }
        }
        return shop.taxes.commit(shop.taxes.calculate(request.build()).orThrow(), reference());
    }

    private void step(int at) {
        TaxTransaction document = documents.get(at);
        List<Line> lines = lines(document);
        long left = lines.stream().mapToLong(Line::gross).sum();
        int choice = random.nextInt(left == 0 ? 1 : 6);
        TaxTransaction after = switch (choice) {
            case 0 -> undo(document);
            case 1 -> reversed(document, new Reversal.Full(reference()), lines);
            case 2 -> reversed(document, new Reversal.Flat(reference(), money(part(left))), lines);
            case 3 -> reversed(document, new Reversal.Lines(reference(), someLines(lines)), lines);
            case 4 -> left < 0 ? document : refund(document, left, lines);
            default -> left < 0 ? document : refundLines(document, lines);
        };
        documents.set(at, after);
        assertThat(shop.taxes.find(document.id())).contains(after);
        lines(after).forEach(Line::check);
    }

    private TaxTransaction undo(TaxTransaction document) {
        List<TaxReversal> standing = document.reversals().stream()
                .filter(each -> each.undoneBy() == null && !(each.request() instanceof Reversal.Undo))
                .toList();
        if (standing.isEmpty()) {
            return document;
        }
        TaxReversal one = standing.get(random.nextInt(standing.size()));
        return shop.taxes.reverse(document.id(), new Reversal.Undo(reference(), one.reference()));
    }

    private TaxTransaction reversed(TaxTransaction document, Reversal reversal, List<Line> lines) {
        TaxTransaction after = shop.taxes.reverse(document.id(), reversal);
        for (ReversedLine figure : last(after).lines()) {
            lines.get(figure.lineNo()).checkProportion(figure);
        }
        return after;
    }

    private TaxTransaction refund(TaxTransaction document, long left, List<Line> lines) {
        long gross = part(left);
        long tax = upTo(Math.min(gross, lines.stream().mapToLong(Line::taxRoom).sum()));
        return refund(document, new Reversal.Flat(reference(), money(gross)), gross, tax, Map.of());
    }

    private TaxTransaction refundLines(TaxTransaction document, List<Line> lines) {
        Map<String, Money> gross = someLines(lines);
        Map<String, Money> taxes = new TreeMap<>();
        long grossSum = 0;
        long taxSum = 0;
        long restGross = 0;
        long restTax = 0;
        for (Line line : lines) {
            Money part = gross.get(line.id());
            long amount = part == null ? 0 : part.minorUnitsExact();
            long tax = upTo(Math.min(amount, line.taxRoom()));
            if (part != null) {
                taxes.put(line.id(), money(tax));
            }
            grossSum += amount;
            taxSum += tax;
            restGross += line.gross() - amount;
            restTax += Math.min(line.tax() - tax, line.gross() - amount);
        }
        if (restGross > 0 && random.nextBoolean()) {
            long rest = part(restGross);
            grossSum += rest;
            taxSum += upTo(Math.min(rest, restTax));
        }
        return refund(document, new Reversal.Lines(reference(), gross), grossSum, taxSum, taxes);
    }

    private TaxTransaction refund(
            TaxTransaction document, Reversal reversal, long gross, long tax, Map<String, Money> byLine) {
        TaxLedger.Binding binding = new TaxLedger.Binding(money(gross), money(tax), byLine);
        TaxTransaction after = shop.matrix
                .transactions()
                .returning(tx ->
                        ledger.reverse(tx, document.id(), reversal, binding).transaction());
        assertThat(last(after).gross()).isEqualTo(money(gross));
        assertThat(last(after).tax()).isEqualTo(money(tax));
        return after;
    }

    private Map<String, Money> someLines(List<Line> lines) {
        Map<String, Money> some = new TreeMap<>();
        List<Line> open = lines.stream().filter(line -> line.gross() != 0).toList();
        Line always = open.get(random.nextInt(open.size()));
        for (Line line : open) {
            if (line.equals(always) || random.nextBoolean()) {
                some.put(line.id(), money(part(line.gross())));
            }
        }
        return some;
    }

    /** One unit to all of an amount of either sign. */
    private long part(long amount) {
        return random.nextInt(5) == 0
                ? amount
                : Long.signum(amount) * (1 + (long) (random.nextDouble() * Math.abs(amount)) % Math.abs(amount));
    }

    private long upTo(long most) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Math.max(0, most);
            default -> Math.max(0, (long) (random.nextDouble() * most));
        };
    }

    private Money money(long minor) {
        return Money.ofMinor(minor, currency);
    }

    private static TaxReversal last(TaxTransaction document) {
        return document.reversals().get(document.reversals().size() - 1);
    }

    /** What is left of a line, in minor units. */
    private record Line(String id, long gross, long tax, List<long[]> left, List<long[]> whole) {

        /** The most tax that a refund can take: one that gave back the price but no tax leaves less gross than tax. */
        long taxRoom() {
            return Math.min(tax, gross);
        }

        /** No tax and no base is below nothing or above the whole. */
        void check() {
            for (int k = 0; k < left.size(); k++) {
                for (int i = 0; i < 2; i++) {
                    long all = whole.get(k)[i];
                    assertThat(left.get(k)[i]).isBetween(Math.min(0, all), Math.max(0, all));
                }
            }
        }

        /** Each tax is what the part is of what is left, but for rounding. */
        void checkProportion(ReversedLine figure) {
            if (Math.abs(tax) > Math.abs(gross)) {
                return;
            }
            MathContext exact = MathContext.DECIMAL64;
            for (int k = 0; k < left.size(); k++) {
                BigDecimal expected = BigDecimal.valueOf(left.get(k)[1])
                        .multiply(BigDecimal.valueOf(figure.gross().minorUnitsExact()))
                        .divide(BigDecimal.valueOf(gross), exact);
                BigDecimal found =
                        BigDecimal.valueOf(figure.taxes().get(k).tax().minorUnitsExact());
                assertThat(found.subtract(expected).abs()).isLessThanOrEqualTo(BigDecimal.valueOf(2));
            }
        }
    }

    private static List<Line> lines(TaxTransaction document) {
        List<Line> lines = new ArrayList<>();
        for (int no = 0; no < document.calculation().lines().size(); no++) {
            lines.add(line(document, no));
        }
        return lines;
    }

    private static Line line(TaxTransaction document, int no) {
        TaxedLine line = document.calculation().lines().get(no);
        long gross = line.gross().minorUnitsExact();
        long tax = line.tax().minorUnitsExact();
        List<long[]> whole = new ArrayList<>();
        line.taxes()
                .forEach(each -> whole.add(
                        new long[] {each.base().minorUnitsExact(), each.tax().minorUnitsExact()}));
        List<long[]> left = whole.stream().map(long[]::clone).toList();
        for (TaxReversal reversal : document.reversals()) {
            for (ReversedLine figure : reversal.lines()) {
                if (figure.lineNo() == no) {
                    gross -= figure.gross().minorUnitsExact();
                    tax -= figure.tax().minorUnitsExact();
                    for (int k = 0; k < left.size(); k++) {
                        ReversedTax each = figure.taxes().get(k);
                        left.get(k)[0] -= each.base().minorUnitsExact();
                        left.get(k)[1] -= each.tax().minorUnitsExact();
                    }
                }
            }
        }
        return new Line(line.id(), gross, tax, left, whole);
    }

    private Map<Key, List<Money>> filed() {
        Map<Key, List<Money>> sums = new HashMap<>();
        for (TaxSummaryRow row : shop.taxes.summary(Shop.SELLER, day, day)) {
            sums.put(
                    key(row.jurisdiction(), row.type(), row.ratePercent(), row.reason()),
                    List.of(row.base(), row.tax()));
        }
        return sums;
    }

    private Map<Key, List<Money>> recounted() {
        Map<Key, List<Money>> sums = new HashMap<>();
        for (TaxTransaction document : documents) {
            List<Line> lines = lines(document);
            int sign = sign(document);
            for (int no = 0; no < lines.size(); no++) {
                List<LineTax> taxes = document.calculation().lines().get(no).taxes();
                for (int k = 0; k < taxes.size(); k++) {
                    LineTax tax = taxes.get(k);
                    long[] left = lines.get(no).left().get(k);
                    sums.merge(
                            key(tax.jurisdiction(), tax.type(), tax.ratePercent(), tax.reason()),
                            List.of(money(sign * left[0]), money(sign * left[1])),
                            (a, b) -> List.of(a.get(0).plus(b.get(0)), a.get(1).plus(b.get(1))));
                }
            }
        }
        return sums;
    }

    private static Key key(String jurisdiction, TaxType type, @Nullable BigDecimal rate, TaxReason reason) {
        return new Key(
                jurisdiction,
                type,
                rate == null ? "" : rate.stripTrailingZeros().toPlainString(),
                reason);
    }

    /** A credit note takes off, however its amounts are signed. */
    private static int sign(TaxTransaction document) {
        boolean note = document.calculation().request().kind() == DocumentKind.CREDIT_NOTE;
        return note && document.calculation().totals().gross().signum() > 0 ? -1 : 1;
    }

    private BigDecimal turnover() {
        BigDecimal sum = BigDecimal.ZERO;
        for (TaxTransaction document : documents) {
            Money net = document.calculation().totals().net();
            for (TaxReversal reversal : document.reversals()) {
                net = net.minus(reversal.net());
            }
            sum = sum.add(net.amount().multiply(BigDecimal.valueOf(sign(document))));
        }
        return sum;
    }
}
