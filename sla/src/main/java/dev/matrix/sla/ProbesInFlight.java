package dev.matrix.sla;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.sla.Probes.Headers;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import dev.matrix.sla.spi.ProbeContext;
import dev.matrix.sla.spi.ProbeResult;
import dev.matrix.sla.spi.ProbeStatus;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.UptimeProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's checks that have begun. A check ends once: by its answer, by what its probe throws, or at its deadline, whichever
 * comes first. Thread-safe.
 */
final class ProbesInFlight {

    private static final Logger LOG = LoggerFactory.getLogger(ProbesInFlight.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Map<String, UptimeProbe> kinds;
    private final Supplier<HttpTransport> transport;
    private final InstantSource clock;
    private final KeyRing keys;
    private final Text text;
    private final Runnable answered;
    private final Map<String, Flight> flights = new LinkedHashMap<>();
    private final Map<Flight, ProbeResult> results = new LinkedHashMap<>();

    ProbesInFlight(
            Map<String, UptimeProbe> kinds,
            Supplier<HttpTransport> transport,
            InstantSource clock,
            KeyRing keys,
            Text text,
            Runnable answered) {
        this.kinds = kinds;
        this.transport = transport;
        this.clock = clock;
        this.keys = keys;
        this.text = text;
        this.answered = answered;
    }

    /** A check that has begun. */
    record Flight(ProbeRow row, ProbeTarget target, String host, Instant began) {}

    /** A check that has ended. */
    record Answer(Flight flight, ProbeResult result) {}

    /** How long a check can take, with the question whether this side has a connection. */
    static Duration longest(ProbeTarget target) {
        return target.timeout()
                .multipliedBy(target.connectivityCheck() == null ? 1 : 2)
                .plus(GRACE);
    }

    synchronized int size() {
        return flights.size();
    }

    /** How many checks are in flight, by host. */
    synchronized Map<String, Integer> hosts() {
        Map<String, Integer> hosts = new HashMap<>();
        flights.values().forEach(flight -> hosts.merge(flight.host(), 1, Integer::sum));
        return hosts;
    }

    /** Checks that have ended by now, until they are {@link #stored}. */
    synchronized List<Answer> answers(Instant now) {
        for (Flight flight : flights.values()) {
            if (!flight.began().plus(longest(flight.target())).isAfter(now)) {
                results.putIfAbsent(
                        flight,
                        new ProbeResult(ProbeStatus.DOWN, flight.target().timeout(), "no answer within its time"));
            }
        }
        List<Answer> answers = new ArrayList<>();
        results.forEach((flight, result) -> answers.add(new Answer(flight, result)));
        return answers;
    }

    synchronized void stored(List<Answer> answers) {
        answers.forEach(answer -> {
            results.remove(answer.flight());
            flights.remove(answer.flight().row().id(), answer.flight());
        });
    }

    private void end(Flight flight, ProbeResult result) {
        synchronized (this) {
            if (!flight.equals(flights.get(flight.row().id())) || results.putIfAbsent(flight, result) != null) {
                return;
            }
        }
        answered.run();
    }

    void begin(Flight flight) {
        synchronized (this) {
            flights.put(flight.row().id(), flight);
        }
        UptimeProbe probe = kinds.get(flight.target().kind());
        if (probe == null) {
            end(flight, new ProbeResult(ProbeStatus.UNKNOWN, Duration.ZERO, "this node has no such probe"));
        } else if (probe.equals(UptimeProbe.http())) {
            check(flight, probe);
        } else {
            Thread own = new Thread(() -> check(flight, probe), "matrix-sla-probe");
            own.setDaemon(true);
            own.start();
        }
    }

    /** Whatever a probe throws, an Error too, ends its check. */
    private void check(Flight flight, UptimeProbe probe) {
        try {
            ProbeTarget target = flight.target().withHeaders(headers(flight.row()));
            probe.check(target, new ProbeContext(transport.get(), clock))
                    .whenComplete((result, failure) -> end(flight, result == null ? failed(flight, failure) : result));
        } catch (Throwable e) {
            end(flight, failed(flight, e));
        }
    }

    private Map<String, String> headers(ProbeRow row) {
        return row.sealedHeaders().length == 0
                ? Map.of()
                : text.read(keys.open(Probes.use(row.id()), row.sealedHeaders()), Headers.class)
                        .values();
    }

    private static ProbeResult failed(Flight flight, @Nullable Throwable failure) {
        LOG.warn("The probe of component {} failed", flight.row().component(), failure);
        return new ProbeResult(ProbeStatus.DOWN, Duration.ZERO, "the probe failed");
    }
}
