package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.examples.benchmarks.Facts;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.webhooks.Endpoint;
import dev.matrix.webhooks.Webhooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Events that come just before, just as and just after their receiver ends an unused connection: receivers that keep one for 1,
 * 5 and 60 seconds, and say so in a header or don't, with an event every 0.9, 4.9 and 7 seconds each, all at once. Exit code 1
 * where a first attempt failed.
 */
public final class KeepAliveHarness {

    private static final List<Duration> KEPT =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(60));
    private static final List<Duration> EVERY =
            List.of(Duration.ofMillis(900), Duration.ofMillis(4_900), Duration.ofSeconds(7));
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private KeepAliveHarness() {}

    /** One receiver and the thread that publishes for it. */
    private record Pair(
            String what, KeepingReceiver receiver, CountingTransport transport, Matrix matrix, Thread publisher) {

        String row(int events) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d |",
                    what,
                    events,
                    receiver.requests(),
                    receiver.connections(),
                    transport.failed());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("events"));
        int events = options.number("events", 200);
        System.out.println(Machine.facts());
        List<Pair> pairs = new ArrayList<>();
        for (Duration kept : KEPT) {
            for (Duration every : EVERY) {
                for (boolean says : List.of(true, false)) {
                    pairs.add(start(kept, every, says, events));
                }
            }
        }
        for (Pair pair : pairs) {
            pair.publisher().join();
        }
        Machine.pause(PATIENCE);
        System.out.println("| receiver | events | requests | connections | failed attempts |\n|---|---|---|---|---|");
        pairs.forEach(pair -> System.out.println(pair.row(events)));
        long failed =
                pairs.stream().mapToLong(pair -> pair.transport().failed()).sum();
        long missing = pairs.stream()
                .mapToLong(pair -> Math.abs(events - pair.receiver().requests()))
                .sum();
        System.exit(failed + missing == 0 ? 0 : 1);
    }

    private static Pair start(Duration kept, Duration every, boolean says, int events) throws IOException {
        KeepingReceiver receiver = KeepingReceiver.start(kept, says);
        CountingTransport transport = new CountingTransport(OkHttpTransport.create());
        Matrix matrix = Matrix.builder()
                .stores(Stores.inMemory())
                .transport(transport)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                .build();
        Owner owner = Owner.user("u1");
        Webhooks webhooks = Webhooks.on(matrix)
                .httpsOnly(false)
                .addresses(AddressPolicy.publicOnly().allowing("127.0.0.0/8"))
                .build();
        webhooks.register(Endpoint.to(receiver.uri()).ownedBy(owner).events(Facts.TYPE));
        matrix.start();
        Thread publisher = new Thread(() -> {
            for (int i = 0; i < events; i++) {
                matrix.events().publish(Facts.draft("e" + i, owner));
                Machine.pause(every);
            }
        });
        publisher.start();
        String what = String.format(
                Locale.ROOT,
                "keeps for %d s%s, an event every %.1f s",
                kept.toSeconds(),
                says ? " and says so" : "",
                every.toMillis() / 1e3);
        return new Pair(what, receiver, transport, matrix, publisher);
    }
}
