package dev.matrix.examples.customprovider;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.ExchangeRates;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Converts by Northbank's fixing of one week, which is a file here, and shows how its rates age. */
public final class WeeklyFixing {

    private static final Instant TUESDAY = Instant.parse("2026-01-06T09:00:00Z");

    private WeeklyFixing() {}

    /** Answers every call with the file {@code fixing.csv}; a host takes {@code OkHttpTransport.create()}. */
    private static final class FileTransport implements HttpTransport {

        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            try (InputStream file = WeeklyFixing.class.getResourceAsStream("fixing.csv")) {
                byte[] body = Objects.requireNonNull(file, "fixing.csv").readAllBytes();
                return CompletableFuture.completedFuture(
                        new HttpReply(200, Map.of(), body, HttpReply.End.COMPLETE, null, HttpReply.Timing.NONE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }

    /** Prints what EUR 100.00 are on four days. */
    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        try (Matrix matrix = Matrix.builder()
                .stores(Stores.inMemory())
                .transport(new FileTransport())
                .currencies(Currencies.iso())
                .clock(InstantSource.fixed(TUESDAY))
                .build()) {
            ExchangeRates rates = ExchangeRates.on(matrix)
                    .source(new NorthbankRates(URI.create("https://rates.northbank.example/fixing.csv")))
                    .build();
            while (matrix.runDueStep().isPresent()) {
                // A host calls matrix.start() instead, and the source is asked whenever it is due.
            }
            for (String day : List.of("2026-01-06", "2026-01-13", "2026-01-14", "2026-01-21")) {
                out.println(day + "  " + told(rates, LocalDate.parse(day)));
            }
        }
    }

    private static String told(ExchangeRates rates, LocalDate day) {
        Conversion conversion =
                rates.convert(Money.of("100.00", "EUR"), Currencies.iso().get("USD"), RateQuery.on(day));
        if (conversion instanceof Conversion.Converted converted) {
            return converted.source() + " = " + converted.result() + "  " + converted.age();
        }
        return "no rate: " + ((Conversion.NoRate) conversion).reason();
    }
}
