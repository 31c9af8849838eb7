package dev.matrix.examples.benchmarks;

import dev.matrix.core.money.Money;
import dev.matrix.core.money.MoneyFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Printing an amount. The JDK's format is confined to one thread here, its best case; Matrix's may be shared. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MoneyFormatBenchmark {

    private final Money money = Money.of("1234567.89", "EUR");
    private final MoneyFormat matrix = MoneyFormat.of(Locale.GERMANY);
    private final NumberFormat jdk = jdk();

    @Benchmark
    public String formatMatrix() {
        return matrix.format(money);
    }

    @Benchmark
    public String formatJdk() {
        return jdk.format(money.amount());
    }

    private static NumberFormat jdk() {
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.GERMANY);
        format.setCurrency(Currency.getInstance("EUR"));
        return format;
    }
}
