package dev.matrix.security.remote;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.RetryAfter;
import dev.matrix.security.spi.RetryLaterException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An address that the host configured, and how it is called: 10 s per call, 64 KiB of the answer. */
record RemoteTarget(HttpTransport transport, URI uri) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int REPLY_CAP = 64 * 1024;
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofHours(1);

    RemoteTarget {
        boolean secure = "https".equals(uri.getScheme());
        boolean local = "http".equals(uri.getScheme()) && isLoopback(uri.getHost());
        if (!secure && !local) {
            throw new InvalidRequestException(
                    "The audit log is sent by https, or by http to this machine alone; not to " + uri.getScheme()
                            + "://" + uri.getHost() + ".");
        }
    }

    private static boolean isLoopback(String host) {
        if (host == null) {
            return false;
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.equals("localhost")
                || (bare.matches("[0-9a-f.:]+")
                        && IpRange.parseAll("loopback").stream()
                                .anyMatch(range -> range.contains(IpAddress.parse(bare))));
    }

    HttpReply call(String method, String contentType, byte[] body) {
        return transport.call(new HttpCall(
                method,
                uri,
                Map.of("Content-Type", List.of(contentType)),
                body,
                TIMEOUT,
                REPLY_CAP,
                new HttpCall.Reach.Any()));
    }

    /** Passes a reply of 2xx on. */
    HttpReply requireDone(HttpReply reply) {
        if (reply.status() / 100 == 2) {
            return reply;
        }
        // Only the form in seconds is read: a date would need the far side's clock.
        Duration wait = RetryAfter.parse(reply.header("Retry-After"), Instant.EPOCH, LEAST_WAIT, MOST_WAIT);
        throw new RetryLaterException(uri.getHost() + " answered " + reply.status() + ".", wait);
    }
}
