package dev.matrix.examples.benchmarks;

import dev.matrix.tax.TaxId;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** The offline check of tax ids, one of each prefix in turn: of ids that are values already, and from text as typed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TaxIdBenchmark {

    private static final int IDS = 36;

    private final String[] texts = {
        "ATU13579135",
        "BE0777000187",
        "BG170024603",
        "CY10002461A",
        "CZ27002462",
        "DE314159262",
        "DK31415926",
        "EE103141594",
        "EL093141591",
        "ESB31415920",
        "FI21415926",
        "FR87314159260",
        "HR31415926539",
        "HU31415929",
        "IE3141592S",
        "IT31415920011",
        "LT314159211",
        "LU31415978",
        "LV43141592656",
        "MT31415027",
        "NL314159265B01",
        "PL3141592659",
        "PT514159260",
        "RO31415920",
        "SE556314159601",
        "SI31415920",
        "SK2031415903",
        "GB314159228",
        "CHE-314.159.269 MWST",
        "NO 931 415 921 MVA",
        "ABN 94 314 159 265",
        "IRD 53-141-595",
        "GSTIN 29ABCDE1234F1ZW",
        "UEN 53141592M",
        "BN 831415922",
        "T5314159265358"
    };
    private final TaxId[] ids = new TaxId[IDS];

    public TaxIdBenchmark() {
        for (int i = 0; i < IDS; i++) {
            ids[i] = TaxId.parse(texts[i]);
        }
    }

    @Benchmark
    @OperationsPerInvocation(IDS)
    public void check(Blackhole sink) {
        for (TaxId id : ids) {
            sink.consume(id.isWellFormed());
        }
    }

    @Benchmark
    @OperationsPerInvocation(IDS)
    public void parseAndCheck(Blackhole sink) {
        for (String text : texts) {
            sink.consume(TaxId.parse(text).isWellFormed());
        }
    }
}
