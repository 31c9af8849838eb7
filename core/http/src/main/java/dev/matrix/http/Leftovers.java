package dev.matrix.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The part of a request that nobody wants. A connection that is closed upon unread bytes is reset, and the client may lose
 * the reply that was sent before; so they are read away, for {@value #PATIENCE_SECONDS} s and 8 MiB at most. Thread-safe.
 */
final class Leftovers implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 2;
    private static final long MOST = 8 << 20;
    private static final int PIECE = 16 << 10;

    private final ScheduledExecutorService timer = timer();

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "matrix-http-leftovers");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** A thread that reads; an interrupt makes a channel close under it. */
    private static final class Reading {

        private final Thread thread = Thread.currentThread();
        private boolean over;

        synchronized void cut() {
            if (!over) {
                thread.interrupt();
            }
        }

        synchronized void end() {
            over = true;
            Thread.interrupted();
        }
    }

    /** @throws IOException when the rest didn't come in time, or the client is gone: the connection has to end */
    void discard(InputStream body) throws IOException {
        Reading reading = new Reading();
        ScheduledFuture<?> cut = timer.schedule(reading::cut, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            byte[] piece = new byte[PIECE];
            long read = 0;
            int count = body.read(piece);
            while (count >= 0) {
                read += count;
                if (read > MOST) {
                    throw new IOException("A refused request went on for more than " + MOST + " bytes.");
                }
                count = body.read(piece);
            }
        } finally {
            cut.cancel(false);
            reading.end();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
