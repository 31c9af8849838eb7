package dev.matrix.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that outlives its senders: counts what arrives, verified by the Standard Webhooks library. */
final class JournalReceiver implements AutoCloseable {

    private static final CountDownLatch NOTHING = new CountDownLatch(0);

    private final Webhook verifier;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** How often each id was accepted, by endpoint. */
    private final Map<String, Map<String, Integer>> accepted = new TreeMap<>();

    private int rejected;
    private int until;
    private CompletableFuture<Void> reached = new CompletableFuture<>();
    private CountDownLatch answering = new CountDownLatch(0);

    JournalReceiver(String secret) throws Exception {
        verifier = new Webhook(secret);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /**
     * Completed when so many more requests have arrived. From the last of them on none is answered until
     * {@link #answerAgain}, so that their sender can't end by itself before it is killed.
     */
    synchronized CompletableFuture<Void> after(int requests) {
        until = requests;
        answering = new CountDownLatch(1);
        reached = new CompletableFuture<>();
        return reached;
    }

    synchronized void answerAgain() {
        answering.countDown();
    }

    synchronized Map<String, Integer> accepted(String role) {
        return Map.copyOf(accepted.getOrDefault(role, Map.of()));
    }

    synchronized int rejected() {
        return rejected;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean genuine = isGenuine(exchange, body);
            String role = requireNonNull(exchange.getRequestHeaders().getFirst(Recipient.ROLE_HEADER));
            String id = requireNonNull(exchange.getRequestHeaders().getFirst("webhook-id"));
            note(genuine, role, id).await();
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isGenuine(HttpExchange exchange, String body) {
        try {
            verifier.verify(body, exchange.getRequestHeaders());
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    /** What the answer waits for. */
    private synchronized CountDownLatch note(boolean genuine, String role, String id) {
        if (genuine) {
            accepted.computeIfAbsent(role, r -> new TreeMap<>()).merge(id, 1, Integer::sum);
        } else {
            rejected++;
        }
        if (--until == 0) {
            reached.complete(null);
        }
        return until > 0 ? NOTHING : answering;
    }

    @Override
    public void close() {
        answerAgain();
        server.stop(0);
        threads.shutdown();
    }
}
