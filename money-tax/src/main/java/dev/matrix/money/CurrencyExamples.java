package dev.matrix.money;

import dev.matrix.core.Page;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateSide;
import dev.matrix.money.CurrencyRequests.ConfigOf;
import dev.matrix.money.CurrencyRequests.Convert;
import dev.matrix.money.CurrencyRequests.RatesOf;
import dev.matrix.money.CurrencyRequests.ReplaceConfig;
import dev.matrix.money.CurrencyRequests.ReplaceManualRate;
import dev.matrix.money.CurrencyRequests.SnapshotSearch;
import dev.matrix.money.CurrencyViews.ConfigView;
import dev.matrix.money.CurrencyViews.ConversionView;
import dev.matrix.money.CurrencyViews.CurrencyView;
import dev.matrix.money.CurrencyViews.LegView;
import dev.matrix.money.CurrencyViews.QuoteView;
import dev.matrix.money.CurrencyViews.RateRow;
import dev.matrix.money.CurrencyViews.RatesView;
import dev.matrix.money.CurrencyViews.SnapshotView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One example for each currency operation: the ECB's rates of 21 February 2023. */
final class CurrencyExamples {

    private static final LocalDate DAY = LocalDate.of(2023, 2, 21);
    private static final Instant OBSERVED = Instant.parse("2023-02-21T13:10:00Z");
    private static final Instant FETCHED = Instant.parse("2023-02-21T15:10:00Z");
    private static final BigDecimal RATE = new BigDecimal("1.0664");
    private static final BigDecimal PEG = new BigDecimal("3.75");
    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final Currency USD = Currencies.standard().get("USD");

    private CurrencyExamples() {}

    static final Convert CONVERT =
            new Convert(Money.of("100.00", "EUR"), USD, DAY, null, null, RateSide.MID, null, false);
    static final ConversionView CONVERSION = new ConversionView(
            Money.of("100.00", "EUR"),
            Money.of("106.64", "USD"),
            RATE,
            List.of(new LegView("fxs_1", "ecb", "EUR", "USD", RATE, false)),
            DAY,
            0,
            Freshness.FRESH);

    static final Page<CurrencyView> CURRENCIES = new Page<>(List.of(CurrencyView.of(EUR), CurrencyView.of(USD)), null);

    static final RatesOf RATES_OF = new RatesOf(EUR, List.of(USD), DAY);
    static final RatesView RATES = new RatesView(EUR, List.of(new RateRow(USD, RATE, DAY, "ecb", "fxs_1")));

    static final SnapshotSearch SNAPSHOT_SEARCH = new SnapshotSearch("ecb", DAY, DAY, 20, null);
    static final Page<SnapshotView> SNAPSHOTS =
            new Page<>(List.of(snapshot("fxs_1", "ecb", "EUR", new QuoteView("USD", RATE, null, null))), null);

    static final ReplaceManualRate REPLACE_MANUAL_RATE =
            new ReplaceManualRate(USD, Currencies.standard().get("SAR"), PEG, DAY, null);
    static final SnapshotView MANUAL_RATE =
            snapshot("fxs_2", "manual:SAR-USD", "USD", new QuoteView("SAR", PEG, null, null));

    static final ConfigOf CONFIG_OF = new ConfigOf("user", "u_42");
    static final ReplaceConfig REPLACE_CONFIG = new ReplaceConfig("user", "u_42", EUR, "de-DE", 0);
    static final ConfigView CONFIG = new ConfigView("user", "u_42", EUR, "de-DE", 1);

    private static SnapshotView snapshot(String id, String source, String base, QuoteView quote) {
        return new SnapshotView(id, source, base, DAY, OBSERVED, FETCHED, 1, RateStatus.ACCEPTED, null, List.of(quote));
    }
}
