package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.testkit.sim.SimulatedNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every request of every node begin and end, and holds them to what their endpoint bears: never more in flight than
 * allowed, by the rate allowed, and of one subject one at a time where it is PER_SUBJECT. A request is in flight until its
 * node knows its end, its timeout has passed, or its node has crashed.
 */
final class Wire {

    /** One life of a node, from a start to a crash. */
    static final class Life {

        private final SimulatedNode node;
        private boolean over;

        Life(SimulatedNode node) {
            this.node = node;
        }

        boolean isOver() {
            return over || !node.isUp();
        }
    }

    /** One request. */
    record Sent(Life life, Subscription to, String eventId, String subject, Instant at) {

        @Override
        public String toString() {
            return eventId + " to " + to.host() + " at " + at + " from " + life.node.name();
        }
    }

    /** A request until its end. */
    private static final class Pending {

        private final Sent request;
        private final Instant deadline;
        private boolean ended;

        Pending(Sent request, Duration timeout) {
            this.request = request;
            this.deadline = request.at().plus(timeout);
        }

        boolean isInFlight(Instant now) {
            return !ended && !request.life().isOver() && now.isBefore(deadline);
        }
    }

    /** What a rate of so many a second allows, with a burst: whole numbers, as credit is counted in billionths. */
    private static final class Allowance {

        private static final long REQUEST = 1_000_000_000L;

        private final RateLimit limit;
        private long credit;
        private Instant asOf;

        Allowance(RateLimit limit, Instant now) {
            this.limit = limit;
            this.credit = limit.burst() * REQUEST;
            this.asOf = now;
        }

        void spend(Instant now) {
            long earned = Duration.between(asOf, now).toNanos() * limit.perSecond();
            credit = Math.min(limit.burst() * REQUEST, credit + earned) - REQUEST;
            asOf = now;
        }
    }

    private final InstantSource time;
    private final Map<String, Subscription> byHost;
    private final Map<String, String> subjects;
    private final Consumer<Sent> beforeSending;
    private final Map<String, Life> lives = new HashMap<>();
    private final Map<String, List<Pending>> inFlight = new HashMap<>();
    private final Map<String, Allowance> allowances = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    Wire(
            InstantSource time,
            Map<String, Subscription> byHost,
            Map<String, String> subjects,
            Consumer<Sent> beforeSending) {
        this.time = time;
        this.byHost = byHost;
        this.subjects = subjects;
        this.beforeSending = beforeSending;
    }

    List<Sent> sent() {
        return sent;
    }

    /** The transport of a node's next life. */
    HttpTransport of(SimulatedNode node) {
        Life life = new Life(node);
        Life former = lives.put(node.name(), life);
        if (former != null) {
            former.over = true;
        }
        HttpTransport network = node.transport();
        return new HttpTransport() {
            @Override
            public CompletionStage<HttpReply> send(HttpCall call) {
                Pending request = begin(life, call);
                return network.send(call).whenComplete((reply, failure) -> request.ended = true);
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }

    private Pending begin(Life life, HttpCall call) {
        Instant now = time.instant();
        Subscription to = subscription(byHost, call.uri().getHost());
        String eventId =
                call.headers().getOrDefault("webhook-id", List.of("none")).get(0);
        Sent request = new Sent(life, to, eventId, subjects.getOrDefault(eventId, "?"), now);
        beforeSending.accept(request);
        List<Pending> others = inFlight.computeIfAbsent(to.host(), absent -> new ArrayList<>());
        others.removeIf(other -> !other.isInFlight(now));
        checkCaps(request, others.stream().map(other -> other.request).toList());
        checkRate(request);
        Pending pending = new Pending(request, call.timeout());
        others.add(pending);
        sent.add(request);
        return pending;
    }

    private static void checkCaps(Sent request, List<Sent> others) {
        Subscription to = request.to();
        assertThat(others).as("in flight to %s as %s is sent", to, request).hasSizeLessThan(to.maxInFlight());
        if (to.perSubject()) {
            assertThat(others)
                    .as("in flight to %s as %s is sent", to, request)
                    .noneMatch(other -> other.subject().equals(request.subject()));
        }
    }

    private void checkRate(Sent request) {
        RateLimit limit = request.to().rate();
        if (limit != null) {
            Allowance allowance =
                    allowances.computeIfAbsent(request.to().host(), absent -> new Allowance(limit, request.at()));
            allowance.spend(request.at());
            assertThat(allowance.credit)
                    .as("what the rate of %s leaves as %s is sent", request.to(), request)
                    .isNotNegative();
        }
    }

    static Subscription subscription(Map<String, Subscription> byHost, @Nullable String host) {
        Subscription known = byHost.get(host);
        if (known == null) {
            throw new AssertionError("A request to " + host + ", which nobody registered.");
        }
        return known;
    }
}
