package dev.matrix.money;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Conversion.NoRate.Reason;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.money.RateSide;
import dev.matrix.core.money.StalePolicy;
import dev.matrix.money.CurrencyRequests.Convert;
import dev.matrix.money.CurrencyRequests.Everything;
import dev.matrix.money.CurrencyRequests.RatesOf;
import dev.matrix.money.CurrencyRequests.ReplaceManualRate;
import dev.matrix.money.CurrencyRequests.SnapshotSearch;
import dev.matrix.money.CurrencyViews.ConversionView;
import dev.matrix.money.CurrencyViews.CurrencyView;
import dev.matrix.money.CurrencyViews.RatesView;
import dev.matrix.money.CurrencyViews.SnapshotView;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Operations that convert, and that show and set exchange rates. */
record RateOperations(ApiArea area, ExchangeRates rates, Currencies currencies) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.post(
                                        "/v1/currency/conversions", Convert.class, Reply.json(ConversionView.class)),
                                "convertCurrency",
                                "Converts an amount at a rate that can be named, aged and repeated.")
                        .byOwners()
                        .key(KeyMode.UNUSED)
                        .error("rate_unavailable", 422, "There is no rate between these currencies.")
                        .error("rate_stale", 422, "The only rate is too old; allowStale uses it nevertheless.")
                        .example("the rate of a day", CurrencyExamples.CONVERT, CurrencyExamples.CONVERSION)
                        .handle(this::convert),
                area.reading(
                                Operation.get(
                                        "/v1/currency/currencies", Everything.class, Reply.pageOf(CurrencyView.class)),
                                "listCurrencies",
                                "Lists the currencies that amounts may have.")
                        .example("all", new Everything(), CurrencyExamples.CURRENCIES)
                        .handle((request, context) -> new Page<>(
                                currencies.all().stream().map(CurrencyView::of).toList(), null)),
                area.reading(
                                Operation.get("/v1/currency/rates", RatesOf.class, Reply.json(RatesView.class)),
                                "listCurrencyRates",
                                "Lists what one unit of a currency is worth in others; those without a rate are left"
                                        + " out.")
                        .example("dollars for a euro", CurrencyExamples.RATES_OF, CurrencyExamples.RATES)
                        .handle(this::table),
                area.reading(
                                Operation.get(
                                        "/v1/currency/rates/history",
                                        SnapshotSearch.class,
                                        Reply.pageOf(SnapshotView.class)),
                                "listCurrencyRateHistory",
                                "Lists a source's stored rates by day, corrections and refused ones too.")
                        .example("one day of the ECB", CurrencyExamples.SNAPSHOT_SEARCH, CurrencyExamples.SNAPSHOTS)
                        .handle(this::history),
                area.writing(
                                Operation.put(
                                        "/v1/currency/manual-rates/{base}/{quote}",
                                        ReplaceManualRate.class,
                                        Reply.json(SnapshotView.class)),
                                "replaceManualRate",
                                "Sets a rate by hand; while it holds it comes before every source.")
                        .byOperators()
                        .example("a peg", CurrencyExamples.REPLACE_MANUAL_RATE, CurrencyExamples.MANUAL_RATE)
                        .handle(this::setManual));
    }

    private ConversionView convert(Convert request, ApiContext context) {
        Conversion conversion = rates.convert(request.amount(), request.to(), query(request));
        if (conversion instanceof Converted converted) {
            return ConversionView.of(converted);
        }
        NoRate none = (NoRate) conversion;
        boolean stale = none.reason() == Reason.STALE;
        ApiProblem problem = ApiProblem.of(
                422,
                stale ? "rate_stale" : "rate_unavailable",
                "No rate from " + request.amount().currency().code() + " to "
                        + request.to().code() + " to use: " + none.reason() + ".");
        AppliedRate last = none.lastKnown();
        throw last == null ? problem : problem.with("lastObservedOn", last.observedOn());
    }

    private static RateQuery query(Convert request) {
        if (Stream.of(request.date(), request.at(), request.snapshotId())
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw ApiProblem.of(422, "unprocessable", "Name one of date, at and snapshotId.");
        }
        RateQuery query = RateQuery.latest();
        if (request.date() != null) {
            query = RateQuery.on(request.date());
        } else if (request.at() != null) {
            query = RateQuery.at(request.at());
        } else if (request.snapshotId() != null) {
            query = RateQuery.snapshot(request.snapshotId());
        }
        RateSide side = request.side();
        BigDecimal markup = request.markupPercent();
        return query.withSide(side == null ? RateSide.MID : side)
                .withMarkup(markup == null ? BigDecimal.ZERO : markup)
                .withStale(request.allowStale() ? StalePolicy.USE_AND_FLAG : StalePolicy.REFUSE);
    }

    private RatesView table(RatesOf request, ApiContext context) {
        Set<Currency> quotes = new HashSet<>(request.quotes().isEmpty() ? currencies.all() : request.quotes());
        quotes.remove(request.base());
        LocalDate date = request.date();
        return RatesView.of(
                rates.table(request.base(), quotes, date == null ? RateQuery.latest() : RateQuery.on(date)));
    }

    private Page<SnapshotView> history(SnapshotSearch search, ApiContext context) {
        return rates.history(
                        search.source(),
                        new DateRange(search.from(), search.to()),
                        new PageRequest(search.limit(), search.cursor()))
                .map(SnapshotView::of);
    }

    private SnapshotView setManual(ReplaceManualRate request, ApiContext context) {
        ManualRate rate =
                new ManualRate(request.base(), request.quote(), request.rate(), request.from(), request.until());
        return SnapshotView.of(rates.setManual(context.tx(), rate));
    }
}
