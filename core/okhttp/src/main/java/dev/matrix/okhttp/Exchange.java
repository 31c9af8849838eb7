package dev.matrix.okhttp;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpReply.End;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One call: its request on the wire, and the reply or failure that it ends in. */
final class Exchange {

    /** How calls reach the wire: as a rule over kept connections, and over one of their own where such a one had ended. */
    record Clients(OkHttpClient pooled, OkHttpClient unpooled) {}

    private final HttpCall call;
    private final Request request;
    private final Clients clients;
    private final ExecutorService threads;
    private final long deadline;
    private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    private volatile Trace trace;
    private volatile Call wire;
    private volatile boolean cancelled;

    /**
     * @throws IllegalArgumentException where OkHttp refuses the method or a header
     * @throws ArithmeticException where the timeout is centuries long
     */
    Exchange(HttpCall call, HttpUrl url, Clients clients, ExecutorService threads) {
        this.call = call;
        this.clients = clients;
        this.threads = threads;
        this.deadline = System.nanoTime() + call.timeout().toNanos();
        this.request = request(call, url);
        this.trace = new Trace(call.replyCap(), this::abandon);
        this.wire = callOn(clients.pooled(), trace);
    }

    private Call callOn(OkHttpClient client, Trace listener) {
        Call next = client.newCall(request);
        next.addEventListener(listener);
        return next;
    }

    CompletionStage<HttpReply> reply() {
        return reply;
    }

    void cancel() {
        cancelled = true;
        wire.cancel();
    }

    void run() {
        HttpReply came;
        try {
            came = exchange();
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        reply.complete(came);
    }

    private static Request request(HttpCall call, HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        call.headers().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        // Given by us, it also keeps OkHttp from asking for gzip and unpacking it.
        request.header("Accept-Encoding", "identity");
        boolean bodiless = call.body().length == 0 && ("GET".equals(call.method()) || "HEAD".equals(call.method()));
        return request.method(call.method(), bodiless ? null : new OneShotBody(call.body()))
                .build();
    }

    private HttpReply exchange() throws IOException {
        try {
            return attempt();
        } catch (PeerEndedException unsent) {
            trace = new Trace(call.replyCap(), this::abandon);
            wire = callOn(clients.unpooled(), trace);
            if (cancelled) {
                throw unsent;
            }
            return attempt();
        }
    }

    private HttpReply attempt() throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new InterruptedIOException("timeout");
        }
        wire.timeout().timeout(left, TimeUnit.NANOSECONDS);
        try (Response response = wire.execute()) {
            return read(requireNonNull(trace.head()), response.body().source());
        } catch (IOException | RuntimeException failure) {
            if (trace.phase() == Trace.Phase.REQUEST) {
                // Whatever went wrong, nobody else may get this connection.
                wire.cancel();
            }
            Response head = trace.head();
            if (head == null) {
                throw failure;
            }
            return reply(head, new byte[0], trace.framing().kind() == Framing.Kind.NONE ? End.COMPLETE : End.FAILED);
        }
    }

    private HttpReply read(Response head, BufferedSource source) {
        Framing framing = trace.framing();
        if (framing.kind() == Framing.Kind.NONE || framing.kind() == Framing.Kind.INVALID) {
            if (!framing.isReusable()) {
                // OkHttp would wait for the body that the head announces.
                wire.cancel();
            }
            return reply(head, new byte[0], framing.kind() == Framing.Kind.NONE ? End.COMPLETE : End.FAILED);
        }
        End end;
        try {
            end = source.request(call.replyCap() + 1L) ? End.TRUNCATED : End.COMPLETE;
        } catch (IOException | RuntimeException died) {
            end = End.FAILED;
        }
        byte[] body = kept(source);
        if (end != End.COMPLETE) {
            // Closing alone would go on reading for a while, in the hope of keeping the connection.
            wire.cancel();
        }
        return reply(head, body, end);
    }

    private byte[] kept(BufferedSource source) {
        Buffer read = source.getBuffer();
        try {
            return read.readByteArray(Math.min(read.size(), call.replyCap()));
        } catch (EOFException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private HttpReply reply(Response head, byte[] body, End end) {
        return new HttpReply(head.code(), headers(head.headers()), body, end, trace.remoteAddress(), trace.timing());
    }

    private static Map<String, List<String>> headers(Headers received) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < received.size(); i++) {
            headers.computeIfAbsent(received.name(i), name -> new ArrayList<>(1))
                    .add(received.value(i));
        }
        return Collections.unmodifiableMap(headers);
    }

    // The one who cancels is OkHttp's only timer or who closes the transport; neither should run the caller's code.
    private void abandon() {
        InterruptedIOException timeout = new InterruptedIOException("timeout");
        try {
            threads.execute(() -> fail(timeout));
        } catch (RejectedExecutionException closed) {
            fail(timeout);
        }
    }

    private void fail(Throwable failure) {
        boolean closed = threads.isShutdown();
        Kind kind = closed ? Kind.OTHER : kind(failure, trace.phase());
        String what = closed
                ? "the transport was closed"
                : failure instanceof UnreadableException why ? requireNonNull(why.getMessage()) : describe(kind);
        // A ProtocolException quotes what the far side sent.
        @Nullable Throwable cause = failure instanceof ProtocolException ? null : failure;
        reply.completeExceptionally(new TransportException(
                kind, trace.phase() == Trace.Phase.REQUEST, call.uri().getHost() + ": " + what + ".", cause));
    }

    private static Kind kind(Throwable failure, Trace.Phase reached) {
        if (failure instanceof AddressBlockedException) {
            return Kind.ADDRESS_BLOCKED;
        }
        if (failure instanceof UnknownHostException) {
            return Kind.DNS;
        }
        if (failure instanceof SSLPeerUnverifiedException) {
            return Kind.TLS_HOSTNAME;
        }
        if (failure instanceof SSLHandshakeException) {
            return Kind.TLS;
        }
        // The subclass is what one connect's own timeout throws.
        if (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)) {
            return Kind.TIMEOUT;
        }
        if (!(failure instanceof IOException) || failure instanceof ProtocolException) {
            return Kind.OTHER;
        }
        return switch (reached) {
            case START -> Kind.OTHER;
            case NAME -> Kind.DNS;
            case CONNECT -> Kind.CONNECT;
            case TLS -> Kind.TLS;
            case REQUEST -> Kind.RESET;
        };
    }

    private static String describe(Kind kind) {
        return switch (kind) {
            case DNS -> "the name doesn't resolve";
            case CONNECT -> "no connection";
            case TLS -> "the TLS handshake failed";
            case TLS_HOSTNAME -> "its certificate is for another host";
            case ADDRESS_BLOCKED ->
                "the address policy refuses its addresses; allow a range with AddressPolicy.allowing";
            case TIMEOUT -> "the time ran out";
            case RESET -> "the connection was lost after the request began";
            case OTHER -> "no reply that could be read";
        };
    }
}
