package dev.matrix.examples.benchmarks;

import java.math.BigDecimal;
import java.util.Map;
import javax.money.CurrencyUnit;
import javax.money.NumberValue;
import javax.money.convert.ConversionQuery;
import javax.money.convert.ExchangeRate;
import javax.money.convert.ProviderContext;
import javax.money.convert.RateType;
import org.javamoney.moneta.convert.ExchangeRateBuilder;
import org.javamoney.moneta.spi.AbstractRateProvider;
import org.javamoney.moneta.spi.DefaultNumberValue;

/** A provider for Moneta over a table in memory, made as its own provider of the ECB's rates is. */
final class MonetaTable extends AbstractRateProvider {

    private static final String BASE = "EUR";

    private final Map<String, BigDecimal> rates;

    MonetaTable(Map<String, BigDecimal> rates) {
        super(ProviderContext.of("table", RateType.DEFERRED));
        this.rates = rates;
    }

    @Override
    public ExchangeRate getExchangeRate(ConversionQuery query) {
        CurrencyUnit from = query.getBaseCurrency();
        CurrencyUnit to = query.getCurrency();
        NumberValue factor = divide(factor(to), factor(from));
        return new ExchangeRateBuilder(getContext().getProviderName(), RateType.DEFERRED)
                .setBase(from)
                .setTerm(to)
                .setFactor(factor)
                .build();
    }

    private NumberValue factor(CurrencyUnit unit) {
        String code = unit.getCurrencyCode();
        return DefaultNumberValue.of(code.equals(BASE) ? BigDecimal.ONE : rates.get(code));
    }
}
