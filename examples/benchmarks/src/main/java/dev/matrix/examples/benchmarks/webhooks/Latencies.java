package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.webhooks.ReceiverProcess.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** Publishes one event at a time at a steady rate, and tells how long each takes from its commit to its receiver. */
final class Latencies {

    private static final int PUBLISHERS = 5;
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final InstantSource clock = InstantSource.system();
    private final int perSecond;

    Latencies(int perSecond) {
        this.perSecond = perSecond;
    }

    /** From commit to first byte, in milliseconds. */
    record Quantiles(String what, int sent, int arrived, double median, double p99, double most) {

        static final String HEAD =
                "| commit to first byte | p50 ms | p99 ms | max ms | arrived |\n|---|---|---|---|---|";

        String row() {
            return String.format(
                    Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %,d of %,d |", what, median, p99, most, arrived, sent);
        }
    }

    /**
     * Runs for so long, after as long a warm-up as is given.
     *
     * @param skipped endpoints from the first that get none of these events
     */
    Quantiles measure(
            String what,
            Node publisher,
            ReceiverProcess receiver,
            int endpoints,
            int skipped,
            Duration warmUp,
            Duration run)
            throws InterruptedException, ExecutionException {
        int total = (int) (perSecond * warmUp.plus(run).toSeconds());
        int first = (int) (perSecond * warmUp.toSeconds());
        AtomicLongArray committed = new AtomicLongArray(total);
        long begun = System.nanoTime();
        List<Callable<Void>> shares = IntStream.range(0, PUBLISHERS)
                .<Callable<Void>>mapToObj(share -> () -> {
                    for (int number = share; number < total; number += PUBLISHERS) {
                        long due = begun + number * 1_000_000_000L / perSecond;
                        Machine.pause(Duration.ofNanos(due - System.nanoTime()));
                        publisher.publishTo(Receiver.NUMBERED + number, skipped + number % (endpoints - skipped));
                        committed.set(number, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
                    }
                    return null;
                })
                .toList();
        ExecutorService publishers = Executors.newFixedThreadPool(PUBLISHERS);
        for (Future<Void> share : publishers.invokeAll(shares)) {
            share.get();
        }
        publishers.shutdown();
        Machine.pause(SETTLE);
        return quantiles(what, committed, first, receiver.arrivals());
    }

    private static Quantiles quantiles(String what, AtomicLongArray committed, int first, List<Arrival> all) {
        Map<Integer, Long> arrivals = new HashMap<>();
        all.forEach(arrival -> arrivals.putIfAbsent(arrival.number(), arrival.micros()));
        double[] millis = arrivals.entrySet().stream()
                .filter(arrival -> arrival.getKey() >= first)
                .mapToDouble(arrival -> Math.max(0, arrival.getValue() - committed.get(arrival.getKey())) / 1e3)
                .toArray();
        Arrays.sort(millis);
        return new Quantiles(
                what, committed.length() - first, millis.length, at(millis, 0.5), at(millis, 0.99), at(millis, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
