package dev.matrix.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import dev.matrix.core.api.ApiHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * The API on the JDK's own HTTP server: {@code ApiServer.serving(handler).port(8080).start()}. HTTP/1.1 without TLS: for
 * trials and tests, and for production behind a proxy that buffers requests and replies. Thread-safe.
 *
 * <p>Requests run on virtual threads where the JVM has them, else on one platform thread each. There are at most 2,000
 * connections; a request has 20 s to arrive, its reply 60 s to be made and read, a kept-alive connection 30 s between two
 * requests. The system properties {@code jdk.httpserver.maxConnections}, {@code sun.net.httpserver.maxReqTime},
 * {@code sun.net.httpserver.maxRspTime} and {@code sun.net.httpserver.idleInterval}, times in seconds, say otherwise if they
 * are set before the JVM's first server.
 *
 * <p>A request that is answered before it was read to its end, and each that comes in chunks, is the last of its connection.
 * One whose end can't be told for certain (RFC 9112, sections 3.2 and 6.3) gets 400 and reaches nobody.
 */
public final class ApiServer implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads;
    private final RequestsInHand inHand;
    private final Leftovers leftovers;
    private final URI uri;

    private ApiServer(HttpServer server, ExecutorService threads, RequestsInHand inHand, Leftovers leftovers, URI uri) {
        this.server = server;
        this.threads = threads;
        this.inHand = inHand;
        this.leftovers = leftovers;
        this.uri = uri;
    }

    /** Starts wiring a server for this handler. */
    public static ApiServerBuilder serving(ApiHandler handler) {
        return new ApiServerBuilder(requireNonNull(handler, "handler"));
    }

    static ApiServer start(ApiHandler handler, InetSocketAddress address) {
        ServerProperties.setUnlessSet();
        RequestsInHand inHand = new RequestsInHand();
        try {
            HttpServer server = HttpServer.create(address, BACKLOG);
            ExecutorService threads = ServerThreads.create();
            server.setExecutor(threads);
            // One context: the JDK matches contexts by prefix, the dispatcher routes by whole segments.
            Leftovers leftovers = new Leftovers();
            server.createContext("/", new JdkAdapter(handler, inHand, leftovers));
            server.start();
            return new ApiServer(server, threads, inHand, leftovers, uri(server.getAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "No server on " + address + ": " + e.getMessage() + ". Is the port taken? Port 0 takes any.", e);
        }
    }

    private static URI uri(InetSocketAddress bound) {
        String host = bound.getAddress().isAnyLocalAddress()
                ? "localhost"
                : bound.getAddress().getHostAddress();
        String inUri = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create("http://" + inUri + ":" + bound.getPort());
    }

    /** Where it answers, without a path: {@code http://127.0.0.1:8080}. */
    public URI uri() {
        return uri;
    }

    /**
     * Takes no new connections from now on, lets the requests in progress end for at most {@code patience}, and closes every
     * connection. Idempotent.
     */
    public void close(Duration patience) {
        // Before the port closes, so that whatever is answered once it has says that its connection closes, too.
        inHand.close();
        int seconds = (int) Math.min(Integer.MAX_VALUE, patience.toSeconds() + 1);
        // The JDK's stop closes the port at once, but may wait for all of its time; the second call ends the first.
        Thread stopping = new Thread(() -> server.stop(seconds), "matrix-http-stop");
        stopping.setDaemon(true);
        stopping.start();
        inHand.awaitNone(patience);
        server.stop(0);
        threads.shutdown();
        leftovers.close();
    }

    /** As {@link #close(Duration)}, with 10 seconds. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }
}
