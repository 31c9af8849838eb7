package dev.matrix.examples.benchmarks.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Postgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that appends entries by 16 threads and writes down in a journal what it was told: {@code done ID} of an entry that is durable,
 * {@code undone ID} of one whose transaction it rolled back. Whoever started it may kill it at any moment.
 */
final class AuditWriterProcess {

    private static final int THREADS = 16;
    private static final int CONNECTIONS = 8;
    private static final int ONE_ROLLS_BACK = 20;

    private final Process process;
    private final Path journal;

    private AuditWriterProcess(Process process, Path journal) {
        this.process = process;
        this.journal = journal;
    }

    static AuditWriterProcess start(String url, String name, Path journal, int from, int count) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuditWriterProcess.class.getName(),
                        url,
                        name,
                        journal.toString(),
                        Integer.toString(from),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new AuditWriterProcess(process, journal);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ids behind one word of the journal; a line that the kill cut short is left out. */
    List<String> told(String word) throws IOException {
        List<String> ids = new ArrayList<>();
        String text = Files.exists(journal) ? Files.readString(journal) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (line.startsWith(word + " ")) {
                ids.add(line.substring(word.length() + 1));
            }
        }
        return ids;
    }

    /** Thrown to roll a transaction back. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    public static void main(String[] arguments) throws Exception {
        int from = Integer.parseInt(arguments[3]);
        int count = Integer.parseInt(arguments[4]);
        try (HikariDataSource pool = Postgres.pool(arguments[0], CONNECTIONS);
                AuditNode node = new AuditNode(pool, arguments[1]);
                PrintStream journal = new PrintStream(
                        Files.newOutputStream(
                                Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        true,
                        StandardCharsets.UTF_8)) {
            AtomicInteger next = new AtomicInteger(from);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < from + count; n = next.getAndIncrement()) {
                        append(node, n, journal);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            threads.shutdown();
        }
    }

    private static void append(AuditNode node, int number, PrintStream journal) {
        if (number % ONE_ROLLS_BACK == 0) {
            String[] id = new String[1];
            try {
                node.matrix.transactions().inTransaction(tx -> {
                    id[0] = node.audit.append(tx, AuditNode.entry(number));
                    throw new Undone();
                });
            } catch (Undone expected) {
                journal.print("undone " + id[0] + "\n");
            }
        }
        journal.print("done " + node.audit.append(AuditNode.entry(number)) + "\n");
    }
}
