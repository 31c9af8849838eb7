package dev.matrix.examples.benchmarks.refunds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bank over HTTP: {@code PUT /refunds/OWN?capture=…&cents=…} pays once per own reference, and {@code GET /refunds/OWN} finds it.
 * After each third payment it cuts the connection instead of answering.
 */
final class CuttingBank implements AutoCloseable {

    /** One transfer. */
    record Paid(String own, String capture, long cents) {}

    private final Map<String, Paid> byOwn = new HashMap<>();
    private final Set<String> twice = new HashSet<>();
    private final AtomicInteger puts = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final HttpServer server;

    CuttingBank() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/refunds/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String own = exchange.getRequestURI().getPath().substring("/refunds/".length());
        if (exchange.getRequestMethod().equals("PUT")) {
            pay(own, exchange.getRequestURI().getQuery());
            if (puts.incrementAndGet() % 3 == 0) {
                exchange.close();
                return;
            }
        }
        byte[] body = (isPaid(own) ? "paid" : "").getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized boolean isPaid(String own) {
        return byOwn.containsKey(own);
    }

    private synchronized void pay(String own, String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.split("&", -1)) {
            fields.put(field.split("=", 2)[0], field.split("=", 2)[1]);
        }
        Paid paid =
                new Paid(own, fields.getOrDefault("capture", ""), Long.parseLong(fields.getOrDefault("cents", "0")));
        Paid before = byOwn.putIfAbsent(own, paid);
        if (before != null && !before.equals(paid)) {
            twice.add(own);
        }
    }

    synchronized Map<String, Paid> paid() {
        return Map.copyOf(byOwn);
    }

    /** References that came back with another capture or amount. */
    synchronized Set<String> changed() {
        return Set.copyOf(twice);
    }

    int puts() {
        return puts.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
