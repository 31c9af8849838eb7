package dev.matrix.money.source;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.RetryAfter;
import dev.matrix.core.spi.TransportException;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateFetch.Failed;
import dev.matrix.money.spi.RateSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A document that a source publishes, got by GET over https. Redirects are new calls, followed on the same host alone. The note
 * that goes with the answer makes the next request conditional.
 *
 * @param address https
 * @param headers sent along, such as a key; never logged
 * @param limit the longest body in bytes
 */
record Download(URI address, Map<String, String> headers, int limit) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int MOST_REDIRECTS = 3;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    Download {
        requireHttps(address);
        headers = Map.copyOf(headers);
    }

    static URI requireHttps(URI address) {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new InvalidRequestException("A source of rates has an absolute https address.");
        }
        return address;
    }

    /**
     * Gets the document and reads it.
     *
     * @param note what the last answer's note was; null: none
     * @param reading makes observations of a body; what it throws as {@link InvalidRequestException} is a failure to tell
     */
    RateFetch get(
            HttpTransport transport,
            Instant now,
            @Nullable String note,
            Function<byte[], List<ObservedRates>> reading) {
        HttpReply reply;
        try {
            reply = follow(transport, Validators.of(address, note));
        } catch (TransportException e) {
            return Failed.passing(e.kind() + " on the way to " + address.getHost());
        }
        if (reply.status() == NOT_MODIFIED) {
            return new RateFetch.NotModified();
        }
        if (reply.status() != OK) {
            boolean passing = reply.status() >= SERVER_ERROR || reply.status() == TOO_MANY_REQUESTS;
            return new Failed(
                    passing,
                    address.getHost() + " answered " + reply.status(),
                    RetryAfter.parse(reply.header("Retry-After"), now, RateSource.PAUSES.first(), LONGEST_WAIT));
        }
        return switch (reply.end()) {
            case TRUNCATED -> Failed.lasting("The answer of " + address.getHost() + " is over " + limit + " bytes");
            case FAILED -> Failed.passing("The answer of " + address.getHost() + " broke off");
            case COMPLETE -> read(reply, reading);
        };
    }

    private RateFetch read(HttpReply reply, Function<byte[], List<ObservedRates>> reading) {
        try {
            return new RateFetch.Fetched(
                    reading.apply(reply.body()), Validators.of(address, reply).note());
        } catch (InvalidRequestException e) {
            return Failed.lasting(address.getHost() + ": " + e.getMessage());
        }
    }

    private HttpReply follow(HttpTransport transport, Validators validators) {
        URI target = address;
        HttpReply reply = send(transport, target, validators);
        for (int i = 0; i < MOST_REDIRECTS && isRedirect(reply); i++) {
            URI next = target.resolve(location(reply));
            if (!address.getHost().equalsIgnoreCase(next.getHost())
                    || !"https".equals(next.getScheme())
                    || next.getPort() != address.getPort()) {
                return reply;
            }
            target = next;
            reply = send(transport, target, validators);
        }
        return reply;
    }

    private static boolean isRedirect(HttpReply reply) {
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 -> reply.header("Location") != null;
            default -> false;
        };
    }

    private static URI location(HttpReply reply) {
        String location = reply.header("Location");
        try {
            return URI.create(location == null ? "" : location);
        } catch (IllegalArgumentException e) {
            throw new TransportException(TransportException.Kind.OTHER, true, "The redirect leads to no address.", e);
        }
    }

    private HttpReply send(HttpTransport transport, URI target, Validators validators) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        validators.headers().forEach((name, value) -> all.put(name, List.of(value)));
        HttpCall call = new HttpCall("GET", target, all, new byte[0], TIMEOUT, limit, new HttpCall.Reach.Any());
        return transport.call(call);
    }
}
