package dev.matrix.money;

import dev.matrix.core.Page;
import dev.matrix.core.api.Operation.Draft;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateSide;
import dev.matrix.money.CurrencyViews.ConfigOf;
import dev.matrix.money.CurrencyViews.ConfigView;
import dev.matrix.money.CurrencyViews.ConversionView;
import dev.matrix.money.CurrencyViews.Convert;
import dev.matrix.money.CurrencyViews.CurrencyView;
import dev.matrix.money.CurrencyViews.Everything;
import dev.matrix.money.CurrencyViews.LegView;
import dev.matrix.money.CurrencyViews.QuoteView;
import dev.matrix.money.CurrencyViews.RateRow;
import dev.matrix.money.CurrencyViews.RatesOf;
import dev.matrix.money.CurrencyViews.RatesView;
import dev.matrix.money.CurrencyViews.ReplaceConfig;
import dev.matrix.money.CurrencyViews.ReplaceManualRate;
import dev.matrix.money.CurrencyViews.SnapshotSearch;
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
    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final Currency USD = Currencies.standard().get("USD");

    private CurrencyExamples() {}

    static Draft<Convert, ConversionView> conversion(Draft<Convert, ConversionView> draft) {
        return draft.example(
                "the rate of a day",
                new Convert(Money.of("100.00", "EUR"), USD, DAY, null, null, RateSide.MID, null, false),
                new ConversionView(
                        Money.of("100.00", "EUR"),
                        Money.of("106.64", "USD"),
                        RATE,
                        List.of(new LegView("fxs_1", "ecb", "EUR", "USD", RATE, false)),
                        DAY,
                        0,
                        Freshness.FRESH));
    }

    static Draft<Everything, Page<CurrencyView>> currencies(Draft<Everything, Page<CurrencyView>> draft) {
        return draft.example(
                "all", new Everything(), new Page<>(List.of(CurrencyView.of(EUR), CurrencyView.of(USD)), null));
    }

    static Draft<RatesOf, RatesView> rates(Draft<RatesOf, RatesView> draft) {
        return draft.example(
                "dollars for a euro",
                new RatesOf(EUR, List.of(USD), DAY),
                new RatesView(EUR, List.of(new RateRow(USD, RATE, DAY, "ecb", "fxs_1"))));
    }

    static Draft<SnapshotSearch, Page<SnapshotView>> history(Draft<SnapshotSearch, Page<SnapshotView>> draft) {
        return draft.example(
                "one day of the ECB",
                new SnapshotSearch("ecb", DAY, DAY, 20, null),
                new Page<>(
                        List.of(new SnapshotView(
                                "fxs_1",
                                "ecb",
                                "EUR",
                                DAY,
                                OBSERVED,
                                FETCHED,
                                1,
                                RateStatus.ACCEPTED,
                                null,
                                List.of(new QuoteView("USD", RATE, null, null)))),
                        null));
    }

    static Draft<ReplaceManualRate, SnapshotView> manual(Draft<ReplaceManualRate, SnapshotView> draft) {
        BigDecimal peg = new BigDecimal("3.75");
        return draft.example(
                "a peg",
                new ReplaceManualRate(USD, Currencies.standard().get("SAR"), peg, DAY, null),
                new SnapshotView(
                        "fxs_2",
                        "manual:SAR-USD",
                        "USD",
                        DAY,
                        OBSERVED,
                        FETCHED,
                        1,
                        RateStatus.ACCEPTED,
                        null,
                        List.of(new QuoteView("SAR", peg, null, null))));
    }

    private static ConfigView config(long version) {
        return new ConfigView("user", "u_42", EUR, "de-DE", version);
    }

    static Draft<ConfigOf, ConfigView> config(Draft<ConfigOf, ConfigView> draft) {
        return draft.example("a customer's", new ConfigOf("user", "u_42"), config(1));
    }

    static Draft<ReplaceConfig, ConfigView> newConfig(Draft<ReplaceConfig, ConfigView> draft) {
        return draft.example("the first", new ReplaceConfig("user", "u_42", EUR, "de-DE", 0), config(1));
    }
}
