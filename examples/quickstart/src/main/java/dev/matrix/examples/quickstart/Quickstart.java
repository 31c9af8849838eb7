package dev.matrix.examples.quickstart;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.MatrixException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventDraft;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndpointView;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes billing events from a file and delivers them as signed webhooks. Nothing is remembered across a kill but what
 * has committed: started again, it takes all its steps again, and each finds what is done.
 */
final class Quickstart {

    static final int ALL_DELIVERED = 0;
    static final int NOT_ALL_DELIVERED = 1;
    static final int BAD_INPUT = 2;

    private static final int FAILURES_AT_FIRST = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** What is to be done, once all of it is known to be allowed. */
    private record Plan(EventFile file, List<Recipient> recipients, String secret) {}

    Quickstart(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs, then exits. Ctrl-C ends it in good order, so that the next start need not wait for this one's leases. */
    public static void main(String[] args) {
        Quickstart quickstart = new Quickstart(System.out, System.err);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            quickstart.stop();
            await(ended, STOP_WITHIN);
        }));
        int exitCode = NOT_ALL_DELIVERED;
        try {
            exitCode = quickstart.run(args);
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    /** Makes {@link #run}, on another thread, end early. */
    void stop() {
        stop.countDown();
    }

    /** Does it all; returns the exit code. */
    int run(String... args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                out.print(Options.HELP);
                return ALL_DELIVERED;
            }
            return run(plan(options), options);
        } catch (InvalidRequestException e) {
            err.println("matrix-quickstart: " + e.getMessage());
            return BAD_INPUT;
        } catch (MatrixException e) {
            err.println("matrix-quickstart: " + e.getMessage() + " Start it again to go on.");
            return NOT_ALL_DELIVERED;
        }
    }

    /** Tries in memory what Matrix would refuse, so that bad input is found before anything is written. */
    private Plan plan(Options options) {
        try (Platform trial = Platform.inMemory(options)) {
            EventFile file = EventFile.read(options.events(), trial.matrix());
            file.refusals().forEach(refusal -> err.println(file.name() + ", " + refusal));
            if (file.entries().isEmpty()) {
                throw new InvalidRequestException("The file " + file.name() + " holds no event.");
            }
            List<Recipient> recipients = Recipient.of(file.entries());
            URI to = options.to();
            if (to != null) {
                recipients.forEach(recipient -> tryOut(recipient, trial, to, options.allowPrivate()));
            }
            String secret = ReceiverSecret.agree(
                    options.data(), options.secret(), trial.matrix().random());
            return new Plan(file, recipients, secret);
        }
    }

    private static void tryOut(Recipient recipient, Platform trial, URI to, boolean allowPrivate) {
        try {
            trial.webhooks().register(recipient.endpoint(to));
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException("--to: " + e.getMessage()
                    + (allowPrivate ? "" : " With --allow-private it may be plain http, and a private address."));
        }
    }

    private int run(Plan plan, Options options) {
        URI to = options.to();
        try (LocalReceiver local = to == null ? LocalReceiver.start(plan.secret(), options.data()) : null;
                Platform platform = Platform.in(options.data(), options)) {
            URI url = to == null ? requireNonNull(local).url() : to;
            List<EndpointView> endpoints = plan.recipients().stream()
                    .map(recipient -> recipient.register(platform.webhooks(), url, plan.secret()))
                    .toList();
            if (local == null) {
                out.println("Your receiver verifies with the secret in " + ReceiverSecret.file(options.data()) + ".");
            } else {
                platform.warmUp(url);
                local.failAtFirst(Recipient.PARTNER, FAILURES_AT_FIRST);
            }
            platform.matrix().start();
            boolean wholeFile = publish(plan.file(), platform);
            awaitDeliveries(platform, endpoints);
            boolean allDelivered = report(platform, endpoints, local);
            return !allDelivered ? NOT_ALL_DELIVERED : wholeFile ? ALL_DELIVERED : BAD_INPUT;
        }
    }

    /** False when a line was refused. */
    private boolean publish(EventFile file, Platform platform) {
        HostLedger ledger = HostLedger.open(platform.matrix().transactions());
        int published = 0;
        int known = 0;
        int refused = file.refusals().size();
        for (EventFile.Entry entry : file.entries()) {
            if (await(stop, Duration.ZERO)) {
                break;
            }
            try {
                if (publish(entry.draft(), ledger, platform)) {
                    published++;
                } else {
                    known++;
                }
            } catch (ConflictException | InvalidRequestException e) {
                err.println(file.name() + ", line " + entry.line() + ": " + e.getMessage());
                refused++;
            }
        }
        out.printf(
                "%s: %d events published, %d published before, %d lines refused.%n",
                file.name(), published, known, refused);
        return refused == 0;
    }

    /** The host's row and the event, in one transaction: after a kill there are both or neither. False if both are there. */
    private static boolean publish(EventDraft draft, HostLedger ledger, Platform platform) {
        return platform.matrix().transactions().returning(tx -> {
            var published = platform.matrix().events().publish(tx, draft);
            if (!published.duplicate()) {
                ledger.record(tx, published.eventId(), draft);
            }
            return !published.duplicate();
        });
    }

    private void awaitDeliveries(Platform platform, List<EndpointView> endpoints) {
        Instant deadline = platform.matrix().clock().instant().plus(PATIENCE);
        while (isAnyOpen(platform, endpoints)
                && platform.matrix().clock().instant().isBefore(deadline)
                && !await(stop, LOOK_EVERY)) {}
    }

    private static boolean isAnyOpen(Platform platform, List<EndpointView> endpoints) {
        return endpoints.stream()
                .anyMatch(endpoint -> Stream.of(DeliveryState.QUEUED, DeliveryState.RETRYING)
                        .map(DeliveryQuery.ofEndpoint(endpoint.id())::inState)
                        .anyMatch(query -> !platform.webhooks()
                                .deliveries(endpoint.owner(), query, PageRequest.first(1))
                                .items()
                                .isEmpty()));
    }

    private boolean report(Platform platform, List<EndpointView> endpoints, @Nullable LocalReceiver local) {
        Report report = Report.of(platform.webhooks(), endpoints);
        out.println();
        out.print(report.table());
        out.println();
        if (local != null) {
            out.println(local.tally());
        }
        report.problems().forEach(problem -> err.println("matrix-quickstart: " + problem));
        boolean stopped = await(stop, Duration.ZERO);
        if (stopped || report.open() > 0) {
            err.printf("matrix-quickstart: %d deliveries are still open. Start it again to go on.%n", report.open());
        }
        return report.allDelivered() && !stopped;
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
