package dev.matrix.examples.benchmarks.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.Charge;
import dev.matrix.analytics.cost.PeriodUsage;
import dev.matrix.analytics.cost.Plan;
import dev.matrix.analytics.cost.Price;
import dev.matrix.analytics.cost.RatedBill;
import dev.matrix.analytics.cost.Rating;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A bill of 100 lines: half per unit, half graduated. The score is lines a second on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RatingBenchmark {

    private static final int LINES = 100;

    private final Plan plan = Plan.monthly("p", Money.of("49.00", "EUR"))
            .charging(IntStream.range(0, LINES)
                    .mapToObj(i -> Charge.of("meter" + i, "1000", price(i)))
                    .toArray(Charge[]::new));
    private final PeriodUsage usage = usage();

    private static Price price(int i) {
        return i % 2 == 0
                ? new Price.PerUnit(PreciseMoney.of("0.0004", "EUR"))
                : new Price.Graduated(List.of(
                        Price.Tier.upTo("10000", PreciseMoney.of("0.01", "EUR")),
                        Price.Tier.upTo("50000", PreciseMoney.of("0.008", "EUR")),
                        Price.Tier.rest(PreciseMoney.of("0.005", "EUR"))));
    }

    private static PeriodUsage usage() {
        Map<String, BigDecimal> quantities = new TreeMap<>();
        for (int i = 0; i < LINES; i++) {
            quantities.put("meter" + i, new BigDecimal(20_000 + 371L * i));
        }
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return new PeriodUsage(new Window(start, start.plusSeconds(86_400)), 0, quantities);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public RatedBill rate() {
        return Rating.rate(plan, usage);
    }
}
