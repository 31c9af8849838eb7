package dev.matrix.examples.benchmarks.refunds;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A node refunds over a bank that pays and then cuts each third connection; it is killed (SIGKILL) at random moments and another
 * one goes on. In the end each leg was paid once at most, no payment returned more than was captured, and every leg has ended or
 * asks for a person.
 */
public final class RefundKillHarness {

    private static final int KILLED = 128 + 9;
    private static final int EARLIEST_KILL_MILLIS = 500;
    private static final int LATEST_KILL_MILLIS = 6_000;
    private static final long CAPTURED_CENTS = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String OPEN = """
            select count(*) from matrix_refund_leg where status not in ('succeeded', 'failed', 'cancelled')
              and document not like '%"attention":["%'""";

    private RefundKillHarness() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.of(arguments, Set.of("kills", "payments", "seed", Postgres.OPTION));
        System.out.println(Machine.facts());
        try (Postgres postgres = Postgres.of(options);
                HikariDataSource pool = postgres.newSchema(4);
                CuttingBank bank = new CuttingBank()) {
            System.exit(run(options, pool, bank) ? 0 : 1);
        }
    }

    private static Process start(HikariDataSource pool, CuttingBank bank) throws IOException {
        Process node = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RefundNode.class.getName(),
                        pool.getJdbcUrl(),
                        bank.uri().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = node.inputReader(StandardCharsets.US_ASCII).readLine();
        if (!RefundNode.UP.equals(line)) {
            throw new IllegalStateException("The node did not come up; it said " + line + ".");
        }
        return node;
    }

    private static boolean run(Options options, HikariDataSource pool, CuttingBank bank)
            throws IOException, InterruptedException {
        int kills = options.number("kills", 20);
        int payments = options.number("payments", 20);
        Random random = new Random(options.number("seed", 1));
        for (int kill = 0; kill < kills; kill++) {
            Process node = start(pool, bank);
            feed(node, kill * payments, payments);
            Thread.sleep(EARLIEST_KILL_MILLIS + random.nextInt(LATEST_KILL_MILLIS - EARLIEST_KILL_MILLIS));
            int ended = node.destroyForcibly().waitFor();
            if (ended != KILLED) {
                throw new IllegalStateException("The node ended with " + ended + ", not by being killed.");
            }
        }
        Process last = start(pool, bank);
        Instant latest = Instant.now().plus(LONGEST);
        while (Postgres.count(pool, OPEN) > 0 && Instant.now().isBefore(latest)) {
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
        long open = Postgres.count(pool, OPEN);
        last.destroyForcibly().waitFor();
        return report(kills, open, pool, bank);
    }

    private static void feed(Process node, int first, int count) throws IOException {
        Writer in = node.outputWriter(StandardCharsets.US_ASCII);
        for (int i = first; i < first + count; i++) {
            in.write(i + "\n");
        }
        in.flush();
    }

    private static boolean report(int kills, long open, HikariDataSource pool, CuttingBank bank) {
        Map<String, Long> byCapture = new HashMap<>();
        bank.paid().values().forEach(paid -> byCapture.merge(paid.capture(), paid.cents(), Long::sum));
        long over = byCapture.values().stream()
                .filter(cents -> cents > CAPTURED_CENTS)
                .count();
        long legs = Postgres.count(pool, "select count(*) from matrix_refund_leg");
        long succeeded = Postgres.count(pool, "select count(*) from matrix_refund_leg where status = 'succeeded'");
        long flagged = Postgres.count(
                pool,
                "select count(*) from matrix_refund_leg where status <> 'succeeded' and document like '%\"attention\":[\"%'");
        long differing = Postgres.count(
                pool,
                "select count(*) from matrix_payment p where p.refunded <> (select coalesce(sum(l.amount), 0) from"
                        + " matrix_refund_leg l where l.payment_id = p.id and l.status = 'succeeded')");
        System.out.printf(
                "%d kills: %d legs, %d paid, %d succeeded, %d flagged, %d open; %d requests to pay; paid otherwise: %d;"
                        + " payments over what was captured: %d; payments whose balance differs from their legs: %d%n",
                kills,
                legs,
                bank.paid().size(),
                succeeded,
                flagged,
                open,
                bank.puts(),
                bank.changed().size(),
                over,
                differing);
        return open == 0
                && over == 0
                && differing == 0
                && bank.changed().isEmpty()
                && succeeded == bank.paid().size();
    }
}
