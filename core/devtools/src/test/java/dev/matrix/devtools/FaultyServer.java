package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Plays scenarios' scripts on loopback, each under a path of its own, faults and all, and remembers the requests. */
final class FaultyServer implements AutoCloseable {

    /** What came in. */
    record Seen(String method, String rawPath, String rawQuery, Map<String, List<String>> headers, byte[] body) {}

    private final List<Scenario> scenarios;
    private final Map<Integer, List<Seen>> seen = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer v4;
    private final HttpServer v6;

    /** Bound, so that nobody else gets its port, but not listening. */
    private final Socket closed = new Socket();

    FaultyServer(List<Scenario> scenarios) throws IOException {
        this.scenarios = scenarios;
        this.v4 = serve("127.0.0.1");
        this.v6 = serve("::1");
        closed.bind(new InetSocketAddress(v4.getAddress().getAddress(), 0));
    }

    private HttpServer serve(String address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    /** Where a client finds that scenario. */
    String baseUrl(int index) {
        JsonObject scenario = scenarios.get(index).json();
        String host = Scenario.string(scenario, "host", "127.0.0.1");
        int port = host.equals("closed")
                ? closed.getLocalPort()
                : (host.startsWith("[") ? v6 : v4).getAddress().getPort();
        return "http://" + (host.equals("closed") ? "127.0.0.1" : host) + ":" + port + "/" + index
                + Scenario.string(scenario, "base", "");
    }

    List<Seen> seen(int index) {
        return seen.getOrDefault(index, List.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        int slash = path.indexOf('/', 1);
        int index = Integer.parseInt(path.substring(1, slash));
        List<Seen> requests = seen.computeIfAbsent(index, i -> Collections.synchronizedList(new ArrayList<>()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getRawQuery();
        requests.add(new Seen(
                exchange.getRequestMethod(),
                path.substring(slash),
                query == null ? "" : query,
                Map.copyOf(exchange.getRequestHeaders()),
                body));
        List<Json> script = scenarios.get(index).script();
        int turn = requests.size() - 1;
        if (turn >= script.size()) {
            exchange.sendResponseHeaders(418, -1);
            exchange.close();
            return;
        }
        reply(exchange, (JsonObject) script.get(turn));
    }

    private void reply(HttpExchange exchange, JsonObject reply) throws IOException {
        String fault = Scenario.string(reply, "fault", "");
        if (fault.equals("reset")) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        Scenario.object(reply, "headers")
                .members()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, ((JsonString) value).value()));
        if (!fault.isEmpty()) {
            exchange.sendResponseHeaders(200, 1000);
            OutputStream out = exchange.getResponseBody();
            out.write("{\"id\":".getBytes(UTF_8));
            out.flush();
            if (fault.equals("stall")) {
                stall();
            }
            exchange.close();
            return;
        }
        Json body = reply.get("body");
        byte[] bytes = body == null
                ? new byte[0]
                : body instanceof JsonString text ? text.value().getBytes(UTF_8) : Scenario.CODEC.write(body);
        exchange.sendResponseHeaders(
                (int) Scenario.number(reply, "status", 200), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void stall() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        closed.close();
        v4.stop(0);
        v6.stop(0);
        threads.shutdownNow();
    }
}
