package dev.matrix.okhttp;

import static java.util.concurrent.TimeUnit.MINUTES;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpCall.Reach;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * {@link HttpTransport} over OkHttp: HTTP/1.1 with keep-alive, and HTTP/2 over TLS. Each call has
 * a thread of its own, virtual where the JVM has them, so how many are in flight is the caller's choice. It connects within
 * 5 s an address, tries the next address after 250 ms (RFC 8305), and keeps up to 1,024 idle connections for 5 minutes, apart
 * for each {@link Reach}: a connection made for one is never used for another.
 *
 * <p>A kept connection is used again only if the last reply on it was complete and ended where its length said, nothing came after
 * it, and the peer has not ended it or said that it will by now (RFC 9112, section 9). One that turns out to have ended before the
 * request was written in full is replaced by a fresh one within the same call; nothing else is ever sent twice.
 *
 * <p>Names are looked up by the JVM's resolver on up to 64 threads of the transport's own, at most 4 of them for the unknown names
 * of one registrable domain. A call's time runs from {@link #send}, look-up and waiting included. Thread-safe; keep one for the whole
 * program.
 */
public final class OkHttpTransport implements HttpTransport {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int IDLE_CONNECTIONS = 1_024;
    private static final int IDLE_MINUTES = 5;

    // Else a dead HTTP/2 connection would swallow every call to its host until TCP gives it up.
    private static final Duration PING_INTERVAL = Duration.ofSeconds(15);

    private final OkHttpClient base;
    private final Egress egress;
    private final NameLookups names;
    private final Map<Reach, Exchange.Clients> clients = new ConcurrentHashMap<>();

    /** Making one maps the host by IDNA each time, which costs more than all else of a request's making. */
    private final Cache<URI, HttpUrl> urls =
            Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();

    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = CallThreads.open();

    OkHttpTransport(Egress egress, Dns dns) {
        this.egress = egress;
        this.names = new NameLookups(dns);
        this.base = egress.applyTo(new OkHttpClient.Builder())
                .dns(names)
                .connectTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                // Each call's own timeout bounds it as a whole.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(new OneRequest())
                .build();
    }

    /** A transport that connects directly and trusts what the JVM trusts. */
    public static OkHttpTransport create() {
        return create(Egress.direct());
    }

    /** A transport whose calls leave this machine as {@code egress} says. */
    public static OkHttpTransport create(Egress egress) {
        return new OkHttpTransport(egress, Dns.SYSTEM);
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code Accept-Encoding} is always {@code identity}, so the body comes as it was sent. A call that can't be put on the
     * wire, such as a GET with a body or a header that holds a line break, fails with {@link Kind#OTHER}.
     */
    @Override
    public CompletionStage<HttpReply> send(HttpCall call) {
        Exchange.Clients forReach = clients.computeIfAbsent(call.reach(), this::clientFor);
        Exchange exchange;
        try {
            HttpUrl url = urls.get(call.uri(), uri -> HttpUrl.get(uri.toString()));
            exchange = new Exchange(call, url, forReach, threads);
        } catch (IllegalArgumentException | ArithmeticException unfit) {
            // What they say may quote a header's value.
            return refused(call, "the call can't be put on the wire; check its URI, method, headers and timeout.");
        }
        inFlight.add(exchange);
        try {
            threads.execute(() -> run(exchange, forReach.pooled().connectionPool()));
        } catch (RejectedExecutionException closed) {
            inFlight.remove(exchange);
            return refused(call, "the transport is closed.");
        } catch (OutOfMemoryError noThread) {
            inFlight.remove(exchange);
            return refused(call, "this JVM can't start another thread.");
        }
        return exchange.reply();
    }

    /** Frees connections and threads at once; calls in flight fail, later ones too. Idempotent. */
    @Override
    public void close() {
        threads.shutdown();
        inFlight.forEach(Exchange::cancel);
        clients.values().forEach(client -> client.pooled().connectionPool().evictAll());
        names.close();
    }

    private void run(Exchange exchange, ConnectionPool pool) {
        exchange.run();
        inFlight.remove(exchange);
        if (threads.isShutdown()) {
            pool.evictAll();
        }
    }

    private Exchange.Clients clientFor(Reach reach) {
        OkHttpClient.Builder client = base.newBuilder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, MINUTES))
                .socketFactory(new DirectSockets(address -> true));
        if (reach instanceof Reach.PublicOnly only && egress.proxy() == null) {
            client.dns(new VettedDns(base.dns(), only.policy()))
                    .socketFactory(new DirectSockets(only.policy()::allows));
        }
        OkHttpClient pooled = client.build();
        return new Exchange.Clients(
                pooled,
                pooled.newBuilder()
                        .connectionPool(new ConnectionPool(0, 1, MINUTES))
                        .build());
    }

    private static CompletionStage<HttpReply> refused(HttpCall call, String why) {
        return CompletableFuture.failedFuture(
                new TransportException(Kind.OTHER, false, call.uri().getHost() + ": " + why, null));
    }
}
