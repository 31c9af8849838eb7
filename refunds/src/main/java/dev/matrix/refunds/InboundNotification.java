package dev.matrix.refunds;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's notification as it came in: what a signature is checked against. Its text says neither headers nor body.
 *
 * @param headers by name in any case, each with its values
 * @param body the bytes that arrived, unchanged
 * @param receivedAt store time
 */
public record InboundNotification(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {

    public InboundNotification {
        Map<String, List<String>> byName = new HashMap<>();
        headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = Map.copyOf(byName);
        body = body.clone();
        requireNonNull(receivedAt, "receivedAt");
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The only value of a header; empty where there is none, or more than one. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "InboundNotification[" + body.length + " bytes, " + receivedAt + "]";
    }
}
