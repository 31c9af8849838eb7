package dev.matrix.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the program, as its own JVM, at ten moments in five folders; the receiver lives here. */
class KillTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int FOLDERS = 5;
    private static final int KILLS = 2;
    private static final int LATEST_KILL = 30;
    private static final int EVENTS = 62;
    private static final int PATIENCE_SECONDS = 180;
    private static final int MOST_DUPLICATES_A_KILL = 32;

    @Test
    @Tag("37")
    void noKillLosesOrRepublishesAnEvent(@TempDir Path folder) {
        // Side by side, as each start after a kill waits for the killed one's leases.
        List<CompletableFuture<Void>> runs = IntStream.range(0, FOLDERS)
                .mapToObj(seed -> CompletableFuture.runAsync(
                        () -> surviveKills(folder.resolve("run-" + seed), seed), work -> new Thread(work).start()))
                .toList();

        runs.forEach(CompletableFuture::join);
    }

    private static void surviveKills(Path folder, int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (JournalReceiver receiver = new JournalReceiver(SECRET)) {
            for (int kill = 0; kill < KILLS; kill++) {
                CompletableFuture<Void> moment = receiver.after(random.nextInt(1, LATEST_KILL));
                Process process = start(folder, receiver);
                CompletableFuture.anyOf(moment, process.onExit()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                process.destroyForcibly().waitFor();
                receiver.answerAgain();
                assertThat(process.exitValue()).as("killed, not ended").isEqualTo(137);
            }
            Process last = start(folder, receiver);
            assertThat(last.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(last.exitValue()).isEqualTo(Quickstart.ALL_DELIVERED);
            check(folder, receiver);
        } catch (Exception e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static Process start(Path folder, JournalReceiver receiver) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quickstart.class.getName(),
                        "--data",
                        folder.toString(),
                        "--to",
                        receiver.url(),
                        "--secret",
                        SECRET,
                        "--allow-private")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void check(Path folder, JournalReceiver receiver) {
        try (Platform platform = Platform.in(folder, Options.parse())) {
            HostLedger ledger = HostLedger.open(platform.matrix().transactions());
            List<BillingEvent> events = platform.matrix().transactions().returning(ledger::eventIds).stream()
                    .map(id -> platform.matrix().events().find(id).orElseThrow())
                    .toList();

            assertThat(events).as("host's rows, one an event").hasSize(EVENTS);
            assertThat(events).extracting(event -> event.owner() + event.key()).doesNotHaveDuplicates();
            assertThat(receiver.rejected()).isZero();
            int duplicates = 0;
            for (Recipient recipient :
                    Recipient.of(EventFile.read(null, platform.matrix()).entries())) {
                Map<String, Integer> accepted = receiver.accepted(recipient.role());
                assertThat(accepted.keySet()).as(recipient.role()).isEqualTo(wanted(recipient, events));
                assertThat(accepted.values()).as("once, and once more a kill").allMatch(times -> times <= 1 + KILLS);
                duplicates +=
                        accepted.values().stream().mapToInt(times -> times - 1).sum();
            }
            assertThat(duplicates).isLessThanOrEqualTo(KILLS * MOST_DUPLICATES_A_KILL);
        }
    }

    private static Set<String> wanted(Recipient recipient, List<BillingEvent> events) {
        Set<String> ids = new HashSet<>();
        for (BillingEvent event : events) {
            Set<Owner> owners = new HashSet<>(event.visibleTo());
            owners.add(event.owner());
            if (owners.contains(recipient.owner())
                    && recipient.patterns().stream()
                            .anyMatch(pattern -> new EventPattern(pattern).matches(event.type()))) {
                ids.add(event.id());
            }
        }
        return ids;
    }
}
