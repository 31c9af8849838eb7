package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Postgres;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Counts what is done in a stretch of time after a warm-up, and the processor time that each process spends on it. */
record Meter(Postgres postgres, ReceiverProcess receiver, Duration warmUp, Duration run) {

    /**
     * A sustained rate. Processor time counts only what these processes got, so it tells more than the rate where others
     * keep the machine busy.
     *
     * @param node microseconds of this JVM for each one done, and so on
     */
    record Measured(String what, double perSecond, double node, double database, double receiver) {

        static final String HEAD =
                "| | /s | node µs | PostgreSQL µs | receiver µs | all µs |\n|---|---|---|---|---|---|";

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.0f | %.0f | %.0f | %.0f |",
                    what,
                    perSecond,
                    node,
                    database,
                    receiver,
                    node + database + receiver);
        }
    }

    private record Reading(long done, long nanos, Duration node, Duration database, Duration receiver) {}

    Measured measure(String what, LongSupplier done) {
        Machine.pause(warmUp);
        Reading from = read(done);
        Machine.pause(run);
        Reading to = read(done);
        long count = to.done() - from.done();
        return new Measured(
                what,
                count * 1e9 / (to.nanos() - from.nanos()),
                micros(to.node().minus(from.node()), count),
                micros(to.database().minus(from.database()), count),
                micros(to.receiver().minus(from.receiver()), count));
    }

    private Reading read(LongSupplier done) {
        return new Reading(
                done.getAsLong(),
                System.nanoTime(),
                Machine.cpu(ProcessHandle.current()),
                postgres.cpu(),
                receiver.cpu());
    }

    private static double micros(Duration time, long count) {
        return time.toNanos() / 1e3 / Math.max(1, count);
    }
}
