package dev.matrix.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.webhooks.signing.Verification;
import dev.matrix.webhooks.signing.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What a customer's receiver looks like: it verifies the signature of the bytes as they came, then parses them, notes the
 * {@code webhook-id} before it answers 2xx, and passes over an id that it has noted before. Deliveries are at least once,
 * so that last part is what makes handling them exactly once. Thread-safe.
 */
final class LocalReceiver implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int OK = 204;
    private static final int REJECTED = 401;
    private static final int UNAVAILABLE = 503;
    private static final String REFUSED = "refused ";

    /**
     * What has come in since it was started.
     *
     * @param accepted requests with a good signature
     * @param duplicates those among them whose id was known
     * @param rejected requests with a bad signature, or a body that is no event
     * @param unavailable requests that were answered 503 on purpose
     */
    record Tally(int accepted, int duplicates, int rejected, int unavailable) {

        /** For people. */
        @Override
        public String toString() {
            String form =
                    "Receiver: %d requests with a good signature, %d of them duplicates by webhook-id; %d rejected;"
                            + " %d answered 503 on purpose.";
            return form.formatted(accepted, duplicates, rejected, unavailable);
        }
    }

    private final WebhookVerifier verifier;
    private final JsonCodec json = JsonCodec.of(Currencies.standard());
    private final Path journal;
    private final Set<String> noted;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private Tally tally = new Tally(0, 0, 0, 0);
    private @Nullable String failing;
    private int failures;

    private LocalReceiver(WebhookVerifier verifier, Path journal) throws IOException {
        this.verifier = verifier;
        this.journal = journal;
        this.noted = Files.exists(journal) ? new HashSet<>(Files.readAllLines(journal)) : new HashSet<>();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    /** @param folder where ids are noted, so that they are known after a restart */
    static LocalReceiver start(String secret, Path folder) {
        try {
            return new LocalReceiver(WebhookVerifier.standard(secret), folder.resolve("receiver-journal"));
        } catch (IOException e) {
            throw new InvalidRequestException("The local receiver can't be started (" + e + ").", e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /**
     * Answers an endpoint's first requests 503, as a receiver that is being deployed would. They are noted too: were each
     * restart to begin with failures, Matrix would take the receiver for dead and leave it alone for a while.
     */
    synchronized void failAtFirst(String role, int requests) {
        failing = role;
        failures = requests
                - (int) noted.stream()
                        .filter(entry -> entry.startsWith(REFUSED + role))
                        .count();
    }

    synchronized Tally tally() {
        return tally;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean hook = "POST".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(hook ? answer(exchange, body) : OK, -1);
        }
    }

    private synchronized int answer(HttpExchange exchange, byte[] body) throws IOException {
        String role = exchange.getRequestHeaders().getFirst(Recipient.ROLE_HEADER);
        if (failures > 0 && failing != null && failing.equals(role)) {
            note(REFUSED + role + " " + failures--);
            tally = new Tally(tally.accepted, tally.duplicates, tally.rejected, tally.unavailable + 1);
            return UNAVAILABLE;
        }
        Verification found = verifier.verify(exchange.getRequestHeaders()::getFirst, body);
        if (found instanceof Verification.Verified genuine && isEvent(body, genuine.id())) {
            boolean first = note(role + " " + genuine.id());
            int duplicates = tally.duplicates + (first ? 0 : 1);
            tally = new Tally(tally.accepted + 1, duplicates, tally.rejected, tally.unavailable);
            return OK;
        }
        tally = new Tally(tally.accepted, tally.duplicates, tally.rejected + 1, tally.unavailable);
        return REJECTED;
    }

    private boolean isEvent(byte[] body, @Nullable String id) {
        try {
            Json event = json.parse(body);
            return id != null && event instanceof JsonObject object && new JsonString(id).equals(object.get("id"));
        } catch (InvalidJsonException e) {
            return false;
        }
    }

    /** False when it was noted before. */
    private boolean note(String entry) throws IOException {
        boolean first = noted.add(entry);
        if (first) {
            Files.write(journal, (entry + "\n").getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return first;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
