package dev.matrix.okhttp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on platform threads of its own, since nothing can interrupt a resolver and a virtual thread that waits in one
 * holds its carrier. The threads are shared: names of one registrable domain have {@value #PER_DOMAIN} at most, and names that have
 * resolved before have {@value #PROVEN_THREADS} that no unknown name gets. Calls that ask for one name at once share one look-up.
 * Where {@value #MOST_WAITING} names of a domain wait already, a further one fails as unknown. Thread-safe.
 */
final class NameLookups implements Dns, AutoCloseable {

    static final int PER_DOMAIN = 4;
    static final int PROVEN_THREADS = 16;
    static final int OTHER_THREADS = 48;
    static final int MOST_WAITING = 256;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int NAMES_KEPT = 10_000;

    /** The look-ups of one domain: those that run, and those that wait for one to end. */
    private static final class Domain {
        private int running;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
    }

    private final Dns resolver;
    private final ThreadPoolExecutor forProven = pool(PROVEN_THREADS);
    private final ThreadPoolExecutor forOthers = pool(OTHER_THREADS);
    private final Map<String, CompletableFuture<List<InetAddress>>> inProgress = new HashMap<>();
    private final Map<String, Domain> domains = new HashMap<>();

    /** Names whose last look-up found addresses. */
    private final Cache<String, Boolean> proven = Caffeine.newBuilder()
            .maximumSize(NAMES_KEPT)
            .executor(Runnable::run)
            .build();

    NameLookups(Dns resolver) {
        this.resolver = resolver;
    }

    private static ThreadPoolExecutor pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "matrix-dns");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        try {
            return begin(host).get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw unknown(host, failed.getCause());
        } catch (TimeoutException silent) {
            throw unknown(host, silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unknown(host, stopped);
        }
    }

    /** Looks up nothing more; what runs ends by itself. */
    @Override
    public void close() {
        forProven.shutdownNow();
        forOthers.shutdownNow();
    }

    /** Joins the look-up of a name, or begins one. */
    synchronized CompletableFuture<List<InetAddress>> begin(String host) throws UnknownHostException {
        CompletableFuture<List<InetAddress>> running = inProgress.get(host);
        if (running != null) {
            return running;
        }
        if (forOthers.isShutdown()) {
            throw unknown(host, null);
        }
        CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        if (proven.getIfPresent(host) != null) {
            forProven.execute(() -> look(host, result));
        } else {
            String name = domainOf(host);
            Domain domain = domains.computeIfAbsent(name, any -> new Domain());
            if (domain.waiting.size() == MOST_WAITING) {
                throw unknown(host, null);
            }
            domain.waiting.add(() -> {
                look(host, result);
                ended(name);
            });
            next(domain);
        }
        inProgress.put(host, result);
        return result;
    }

    private void next(Domain domain) {
        if (domain.running < PER_DOMAIN && !domain.waiting.isEmpty() && !forOthers.isShutdown()) {
            domain.running++;
            forOthers.execute(domain.waiting.remove());
        }
    }

    private synchronized void ended(String name) {
        Domain domain = Objects.requireNonNull(domains.get(name));
        domain.running--;
        next(domain);
        if (domain.running == 0) {
            domains.remove(name);
        }
    }

    private void look(String host, CompletableFuture<List<InetAddress>> result) {
        List<InetAddress> found = List.of();
        Throwable failure = null;
        try {
            found = resolver.lookup(host);
        } catch (Throwable any) {
            failure = any;
        }
        synchronized (this) {
            inProgress.remove(host);
            if (found.isEmpty()) {
                proven.invalidate(host);
            } else {
                proven.put(host, true);
            }
        }
        if (failure == null) {
            result.complete(found);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private static String domainOf(String host) {
        String domain = new HttpUrl.Builder().scheme("http").host(host).build().topPrivateDomain();
        return domain == null ? host : domain;
    }

    private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
