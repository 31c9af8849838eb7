package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.HttpCall;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes requests: the body once per delivery, the signature for each attempt. */
record Requests(JsonCodec json, String userAgent, int replyCap, AddressPolicy addresses) {

    private static final byte[] DATA = ",\"data\":".getBytes(UTF_8);

    private record Envelope(String id, String type, int version, Instant timestamp, String subject) {}

    private record Thin(String id) {}

    /**
     * An event's body, UTF-8 without spaces: {@code {"id","type","version","timestamp","subject","data"}}. The payload is
     * spliced in as it is stored, so every attempt sends the same bytes.
     */
    byte[] body(EventRow event, byte[] payload, BodyStyle style) {
        Envelope envelope =
                new Envelope(event.id(), event.type(), event.version(), event.occurredAt(), event.subject());
        return body(envelope, data(event.subject(), payload, style));
    }

    /** The same, of an event that has just been published. */
    byte[] body(StoredEvent stored, BodyStyle style) {
        BillingEvent event = stored.event();
        Envelope envelope =
                new Envelope(event.id(), event.type().name(), event.version(), event.occurredAt(), event.subject());
        return body(envelope, data(event.subject(), stored.json(), style));
    }

    private byte[] data(String subject, byte[] payload, BodyStyle style) {
        return style == BodyStyle.THIN ? json.encode(new Thin(subject)) : payload;
    }

    private byte[] body(Envelope members, byte[] data) {
        byte[] envelope = json.encode(members);
        return ByteBuffer.allocate(envelope.length + DATA.length + data.length)
                .put(envelope, 0, envelope.length - 1)
                .put(DATA)
                .put(data)
                .put((byte) '}')
                .array();
    }

    HttpCall call(Launch launch) {
        Target target = launch.target();
        byte[] body = launch.ready().body();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        target.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put("Content-Type", List.of("application/json"));
        headers.put("User-Agent", List.of(userAgent));
        target.signatures(launch.at())
                .headers(launch.ready().row().delivery().eventId(), launch.at(), body)
                .forEach((name, value) -> headers.put(name, List.of(value)));
        return new HttpCall(
                "POST",
                target.settings().url(),
                headers,
                body,
                target.settings().timeout(),
                replyCap,
                new HttpCall.Reach.PublicOnly(addresses));
    }
}
