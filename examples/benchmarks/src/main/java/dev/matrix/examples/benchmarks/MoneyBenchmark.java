package dev.matrix.examples.benchmarks;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.money.Monetary;
import javax.money.MonetaryAmount;
import javax.money.MonetaryOperator;
import javax.money.RoundingQueryBuilder;
import org.javamoney.moneta.FastMoney;
import org.joda.money.CurrencyUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The four things that billing does with money, in Matrix, Joda-Money and Moneta's two kinds of amount.
 *
 * <p>Only Matrix allocates by itself; for the peers it is written as their users would, and simpler than Matrix does it: the
 * units left over go to the first parts, not to the largest remainders.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MoneyBenchmark {

    private static final long TOTAL = 55;

    private final long[] ratios = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    private final BigDecimal factor = new BigDecimal("0.0825");

    private final Money matrix = Money.of("1234.56", "EUR");
    private final Money matrixOther = Money.of("65.43", "EUR");
    private final String matrixText = "1234.56 EUR";

    private final org.joda.money.Money joda = org.joda.money.Money.of(CurrencyUnit.EUR, new BigDecimal("1234.56"));
    private final org.joda.money.Money jodaOther = org.joda.money.Money.of(CurrencyUnit.EUR, new BigDecimal("65.43"));
    private final String peerText = "EUR 1234.56";

    private final org.javamoney.moneta.Money moneta = org.javamoney.moneta.Money.of(new BigDecimal("1234.56"), "EUR");
    private final org.javamoney.moneta.Money monetaOther =
            org.javamoney.moneta.Money.of(new BigDecimal("65.43"), "EUR");
    private final FastMoney fast = FastMoney.of(new BigDecimal("1234.56"), "EUR");
    private final FastMoney fastOther = FastMoney.of(new BigDecimal("65.43"), "EUR");
    private final MonetaryOperator halfEven = rounding(RoundingMode.HALF_EVEN);
    private final MonetaryOperator down = rounding(RoundingMode.DOWN);

    @Benchmark
    public Object plusMatrix() {
        return matrix.plus(matrixOther);
    }

    @Benchmark
    public Object plusJoda() {
        return joda.plus(jodaOther);
    }

    @Benchmark
    public Object plusMoneta() {
        return moneta.add(monetaOther);
    }

    @Benchmark
    public Object plusMonetaFast() {
        return fast.add(fastOther);
    }

    @Benchmark
    public Object timesMatrix() {
        return matrix.times(factor, RoundingMode.HALF_EVEN);
    }

    @Benchmark
    public Object timesJoda() {
        return joda.multipliedBy(factor, RoundingMode.HALF_EVEN);
    }

    @Benchmark
    public Object timesMoneta() {
        return moneta.multiply(factor).with(halfEven);
    }

    @Benchmark
    public Object timesMonetaFast() {
        return fast.multiply(factor).with(halfEven);
    }

    @Benchmark
    public Object allocateMatrix() {
        return matrix.allocate(ratios);
    }

    @Benchmark
    public Object allocateJoda() {
        List<org.joda.money.Money> parts = new ArrayList<>(ratios.length);
        org.joda.money.Money rest = joda;
        for (long ratio : ratios) {
            org.joda.money.Money part = joda.multipliedBy(ratio).dividedBy(TOTAL, RoundingMode.DOWN);
            parts.add(part);
            rest = rest.minus(part);
        }
        for (int i = 0; rest.isPositive(); i++) {
            parts.set(i, parts.get(i).plusMinor(1));
            rest = rest.minusMinor(1);
        }
        return parts;
    }

    @Benchmark
    public Object allocateMoneta() {
        return allocate(moneta, org.javamoney.moneta.Money.of(new BigDecimal("0.01"), "EUR"));
    }

    @Benchmark
    public Object allocateMonetaFast() {
        return allocate(fast, FastMoney.of(new BigDecimal("0.01"), "EUR"));
    }

    @Benchmark
    public Object parseMatrix() {
        return Money.parse(matrixText);
    }

    @Benchmark
    public Object parseJoda() {
        return org.joda.money.Money.parse(peerText);
    }

    @Benchmark
    public Object parseMoneta() {
        return org.javamoney.moneta.Money.parse(peerText);
    }

    @Benchmark
    public Object parseMonetaFast() {
        return FastMoney.parse(peerText);
    }

    private List<MonetaryAmount> allocate(MonetaryAmount amount, MonetaryAmount cent) {
        List<MonetaryAmount> parts = new ArrayList<>(ratios.length);
        MonetaryAmount rest = amount;
        for (long ratio : ratios) {
            MonetaryAmount part = amount.multiply(ratio).divide(TOTAL).with(down);
            parts.add(part);
            rest = rest.subtract(part);
        }
        for (int i = 0; rest.isPositive(); i++) {
            parts.set(i, parts.get(i).add(cent));
            rest = rest.subtract(cent);
        }
        return parts;
    }

    private static MonetaryOperator rounding(RoundingMode mode) {
        return Monetary.getRounding(
                RoundingQueryBuilder.of().setScale(2).set(mode).build());
    }
}
