package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.testkit.sim.Receiver;
import dev.matrix.webhooks.signing.Verification;
import dev.matrix.webhooks.signing.WebhookVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Everybody's receivers: good-humoured, grumpy or down for 5 s at a time, in the ways that receivers are. They verify
 * what they get, and that it is the same each time.
 */
final class MoodyReceivers implements Receiver {

    private static final long MOOD_SECONDS = 5;

    private final Map<String, Subscription> byHost;
    private final InstantSource time;
    private final SplittableRandom chance;
    private final long seed;
    private final Map<String, String> bodies = new HashMap<>();
    private final Set<String> requested = new HashSet<>();
    private final Set<WatchedDeliveries.EventAt> accepted = new HashSet<>();
    private long arrivals;
    private boolean healed;

    MoodyReceivers(long seed, Map<String, Subscription> byHost, InstantSource time) {
        this.seed = seed;
        this.chance = new SplittableRandom(~seed);
        this.byHost = byHost;
        this.time = time;
    }

    /** From now on everything is accepted. */
    void heal() {
        healed = true;
    }

    boolean healed() {
        return healed;
    }

    /** Ids of the events that anybody was sent. */
    Set<String> requested() {
        return requested;
    }

    long arrivals() {
        return arrivals;
    }

    /** Whether the receiver at a host has answered an event with 2xx. */
    boolean hasAccepted(String host, String eventId) {
        return accepted.contains(new WatchedDeliveries.EventAt(host, eventId));
    }

    @Override
    public HttpReply answer(HttpCall call) {
        String host = call.uri().getHost();
        Map<String, String> headers = new HashMap<>();
        call.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        String eventId = headers.getOrDefault("webhook-id", "none");
        arrivals++;
        requested.add(eventId);
        verify(Wire.subscription(byHost, host), headers, call.body());
        String body = new String(call.body(), java.nio.charset.StandardCharsets.UTF_8);
        String first = bodies.putIfAbsent(host + " " + eventId, body);
        assertThat(body).as("what %s got of %s, again", host, eventId).isEqualTo(first == null ? body : first);
        HttpReply reply = healed || isKind(host) ? Receiver.status(200) : refusal();
        if (reply.status() / 100 == 2) {
            accepted.add(new WatchedDeliveries.EventAt(host, eventId));
        }
        return reply;
    }

    private void verify(Subscription to, Map<String, String> headers, byte[] body) {
        Instant now = time.instant();
        // As long as a late request may be on its way.
        assertThat(WebhookVerifier.standard(to.secret())
                        .tolerance(Duration.ofMinutes(5))
                        .clock(() -> now)
                        .verify(headers, body))
                .as("the signature of a request to %s", to)
                .isInstanceOf(Verification.Verified.class);
    }

    private boolean isKind(String host) {
        long spell = time.instant().getEpochSecond() / MOOD_SECONDS;
        int mood = new SplittableRandom(seed * 31 + host.hashCode() * 17L + spell).nextInt(10);
        double kindness = mood == 0 ? 0.02 : mood < 4 ? 0.6 : 0.95;
        return chance.nextDouble() < kindness;
    }

    private HttpReply refusal() {
        int kind = chance.nextInt(100);
        if (kind < 15) {
            return reply(429, Map.of("Retry-After", String.valueOf(1 + chance.nextInt(20))));
        }
        if (kind < 25) {
            return reply(503, Map.of("Retry-After", String.valueOf(chance.nextInt(10))));
        }
        if (kind < 27) {
            return reply(400, Map.of("webhook-delivery", "abort-message"));
        }
        if (kind < 28) {
            return reply(410, Map.of());
        }
        if (kind < 40) {
            throw new TransportException(TransportException.Kind.RESET, true, "The receiver hung up.", null);
        }
        return reply(List.of(301, 404, 408, 429, 500, 500, 502, 503).get(chance.nextInt(8)), Map.of());
    }

    private static HttpReply reply(int status, Map<String, String> headers) {
        return Receivers.reply(status, headers);
    }
}
