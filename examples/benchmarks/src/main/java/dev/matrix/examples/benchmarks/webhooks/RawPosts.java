package dev.matrix.examples.benchmarks.webhooks;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** A peer that stores nothing: asynchronous POSTs by OkHttp, so many in flight, to each receiver in turn. */
final class RawPosts implements Callback, AutoCloseable {

    private final OkHttpClient client;
    private final ExecutorService threads;
    private final List<URI> receivers;
    private final byte[] body;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean closed;

    RawPosts(ExecutorService threads, int inFlight, List<URI> receivers, byte[] body) {
        this.threads = threads;
        this.client = SignedPosts.client(threads, inFlight);
        this.receivers = receivers;
        this.body = body;
        for (int i = 0; i < inFlight; i++) {
            send();
        }
    }

    long done() {
        return done.get();
    }

    private void send() {
        URI receiver = receivers.get((int) (begun.getAndIncrement() % receivers.size()));
        client.newCall(SignedPosts.post(receiver, body).build()).enqueue(this);
    }

    @Override
    public void onResponse(Call call, Response response) {
        response.close();
        done.incrementAndGet();
        if (!closed) {
            send();
        }
    }

    @Override
    public void onFailure(Call call, IOException e) {
        if (!closed) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.connectionPool().evictAll();
        threads.shutdown();
    }
}
