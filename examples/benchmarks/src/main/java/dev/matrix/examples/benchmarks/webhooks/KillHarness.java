package dev.matrix.examples.benchmarks.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two nodes over one PostgreSQL publish and send; one is killed (SIGKILL) at a random moment, again and again. The
 * receiver's journal tells what got lost, what came twice, and the attempts tell how soon the other node took over.
 */
public final class KillHarness {

    private static final int CONNECTIONS = 4;
    private static final int MOST_UNFLUSHED = 500;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration ON_THE_WIRE = Duration.ofMillis(300);
    private static final int EARLIEST_KILL_MILLIS = 50;
    private static final int LATEST_KILL_MILLIS = 2_500;

    private static final Set<String> OPTIONS =
            Set.of("kills", "events", "lease", "inflight", "endpoints", "seed", Postgres.OPTION);

    private static final String OPEN = """
            select (select count(*) from matrix_webhook_delivery where state = 0)
              + (select count(*) from matrix_webhook_delivery where state = 1)""";

    private static final String COMMITTED = """
            select count(*) from matrix_event
            where id like '%1$s%%' and substr(id, %2$d)::int >= %3$d and substr(id, %2$d)::int < %4$d""";

    /** The dead node's endpoints with something to send. */
    private static final String HELD = """
            drop table if exists held;
            create table held as select l.endpoint_id from matrix_webhook_lease l
            where l.node = '%s' and l.lease_until > clock_timestamp() and exists (
              select 1 from matrix_webhook_delivery d where d.endpoint_id = l.endpoint_id and d.state < 2)""";

    /** How long after the kill each of the dead node's endpoints with something to send was sent to, at most. */
    private static final String RESUMED = """
            select coalesce(max(extract(epoch from first - timestamptz '%1$s')), 0) from (
              select min(a.started_at) as first from matrix_webhook_attempt a
              where a.started_at > timestamptz '%1$s' and a.endpoint_id in (select endpoint_id from held)
              group by a.endpoint_id) by_endpoint""";

    private final HikariDataSource pool;
    private final ReceiverProcess receiver;
    private final RandomGenerator random;
    private final int events;
    private final int leaseSeconds;
    private final int inFlight;
    private final int endpoints;
    private final int mostDuplicates;

    private KillHarness(HikariDataSource pool, ReceiverProcess receiver, Options options) {
        this.pool = pool;
        this.receiver = receiver;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(options.number("seed", 1));
        this.events = options.number("events", 10_000);
        this.leaseSeconds = options.number("lease", 5);
        this.inFlight = options.number("inflight", 1_024);
        this.endpoints = options.number("endpoints", 100);
        this.mostDuplicates = inFlight + MOST_UNFLUSHED;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(keeps(arguments) ? 0 : 1);
    }

    /** Runs it all; false where a promise was broken. */
    static boolean keeps(String... arguments) throws IOException, InterruptedException {
        Options options = Options.of(arguments, OPTIONS);
        try (Postgres postgres = Postgres.of(options);
                ReceiverProcess receiver = ReceiverProcess.start();
                HikariDataSource pool = postgres.newSchema(CONNECTIONS)) {
            System.out.println(Machine.facts() + "; " + postgres.facts());
            return new KillHarness(pool, receiver, options).run(options.number("kills", 20));
        }
    }

    /** What one kill did. */
    private record Kill(int lost, int unknown, int duplicates, double resumedSeconds) {}

    private boolean run(int kills) throws IOException, InterruptedException {
        try (Node registrar = new Node(pool, inFlight)) {
            IntStream.range(0, endpoints).forEach(i -> registrar.register(i, receiver.uri("/" + i)));
        }
        System.out.printf(
                "%d kills, %d events each, %d endpoints, lease %d s, %d in flight at most%n%n",
                kills, events, endpoints, leaseSeconds, inFlight);
        System.out.println(
                "| kill | after ms | of its events committed | endpoints held | lost | not committed | twice | resumed within s |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        boolean kept = true;
        SenderProcess victim = start("a-0");
        SenderProcess other = start("b-0");
        for (int kill = 1; kill <= kills; kill++) {
            Kill seen = kill(kill, victim, other);
            kept &= seen.lost() == 0
                    && seen.unknown() == 0
                    && seen.duplicates() <= mostDuplicates
                    && seen.resumedSeconds() <= leaseSeconds + GRACE.toSeconds();
            victim = other;
            other = start("n-" + kill);
        }
        victim.close();
        other.close();
        System.out.printf(
                "%n%s: nothing lost, nothing sent that was not committed, at most %,d twice a kill, resumed within %d s%n",
                kept ? "KEPT" : "VIOLATED", mostDuplicates, leaseSeconds + GRACE.toSeconds());
        return kept;
    }

    private SenderProcess start(String name) throws IOException {
        return SenderProcess.start(pool.getJdbcUrl(), name, leaseSeconds, inFlight, endpoints);
    }

    /**
     * Both publish half; the victim is killed meanwhile. What it had not committed must never arrive: the other makes up for
     * it under numbers of its own.
     */
    private Kill kill(int number, SenderProcess victim, SenderProcess other) throws IOException, InterruptedException {
        int first = number * 2 * events;
        int half = events / 2;
        victim.publish(first, half);
        other.publish(first + half, events - half);
        int after = random.nextInt(EARLIEST_KILL_MILLIS, LATEST_KILL_MILLIS);
        Machine.pause(Duration.ofMillis(after));
        victim.kill();
        String killedAt = Postgres.value(pool, "select clock_timestamp()");
        Postgres.execute(pool, HELD.formatted(victim.name()));
        long held = Postgres.count(pool, "select count(*) from held");
        int committed = (int) committed(first, first + half);
        int rest = half - committed;
        other.publish(first + events, rest);
        awaitAll(first);
        Set<Integer> expected = IntStream.range(first, first + events + rest)
                .filter(event -> event < first + committed || event >= first + half)
                .boxed()
                .collect(Collectors.toSet());
        Kill seen = judge(expected, killedAt);
        System.out.printf(
                Locale.ROOT,
                "| %d | %,d | %,d | %d | %d | %d | %d | %.1f |%n",
                number,
                after,
                committed,
                held,
                seen.lost(),
                seen.unknown(),
                seen.duplicates(),
                seen.resumedSeconds());
        return seen;
    }

    private long committed(int from, int until) {
        return Postgres.count(
                pool, COMMITTED.formatted(Receiver.NUMBERED, Receiver.NUMBERED.length() + 1, from, until));
    }

    private void awaitAll(int first) {
        long begun = System.nanoTime();
        while (committed(first, first + 2 * events) < events || Postgres.count(pool, OPEN) > 0) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException(Postgres.count(pool, OPEN) + " deliveries are open " + LONGEST
                        + " after the kill; what is lost is not known.");
            }
            Machine.pause(LOOK_AGAIN);
        }
        Machine.pause(ON_THE_WIRE);
    }

    private Kill judge(Set<Integer> expected, String killedAt) {
        List<ReceiverProcess.Arrival> arrivals = receiver.arrivals();
        Set<Integer> arrived =
                arrivals.stream().map(ReceiverProcess.Arrival::number).collect(Collectors.toSet());
        int lost = (int)
                expected.stream().filter(event -> !arrived.contains(event)).count();
        int unknown = (int)
                arrived.stream().filter(event -> !expected.contains(event)).count();
        double resumed = Double.parseDouble(Postgres.value(pool, RESUMED.formatted(killedAt)));
        return new Kill(lost, unknown, arrivals.size() - arrived.size(), resumed);
    }
}
