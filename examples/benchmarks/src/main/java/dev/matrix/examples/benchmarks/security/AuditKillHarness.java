package dev.matrix.examples.benchmarks.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.security.Actor;
import dev.matrix.security.ExportFormat;
import dev.matrix.security.tree.Checkpoint;
import dev.matrix.security.tree.Frontier;
import dev.matrix.security.tree.NoteKey;
import dev.matrix.security.tree.NoteSigner;
import dev.matrix.security.tree.TreeHash;
import dev.matrix.security.verify.AuditVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Four processes append entries to one audit log on PostgreSQL and are killed (SIGKILL) at random moments, each going on in a new process
 * until its count is reached. Then the log is exported, and {@code AuditVerifier}, in a process of its own, checks it; and what an attacker
 * would have made of it.
 */
public final class AuditKillHarness {

    private static final int WRITERS = 4;
    private static final int MOST_PROCESSES = 60;
    private static final int EARLIEST_KILL_MILLIS = 2_500;
    private static final int LATEST_KILL_MILLIS = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final HikariDataSource pool;
    private final Path folder;
    private final Random random;
    private final int entries;
    private int processes;
    private int kills;

    private AuditKillHarness(HikariDataSource pool, Path folder, Options options) {
        this.pool = pool;
        this.folder = folder;
        this.random = new Random(options.number("seed", 1));
        this.entries = options.number("entries", 5_000);
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(keeps(arguments) ? 0 : 1);
    }

    /** Runs it all; false where a promise was broken. */
    static boolean keeps(String... arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("entries", "kills", "seed", Postgres.OPTION));
        try (Postgres postgres = Postgres.of(options);
                HikariDataSource pool = postgres.newSchema(8)) {
            System.out.println(Machine.facts() + "; " + postgres.facts());
            Path folder = Files.createTempDirectory("audit-kills");
            return new AuditKillHarness(pool, folder, options).run(options.number("kills", 12));
        }
    }

    private boolean run(int mostKills) throws Exception {
        new AuditNode(pool, "first").close();
        List<AuditWriterProcess> all = new ArrayList<>();
        AuditWriterProcess[] running = new AuditWriterProcess[WRITERS];
        int[] done = new int[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            running[i] = start(all, i, 0);
        }
        while (remaining(done)) {
            Machine.pause(Duration.ofMillis(random.nextInt(EARLIEST_KILL_MILLIS, LATEST_KILL_MILLIS)));
            int victim = random.nextInt(WRITERS);
            for (int i = 0; i < WRITERS; i++) {
                boolean kill = i == victim && kills < mostKills && running[i].isAlive();
                if (kill) {
                    running[i].kill();
                    kills++;
                }
                if (!running[i].isAlive() && done[i] < entries) {
                    done[i] += running[i].told("done").size();
                    if (done[i] < entries) {
                        running[i] = start(all, i, done[i]);
                    }
                }
            }
        }
        boolean kept = judge(all);
        System.out.printf("%n%s%n", kept ? "KEPT" : "VIOLATED");
        return kept;
    }

    private boolean remaining(int[] done) {
        for (int each : done) {
            if (each < entries) {
                return true;
            }
        }
        return false;
    }

    private AuditWriterProcess start(List<AuditWriterProcess> all, int writer, int done) throws IOException {
        int number = processes++;
        if (processes > MOST_PROCESSES) {
            throw new IllegalStateException("Processes end before they have appended what they are to: " + folder);
        }
        AuditWriterProcess started = AuditWriterProcess.start(
                pool.getJdbcUrl(),
                "node-" + number,
                folder.resolve("journal-" + number),
                writer * 1_000_000 + number * 10_000,
                entries - done);
        all.add(started);
        return started;
    }

    private boolean judge(List<AuditWriterProcess> all) throws Exception {
        List<String> told = new ArrayList<>();
        List<String> undone = new ArrayList<>();
        for (AuditWriterProcess each : all) {
            told.addAll(each.told("done"));
            undone.addAll(each.told("undone"));
        }
        Path export = folder.resolve("log.export");
        Path checkpoint = folder.resolve("checkpoint");
        String key;
        try (AuditNode node = new AuditNode(pool, "last")) {
            await("select count(*) from matrix_audit_queue");
            await(
                    "select (select size from matrix_audit_log) - (select coalesce(max(size), 0) from matrix_audit_checkpoint)");
            key = node.audit.verifierKey();
            Files.writeString(checkpoint, node.audit.checkpoint().orElseThrow());
            try (OutputStream out = Files.newOutputStream(export)) {
                node.audit.export(ExportFormat.TREE, 0, out, Actor.software("harness"));
            }
        }
        Set<String> numbered = new HashSet<>();
        for (String line : Postgres.value(pool, "select string_agg(entry_id, E'\\n') from matrix_audit_leaf")
                .split("\n", -1)) {
            numbered.add(line);
        }
        long size = Postgres.count(pool, "select count(*) from matrix_audit_leaf");
        long last = Postgres.count(pool, "select max(seq) from matrix_audit_leaf");
        long lost = told.stream().filter(id -> !numbered.contains(id)).count();
        long risen = undone.stream().filter(numbered::contains).count();
        System.out.printf(
                Locale.ROOT,
                "%d kills, %d processes; %,d entries told as durable, %,d in the log (%,d whose answer a kill cut off),"
                        + " %,d rolled back%n",
                kills,
                processes,
                told.size(),
                size,
                size - told.size(),
                undone.size());
        System.out.printf(
                "contiguous: %s; lost: %d; twice: %d; rolled back and there: %d%n%n",
                last == size - 1, lost, size - numbered.size(), risen);
        boolean kept = last == size - 1 && lost == 0 && size == numbered.size() && risen == 0;
        return verdicts(key, export, checkpoint) && kept;
    }

    private void await(String zero) {
        long begun = System.nanoTime();
        while (Postgres.count(pool, zero) > 0) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("Not 0 within " + PATIENCE + ": " + zero);
            }
            Machine.pause(LOOK_AGAIN);
        }
    }

    /** The export as it is, and as four attackers would hand it out. */
    private boolean verdicts(String key, Path export, Path checkpoint) throws Exception {
        List<String> lines = Files.readAllLines(export);
        int middle = lines.size() / 2;
        System.out.println("| log | exit code | first finding |\n|---|---|---|");
        boolean kept = verdict("as it is", 0, key, lines, checkpoint);
        List<String> altered = new ArrayList<>(lines);
        altered.set(middle, withOneByteChanged(lines.get(middle)));
        kept &= verdict("one byte changed", 1, key, altered, checkpoint);
        List<String> removed = new ArrayList<>(lines);
        removed.remove(middle);
        for (int i = middle; i < removed.size(); i++) {
            removed.set(i, (i - 1) + removed.get(i).substring(removed.get(i).indexOf(' ')));
        }
        kept &= verdict("one entry removed", 1, key, removed, checkpoint);
        kept &= verdict("end cut off", 1, key, lines.subList(0, lines.size() - 10), checkpoint);
        return rebuilt(key, altered, checkpoint) && kept;
    }

    /** A whole log around the altered entry, with a checkpoint that the attacker signed; and with none. */
    private boolean rebuilt(String key, List<String> altered, Path checkpoint) throws Exception {
        Frontier tree = new Frontier();
        for (String line : altered.subList(1, altered.size())) {
            tree.add(TreeHash.ofLeaf(Base64.getDecoder().decode(line.split(" ", -1)[2])));
        }
        NoteSigner.Pair pair = NoteSigner.generate(new SecureRandom());
        String text = new Checkpoint(AuditNode.ORIGIN, tree.size(), tree.root()).text();
        Path forged = folder.resolve("forged");
        Files.writeString(
                forged,
                NoteSigner.note(
                                text,
                                new NoteKey(AuditNode.ORIGIN, pair.publicKey()),
                                NoteSigner.sign(pair.pkcs8(), NoteSigner.bytes(text)))
                        .toString());
        boolean found = verdict("rebuilt by an attacker", 1, key, altered, checkpoint);
        boolean unsigned = verdict("the same, with a checkpoint of the attacker's key", 1, key, altered, forged);
        boolean unanchored = verdict("the same, no checkpoint given", 3, key, altered, null);
        return found && unsigned && unanchored;
    }

    private static String withOneByteChanged(String line) {
        String[] parts = line.split(" ", -1);
        byte[] body = Base64.getDecoder().decode(parts[2]);
        body[body.length / 2] ^= 1;
        return parts[0] + " " + parts[1] + " " + Base64.getEncoder().encodeToString(body);
    }

    private boolean verdict(String name, int expected, String key, List<String> lines, @Nullable Path checkpoint)
            throws Exception {
        Path file = folder.resolve("given.export");
        Files.write(file, lines);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                AuditVerifier.class.getName(),
                "--key",
                key,
                "--export",
                file.toString()));
        if (checkpoint != null) {
            command.addAll(List.of("--checkpoint", checkpoint.toString()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        String first = output.isBlank() ? "" : output.lines().findFirst().orElse("");
        System.out.printf("| %s | %d | %s |%n", name, exit, first);
        return exit == expected;
    }
}
