package dev.matrix.examples.benchmarks;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.Address;
import dev.matrix.tax.Buyer;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxOutcome;
import dev.matrix.tax.TaxPoint;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxRequest;
import dev.matrix.tax.TaxedItem;
import dev.matrix.tax.Taxes;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The tax of an invoice to a consumer in another member state: determination with its trace, and the arithmetic. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TaxBenchmark {

    private static final LocalDate START = LocalDate.of(2025, 1, 1);

    /** Lines of the invoice. */
    @Param({"10", "1000"})
    private int lines;

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
    private final Taxes taxes = Taxes.on(matrix)
            .seller(SellerProfile.of("acme", Address.of("DE"))
                    .registered(TaxRegistration.local("DE", null, START))
                    .registered(TaxRegistration.unionOss(START)))
            .build();
    private TaxRequest request = request(1);

    @Setup
    public void bill() {
        request = request(lines);
    }

    private static TaxRequest request(int lines) {
        TaxRequest.Builder request = TaxRequest.invoice(
                "acme",
                Currencies.standard().get("EUR"),
                TaxPoint.on(LocalDate.of(2026, 3, 1)),
                Buyer.consumer(Address.of("FR")));
        for (int i = 0; i < lines; i++) {
            request.item(TaxedItem.net("l" + i, Money.of(i + ".37", "EUR"), ProductCategory.SAAS));
        }
        return request.build();
    }

    @Benchmark
    public TaxOutcome invoice() {
        return taxes.calculate(request);
    }

    @TearDown
    public void close() {
        matrix.close();
    }
}
