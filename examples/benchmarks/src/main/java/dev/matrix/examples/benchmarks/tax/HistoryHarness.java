package dev.matrix.examples.benchmarks.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.money.ExchangeRates;
import dev.matrix.money.source.EcbRates;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.RateFetch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * How long the ECB's whole history takes to read, and to import into an empty H2: as many days and rates as it had on 2023-02-21,
 * or {@code --file=eurofxref-hist.xml}. Each round has a database of its own; the first is warm-up.
 */
public final class HistoryHarness {

    private static final LocalDate LAST = LocalDate.of(2023, 2, 21);
    private static final Instant AFTERWARDS = Instant.parse("2023-02-21T17:00:00Z");
    private static final int DAYS = 6_184;
    private static final int CURRENCIES = 31;

    private final byte[] history;
    private final EcbRates ecb = EcbRates.create();

    private HistoryHarness(byte[] history) {
        this.history = history;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("rounds", "file"));
        int rounds = options.number("rounds", 3);
        String file = options.text("file", "");
        HistoryHarness harness = new HistoryHarness(file.isEmpty() ? made() : Files.readAllBytes(Path.of(file)));
        System.out.println(Machine.facts());
        System.out.println("| round | read | imported into H2 | days |\n|---|---|---|---|");
        for (int round = 0; round <= rounds; round++) {
            harness.round(round);
        }
    }

    private void round(int number) throws Exception {
        long begun = System.nanoTime();
        RateFetch fetched = ecb.fetch(new FetchRequest(AFTERWARDS, null, null), new File(history));
        double read = seconds(begun);
        if (!(fetched instanceof RateFetch.Fetched found)) {
            throw new IllegalStateException("The file is none of the ECB's: " + fetched);
        }
        Path folder = Files.createTempDirectory("history");
        try (JooqStorage storage = JooqStorage.embedded(folder);
                Matrix matrix = Matrix.builder()
                        .stores(storage)
                        .transport(new File(history))
                        .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                        .build()) {
            ExchangeRates rates = ExchangeRates.on(matrix).source(ecb).build();
            begun = System.nanoTime();
            boolean ran = true;
            while (ran) {
                ran = matrix.runDueStep().isPresent();
            }
            double imported = seconds(begun);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f s | %.2f s | %,d to %s |%n",
                    number == 0 ? "warm-up" : number,
                    read,
                    imported,
                    found.observed().size(),
                    rates.sources().get(0).lastObservedOn());
        } finally {
            delete(folder);
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A document of the ECB's form and size; the newest day first. */
    private static byte[] made() {
        StringBuilder xml = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?><gesmes:Envelope"
                + " xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01'"
                + " xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'><Cube>");
        for (int day = 0; day < DAYS; day++) {
            xml.append("<Cube time='").append(LAST.minusDays(day)).append("'>");
            for (int i = 0; i < CURRENCIES; i++) {
                xml.append("<Cube currency='C").append((char) ('A' + i / 26)).append((char) ('A' + i % 26));
                xml.append("' rate='1.").append(1_000 + i * 100 + day % 10).append("'/>");
            }
            xml.append("</Cube>");
        }
        return xml.append("</Cube></gesmes:Envelope>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Answers every call with one file. */
    private record File(byte[] body) implements HttpTransport {

        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            return CompletableFuture.completedFuture(new HttpReply(
                    200,
                    Map.of("Content-Type", List.of("text/xml")),
                    body,
                    HttpReply.End.COMPLETE,
                    null,
                    HttpReply.Timing.NONE));
        }

        @Override
        public void close() {}
    }
}
