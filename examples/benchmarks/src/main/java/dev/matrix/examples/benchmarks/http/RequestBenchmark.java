package dev.matrix.examples.benchmarks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.spi.Stores;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Rounds;
import dev.matrix.http.ApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code GET /v1/me} on the JDK's server through the whole API, beside a handler on the JDK's server that returns the same
 * bytes and does nothing else. Client and server share the machine; the first round is warm-up.
 */
public final class RequestBenchmark {

    private static final String KEY = "benchmark-key";
    private static final String PATH = "/v1/me";
    private static final int THREADS_PER_CORE = 8;

    private final Load load;
    private final Rounds api = new Rounds();
    private final Rounds bare = new Rounds();
    private final Rounds p99 = new Rounds();
    private final Rounds median = new Rounds();

    private RequestBenchmark(Load load) {
        this.load = load;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("rounds", "seconds", "connections"));
        int rounds = options.number("rounds", 5);
        Load load = new Load(
                options.number("connections", 16),
                Duration.ofSeconds(options.number("seconds", 5)),
                PATH,
                "Authorization: Bearer " + KEY,
                "Accept: application/json");
        System.out.println(Machine.facts());
        new RequestBenchmark(load).run(rounds);
    }

    private void run(int rounds) throws Exception {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
                ApiDispatcher dispatcher = ApiDispatcher.on(matrix)
                        .authenticator(credentials -> KEY.equals(credentials.bearer())
                                ? new Authentication.Authenticated(
                                        new ApiPrincipal("key_1", Owner.user("u_1"), Set.of("webhooks:read"), null))
                                : new Authentication.NotMine())
                        .build();
                ApiServer server = ApiServer.serving(dispatcher).port(0).start();
                KeptAlive probe = new KeptAlive(server.uri(), PATH, load.headers())) {
            Bare same = Bare.answering(probe.exchange());
            for (int round = 0; round <= rounds; round++) {
                round(server.uri(), same.uri(), round > 0);
            }
            same.stop();
        }
        print(rounds);
    }

    private void round(URI server, URI same, boolean counts) throws Exception {
        Load.Outcome without = load.on(same);
        Load.Outcome with = load.on(server);
        if (counts) {
            bare.add(without.perSecond());
            api.add(with.perSecond());
            median.add(with.micros(0.5));
            p99.add(with.micros(0.99));
        }
    }

    private void print(int rounds) {
        System.out.printf(
                "%d rounds of %d s, %d kept-alive connections%n%n",
                rounds, load.lasts().toSeconds(), load.connections());
        System.out.println("| GET /v1/me | requests/s, median | slowest – fastest |\n|---|---|---|");
        System.out.println("| through the API | " + api.cells() + " |");
        System.out.println("| bare handler, same bytes | " + bare.cells() + " |");
        System.out.printf("%nAPI / bare: %.2f%n", api.median() / bare.median());
        System.out.println("API, µs: p50 " + median.cells() + "; p99 " + p99.cells());
    }

    /** A server that gives one reply, whatever is asked. */
    private record Bare(HttpServer server, ExecutorService threads) {

        /** @param reply head and body as they came over the wire */
        static Bare answering(String reply) throws IOException {
            int end = reply.indexOf("\r\n\r\n");
            List<String[]> headers = reply.substring(0, end)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .filter(header -> !Set.of("date", "content-length").contains(header[0].toLowerCase(Locale.ROOT)))
                    .toList();
            byte[] body = reply.substring(end + 4).getBytes(ISO_8859_1);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newFixedThreadPool(
                    THREADS_PER_CORE * Runtime.getRuntime().availableProcessors());
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                headers.forEach(header -> exchange.getResponseHeaders().add(header[0], header[1]));
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return new Bare(server, threads);
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        void stop() {
            server.stop(0);
            threads.shutdown();
        }
    }
}
