package dev.matrix.sla.spi;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@link UptimeProbe#http()}. */
record HttpProbe() implements UptimeProbe {

    private static final int BODY_READ = 64 << 10;

    @Override
    public String kind() {
        return ProbeTarget.HTTP;
    }

    @Override
    public CompletionStage<ProbeResult> check(ProbeTarget target, ProbeContext context) {
        URI uri = target.uri();
        if (uri == null) {
            throw new IllegalStateException("An http probe has a uri.");
        }
        Instant started = context.clock().instant();
        return call(target, target.method().name(), uri, target.headers(), context)
                .handle((reply, failure) -> {
                    Duration took = Duration.between(started, context.clock().instant());
                    return reply == null ? failed(failure, took) : judged(target, reply, took);
                })
                .thenCompose(result -> connected(target, result, context));
    }

    /** Each check opens a connection of its own, as a kept one would say nothing about new callers. */
    private static CompletionStage<HttpReply> call(
            ProbeTarget target, String method, URI uri, Map<String, String> headers, ProbeContext context) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        all.put("Connection", List.of("close"));
        return context.transport()
                .send(new HttpCall(method, uri, all, new byte[0], target.timeout(), BODY_READ, context.reach(target)));
    }

    private static ProbeResult judged(ProbeTarget target, HttpReply reply, Duration took) {
        if (!target.expected().contains(reply.status())) {
            return new ProbeResult(ProbeStatus.DOWN, took, "status " + reply.status());
        }
        String wanted = target.bodyContains();
        if (wanted != null && !new String(reply.body(), StandardCharsets.UTF_8).contains(wanted)) {
            return new ProbeResult(ProbeStatus.DOWN, took, "the body lacks the expected text");
        }
        return new ProbeResult(ProbeStatus.UP, took, null);
    }

    /** An address that may not be reached tells nothing about the component. */
    private static ProbeResult failed(Throwable failure, Duration took) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        TransportException.@Nullable Kind kind = cause instanceof TransportException known ? known.kind() : null;
        return kind == TransportException.Kind.ADDRESS_BLOCKED
                ? new ProbeResult(ProbeStatus.UNKNOWN, took, "its address isn't public")
                : new ProbeResult(ProbeStatus.DOWN, took, "no answer: " + (kind == null ? "failed" : kind));
    }

    /** A failure while this side has no connection tells nothing about the component either. */
    private static CompletionStage<ProbeResult> connected(
            ProbeTarget target, ProbeResult result, ProbeContext context) {
        URI other = target.connectivityCheck();
        if (result.status() != ProbeStatus.DOWN || other == null) {
            return CompletableFuture.completedFuture(result);
        }
        return call(target, "HEAD", other, Map.of(), context)
                .handle((reply, failure) -> reply != null
                        ? result
                        : new ProbeResult(ProbeStatus.UNKNOWN, result.took(), "this side has no connection"));
    }
}
