package dev.matrix.examples.benchmarks;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.ExchangeRates;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import dev.matrix.okhttp.OkHttpTransport;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.money.MonetaryAmount;
import javax.money.convert.CurrencyConversion;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Conversion at the newest rates of a table in memory, EUR based: along it and across it. Matrix also ages the rate, names its legs
 * and rounds to the target's decimals; Moneta multiplies by a factor of its provider, its result unrounded.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConversionBenchmark {

    private static final Map<String, BigDecimal> RATES = Map.of(
            "USD", new BigDecimal("1.0664"),
            "JPY", new BigDecimal("143.76"),
            "GBP", new BigDecimal("0.87925"));

    private final Matrix matrix = Matrix.builder()
            .stores(Stores.inMemory())
            .transport(OkHttpTransport.create())
            .build();
    private final ExchangeRates rates =
            ExchangeRates.on(matrix).source(new TableSource()).build();
    private final Money euros = Money.of("1234.56", "EUR");
    private final Money dollars = Money.of("1234.56", "USD");
    private final Currency usd = Currencies.standard().get("USD");
    private final Currency jpy = Currencies.standard().get("JPY");

    private final MonetaryAmount monetaEuros = org.javamoney.moneta.Money.of(new BigDecimal("1234.56"), "EUR");
    private final MonetaryAmount monetaDollars = org.javamoney.moneta.Money.of(new BigDecimal("1234.56"), "USD");
    private final MonetaTable monetaTable = new MonetaTable(RATES);
    private final CurrencyConversion toDollars = monetaTable.getCurrencyConversion("USD");
    private final CurrencyConversion toYen = monetaTable.getCurrencyConversion("JPY");

    /** The table, once. */
    private static final class TableSource implements RateSource {

        @Override
        public String name() {
            return "table";
        }

        @Override
        public RateClass rateClass() {
            return RateClass.DAILY_FIAT;
        }

        @Override
        public RateFetch fetch(FetchRequest request, HttpTransport transport) {
            TreeMap<String, QuotedRate> quoted = new TreeMap<>();
            RATES.forEach((code, rate) -> quoted.put(code, QuotedRate.mid(rate)));
            Instant at = request.now();
            return new RateFetch.Fetched(
                    List.of(new ObservedRates("EUR", LocalDate.ofInstant(at, ZoneOffset.UTC), at, quoted)), null);
        }
    }

    /** Fills the table. */
    public ConversionBenchmark() {
        while (matrix.runDueStep().isPresent()) {
            Thread.onSpinWait();
        }
    }

    @TearDown
    public void close() {
        matrix.close();
    }

    @Benchmark
    public Conversion alongMatrix() {
        return rates.convert(euros, usd);
    }

    @Benchmark
    public Conversion acrossMatrix() {
        return rates.convert(dollars, jpy);
    }

    @Benchmark
    public MonetaryAmount alongMoneta() {
        return monetaEuros.with(toDollars);
    }

    @Benchmark
    public MonetaryAmount acrossMoneta() {
        return monetaDollars.with(toYen);
    }
}
