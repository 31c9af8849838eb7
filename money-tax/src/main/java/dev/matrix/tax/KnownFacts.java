package dev.matrix.tax;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.Turnover.Crossing;
import dev.matrix.tax.spi.TaxTurnoverStore.TurnoverRow;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What calculations look up, from memory: other nodes' changes are seen within 15 s, this node's at once after their commit.
 * A miss is one read. Thread-safe.
 */
final class KnownFacts {

    private final InstantSource clock;
    private final Currencies currencies;
    private final TaxStores stores;
    private final @Nullable CurrencyConverter converter;
    private final RecentReads<String, List<TaxRegistration>> registrations;
    private final RecentReads<Owner, List<TaxExemption>> exemptions;
    private final RecentReads<String, Turnover> turnovers;

    KnownFacts(
            Transactions transactions,
            InstantSource clock,
            Currencies currencies,
            TaxStores stores,
            TaxJson json,
            @Nullable CurrencyConverter converter) {
        this.clock = clock;
        this.currencies = currencies;
        this.stores = stores;
        this.converter = converter == null ? null : intoKnown(currencies, converter);
        registrations = new RecentReads<>(
                transactions,
                clock,
                (tx, seller) -> List.copyOf(stores.registrations().list(tx, seller)));
        exemptions = new RecentReads<>(
                transactions,
                clock,
                (tx, holder) -> stores.exemptions().of(tx, holder).stream()
                        .map(row -> json.read(row.json(), TaxExemption.class))
                        .toList());
        turnovers = new RecentReads<>(transactions, clock, this::loadTurnover);
    }

    /** Events in a currency that the Matrix doesn't know could not be read: thresholds in such a one stay unjudged, and warn. */
    private static CurrencyConverter intoKnown(Currencies currencies, CurrencyConverter converter) {
        return new CurrencyConverter() {

            @Override
            public Conversion convert(Money source, Currency target, RateQuery query) {
                return isKnown(target) ? converter.convert(source, target, query) : unknown(source, target);
            }

            @Override
            public Conversion convert(Tx tx, Money source, Currency target, RateQuery query) {
                return isKnown(target) ? converter.convert(tx, source, target, query) : unknown(source, target);
            }

            private boolean isKnown(Currency target) {
                return currencies.find(target.code()).isPresent();
            }

            private NoRate unknown(Money source, Currency target) {
                return new NoRate(source, target, NoRate.Reason.UNKNOWN_CURRENCY, null);
            }
        };
    }

    List<TaxRegistration> registrations(String sellerId) {
        return registrations.get(sellerId);
    }

    List<TaxExemption> exemptions(@Nullable Owner holder) {
        return holder == null ? List.of() : exemptions.get(holder);
    }

    Turnover turnover(String sellerId) {
        return turnovers.get(sellerId);
    }

    private Turnover loadTurnover(Tx tx, String sellerId) {
        int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
        // Sales may be entered for the past: back to where a threshold of the last three years would look.
        List<TurnoverRow> rows = stores.turnovers().since(tx, sellerId, null, YearMonth.of(year - 4, 1));
        Set<Crossing> crossings = stores.turnovers().crossings(tx, sellerId).stream()
                .map(row -> new Crossing(row.threshold(), Integer.parseInt(row.period())))
                .collect(Collectors.toSet());
        return turnover(rows, crossings, converter);
    }

    /** Of rows that an open transaction has read; it converts there. */
    Turnover turnover(Tx tx, List<TurnoverRow> rows) {
        CurrencyConverter outside = converter;
        return turnover(
                rows,
                Set.of(),
                outside == null ? null : (source, target, query) -> outside.convert(tx, source, target, query));
    }

    private Turnover turnover(List<TurnoverRow> rows, Set<Crossing> crossings, @Nullable CurrencyConverter rates) {
        return new Turnover(
                rows.stream()
                        .map(row -> new Turnover.Month(row.counts(), row.month(), money(row.amount(), row.currency())))
                        .toList(),
                crossings,
                rates);
    }

    Money money(BigDecimal amount, String code) {
        Currency currency = currencies.get(code);
        return Money.of(amount, currency);
    }

    void forgetRegistrations(String sellerId) {
        registrations.forget(sellerId);
    }

    void forgetExemptions(Owner holder) {
        exemptions.forget(holder);
    }

    void forgetTurnover(String sellerId) {
        turnovers.forget(sellerId);
    }
}
