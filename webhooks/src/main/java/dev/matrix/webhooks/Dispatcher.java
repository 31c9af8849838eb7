package dev.matrix.webhooks;

import dev.matrix.core.Ids;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.TransportException;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is ready, in turn, and judges what comes back. A request holds no thread of this node and no transaction; its
 * end, on a thread of the transport's, makes room for the next.
 */
final class Dispatcher implements Step {

    static final String NAME = "webhooks.send";

    private static final int LAUNCHES_AT_ONCE = 64;

    /** How many characters of a reply's headers are kept. */
    private static final int MOST_OF_HEADERS = 8 << 10;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Lanes lanes;
    private final Requests requests;
    private final HttpTransport transport;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Ids ids;
    private final Flush flush;
    private final Consumer<String> wake;

    /** How many threads want to send: the first does it for the others, so no stack grows where replies come at once. */
    private final AtomicInteger pumping = new AtomicInteger();

    /**
     * @param flush takes each request's end, to be stored
     * @param wake lets the step of that name run: of {@code flush}, of the feed where something is to be read again, or this one
     *     where something waits for time to pass
     */
    Dispatcher(
            Lanes lanes,
            Requests requests,
            HttpTransport transport,
            InstantSource clock,
            RandomGenerator random,
            Ids ids,
            Flush flush,
            Consumer<String> wake) {
        this.lanes = lanes;
        this.requests = requests;
        this.transport = transport;
        this.clock = clock;
        this.random = random;
        this.ids = ids;
        this.flush = flush;
        this.wake = wake;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        lanes.offerPaced();
        sendAll();
        // The answer below counts those too.
        lanes.takePacedAnew();
        return lanes.nextAt(now);
    }

    /** Looks at every lane again, as rates, blocks and breakers end by time alone, and leases are renewed. */
    void pumpAll() {
        lanes.offerAll();
        pump();
    }

    @Override
    public void finish(Instant now) {
        lanes.drain(CLOSE_WITHIN);
    }

    /** Begins all requests that may begin now. */
    void pump() {
        sendAll();
        if (lanes.takePacedAnew()) {
            wake.accept(NAME);
        }
    }

    private void sendAll() {
        if (pumping.getAndIncrement() > 0) {
            return;
        }
        boolean done = false;
        try {
            int seen;
            do {
                seen = pumping.get();
                List<Launch> launches = take();
                while (!launches.isEmpty()) {
                    launches.forEach(this::send);
                    launches = take();
                }
                done = pumping.compareAndSet(seen, 0);
            } while (!done);
            if (lanes.takeOutdated()) {
                wake.accept(Feed.NAME);
            }
        } finally {
            if (!done) {
                // Else nobody would ever send again.
                pumping.set(0);
            }
        }
    }

    private List<Launch> take() {
        return flush.isFull() ? List.of() : lanes.take(clock.instant(), LAUNCHES_AT_ONCE);
    }

    /** Want of a thread or a class ends a request too: what never lands would hold its place for ever. */
    private void send(Launch launch) {
        try {
            transport.send(requests.call(launch)).whenComplete((reply, failure) -> end(launch, reply, failure));
        } catch (RuntimeException | VirtualMachineError | LinkageError e) {
            end(launch, null, e);
        }
    }

    private void end(Launch launch, @Nullable HttpReply reply, @Nullable Throwable failure) {
        Instant now = clock.instant();
        Verdict verdict;
        AttemptResult result;
        try {
            verdict = judge(launch, reply, failure, now);
            result = result(launch, verdict, reply);
        } catch (RuntimeException | VirtualMachineError | LinkageError unjudged) {
            // A reply that can't be judged ends its attempt like one that didn't come: what never lands would hold its
            // place for ever.
            verdict = judge(launch, null, unjudged, now);
            result = result(launch, verdict, null);
        }
        land(launch, verdict, result, now);
    }

    private Verdict judge(Launch launch, @Nullable HttpReply reply, @Nullable Throwable failure, Instant now) {
        OutcomeRules rules = new OutcomeRules(
                launch.ready().row(), launch.target().settings().retry(), now, random);
        return reply == null ? rules.judge(transportFailure(failure)) : rules.judge(reply);
    }

    private void land(Launch launch, Verdict verdict, AttemptResult result, Instant now) {
        lanes.landed(launch, lane -> flush.add(lane.landed(launch, verdict, result, now, random)));
        wake.accept(Flush.NAME);
        pump();
    }

    private static TransportException transportFailure(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TransportException expected
                ? expected
                : new TransportException(TransportException.Kind.OTHER, true, "The transport failed.", cause);
    }

    private AttemptResult result(Launch launch, Verdict verdict, @Nullable HttpReply reply) {
        DeliveryRow row = launch.ready().row();
        Delivery after = verdict.after();
        Map<String, List<String>> headers = reply == null ? Map.of() : kept(reply.headers());
        Attempt attempt = new Attempt(
                ids.next("wha"),
                after.id(),
                after.endpointId(),
                row.requests() + 1,
                launch.at(),
                verdict.outcome(),
                after.lastStatus(),
                after.lastError(),
                launch.target().settings().url().toString(),
                launch.target().keyIds(launch.at()),
                reply == null ? null : reply.remoteAddress(),
                headers,
                reply == null ? new byte[0] : reply.body(),
                reply != null && (reply.end() == HttpReply.End.TRUNCATED || !headers.equals(reply.headers())),
                false,
                reply == null ? HttpReply.Timing.NONE : reply.timing());
        Instant first = row.firstRequestAt() == null ? launch.at() : row.firstRequestAt();
        return new AttemptResult(attempt, after, row.requests() + 1, first, launch.token());
    }

    /** The first headers, as many as there is room for: a receiver may send 256 KiB of them. */
    private static Map<String, List<String>> kept(Map<String, List<String>> headers) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        int length = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            length += header.getKey().length();
            length += header.getValue().stream().mapToInt(String::length).sum();
            if (length > MOST_OF_HEADERS) {
                break;
            }
            kept.put(header.getKey(), header.getValue());
        }
        return kept;
    }
}
