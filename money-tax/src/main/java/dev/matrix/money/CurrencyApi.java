package dev.matrix.money;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiModule;
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
import dev.matrix.money.CurrencyViews.ConversionView;
import dev.matrix.money.CurrencyViews.Convert;
import dev.matrix.money.CurrencyViews.CurrencyView;
import dev.matrix.money.CurrencyViews.Everything;
import dev.matrix.money.CurrencyViews.RatesOf;
import dev.matrix.money.CurrencyViews.RatesView;
import dev.matrix.money.CurrencyViews.ReplaceManualRate;
import dev.matrix.money.CurrencyViews.SnapshotSearch;
import dev.matrix.money.CurrencyViews.SnapshotView;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The operations of exchange rates (money-tax, section 7). */
final class CurrencyApi implements ApiModule {

    private final ExchangeRates rates;
    private final Currencies currencies;

    CurrencyApi(ExchangeRates rates, Currencies currencies) {
        this.rates = rates;
        this.currencies = currencies;
    }

    @Override
    public String name() {
        return "currency";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return List.of(conversion(), known(), table(), history(), manual());
    }

    private Operation<Convert, ConversionView> conversion() {
        return CurrencyExamples.conversion(
                        Operation.post("/v1/currency/conversions", Convert.class, Reply.json(ConversionView.class))
                                .id("convertCurrency")
                                .tag("currency")
                                .summary("Converts an amount at a rate that can be named, aged and repeated.")
                                .scope("currency:read")
                                .byOwners()
                                .key(KeyMode.UNUSED)
                                .error("rate_unavailable", 422, "There is no rate between these currencies.")
                                .error("rate_stale", 422, "The only rate is too old; allowStale uses it nevertheless."))
                .handle(this::convert);
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

    private Operation<Everything, Page<CurrencyView>> known() {
        return CurrencyExamples.currencies(
                        Operation.get("/v1/currency/currencies", Everything.class, Reply.pageOf(CurrencyView.class))
                                .id("listCurrencies")
                                .tag("currency")
                                .summary("Lists the currencies that amounts may have.")
                                .scope("currency:read"))
                .handle((request, context) -> new Page<>(
                        currencies.all().stream().map(CurrencyView::of).toList(), null));
    }

    private Operation<RatesOf, RatesView> table() {
        return CurrencyExamples.rates(Operation.get("/v1/currency/rates", RatesOf.class, Reply.json(RatesView.class))
                        .id("listCurrencyRates")
                        .tag("currency")
                        .summary(
                                "Lists what one unit of a currency is worth in others; those without a rate are left out.")
                        .scope("currency:read"))
                .handle(this::table);
    }

    private RatesView table(RatesOf request, ApiContext context) {
        Set<Currency> quotes = new HashSet<>(request.quotes().isEmpty() ? currencies.all() : request.quotes());
        quotes.remove(request.base());
        LocalDate date = request.date();
        return RatesView.of(
                rates.table(request.base(), quotes, date == null ? RateQuery.latest() : RateQuery.on(date)));
    }

    private Operation<SnapshotSearch, Page<SnapshotView>> history() {
        return CurrencyExamples.history(Operation.get(
                                "/v1/currency/rates/history", SnapshotSearch.class, Reply.pageOf(SnapshotView.class))
                        .id("listCurrencyRateHistory")
                        .tag("currency")
                        .summary("Lists a source's stored rates by day, corrections and refused ones too.")
                        .scope("currency:read"))
                .handle((request, context) -> rates.history(
                                request.source(),
                                new DateRange(request.from(), request.to()),
                                new PageRequest(request.limit(), request.cursor()))
                        .map(SnapshotView::of));
    }

    private Operation<ReplaceManualRate, SnapshotView> manual() {
        return CurrencyExamples.manual(Operation.put(
                                "/v1/currency/manual-rates/{base}/{quote}",
                                ReplaceManualRate.class,
                                Reply.json(SnapshotView.class))
                        .id("replaceManualRate")
                        .tag("currency")
                        .summary("Sets a rate by hand; while it holds it comes before every source.")
                        .scope("currency:write")
                        .byOperators())
                .handle(this::setManual);
    }

    private SnapshotView setManual(ReplaceManualRate request, ApiContext context) {
        ManualRate rate =
                new ManualRate(request.base(), request.quote(), request.rate(), request.from(), request.until());
        return SnapshotView.of(rates.setManual(context.tx(), rate));
    }
}
