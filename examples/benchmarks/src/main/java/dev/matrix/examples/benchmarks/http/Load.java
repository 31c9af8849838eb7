package dev.matrix.examples.benchmarks.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Keeps a number of connections busy, each with one request at a time. */
record Load(int connections, Duration lasts, String path, String... headers) {

    /** Requests a second, and how long each took in nanoseconds, ascending. */
    record Outcome(double perSecond, long[] nanos) {

        double micros(double share) {
            return nanos[Math.min(nanos.length - 1, (int) (share * nanos.length))] / 1e3;
        }
    }

    Outcome on(URI server) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            long begun = System.nanoTime();
            List<Future<long[]>> parts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                parts.add(clients.submit(() -> client(server, begun + lasts.toNanos())));
            }
            List<long[]> taken = new ArrayList<>();
            for (Future<long[]> part : parts) {
                taken.add(part.get());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            long[] all = taken.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Outcome(all.length / seconds, all);
        } finally {
            clients.shutdown();
        }
    }

    private long[] client(URI server, long end) throws Exception {
        long[] taken = new long[1_024];
        int count = 0;
        try (KeptAlive connection = new KeptAlive(server, path, headers)) {
            for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
                connection.send();
                if (count == taken.length) {
                    taken = Arrays.copyOf(taken, 2 * count);
                }
                taken[count++] = System.nanoTime() - sent;
            }
        }
        return Arrays.copyOf(taken, count);
    }
}
