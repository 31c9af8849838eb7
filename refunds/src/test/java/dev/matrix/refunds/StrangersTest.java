package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationResult;
import dev.matrix.refunds.spi.NotificationStore;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Notifications that anybody may send. */
class StrangersTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Asks its far side about every notification, as some providers have it. */
    private record Asking(boolean blocking) implements RefundProvider {

        @Override
        public String name() {
            return "asking";
        }

        @Override
        public ProviderCapabilities capabilities() {
            return ProviderCapabilities.defaults();
        }

        @Override
        public ProviderResult submit(RefundCommand command, ProviderContext context) {
            return new ProviderResult.Unknown("unused");
        }

        @Override
        public LookupResult lookup(RefundProbe probe, ProviderContext context) {
            return new LookupResult.Absent();
        }

        @Override
        public NotificationResult interpret(InboundNotification notification, ProviderContext context) {
            HttpCall call = new HttpCall(
                    "GET",
                    URI.create("https://bank.example/verify"),
                    Map.of(),
                    new byte[0],
                    Duration.ofMinutes(5),
                    1 << 10,
                    new HttpCall.Reach.Any());
            if (blocking) {
                context.transport().call(call);
            } else {
                context.transport().send(call);
            }
            return new NotificationResult.Rejected("It is not ours.");
        }
    }

    /** Counts how many calls are under way at once. */
    private final class Counting implements HttpTransport {

        private final CountDownLatch go;

        private Counting(CountDownLatch go) {
            this.go = go;
        }

        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            calls.incrementAndGet();
            assertThat(call.timeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
            return new CompletableFuture<>();
        }

        @Override
        public HttpReply call(HttpCall call) {
            calls.incrementAndGet();
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                OtherThread.await(go);
                return ScriptedTransport.reply(200, Map.of(), "no");
            } finally {
                atOnce.decrementAndGet();
            }
        }

        @Override
        public void close() {}
    }

    private InboundNotification anything() {
        return new InboundNotification(Map.of(), new byte[] {1}, clock.instant());
    }

    @Test
    @Tag("A62")
    @Tag("R57")
    void strangersUseNoMoreThanEightCallsAtOnceAndLeaveNoRow() {
        CountDownLatch go = new CountDownLatch(1);
        Stores stores = Stores.inMemory(clock);
        try (Matrix matrix = TestNode.matrix(stores, clock, new Counting(go))) {
            Refunds refunds = Refunds.on(matrix).provider(new Asking(true)).build();
            List<OtherThread<Integer>> posts = new ArrayList<>();
            CountDownLatch full = new CountDownLatch(8);
            for (int thread = 0; thread < 16; thread++) {
                posts.add(OtherThread.running(() -> {
                    int unverifiable = 0;
                    for (int i = 0; i < 625; i++) {
                        if (refunds.receive("asking", anything()) instanceof NotificationReceipt.Unverifiable) {
                            unverifiable++;
                            full.countDown();
                        }
                    }
                    return unverifiable;
                }));
            }
            OtherThread.await(full);
            go.countDown();
            int turnedAway = posts.stream().mapToInt(OtherThread::join).sum();
            assertThat(turnedAway).isGreaterThanOrEqualTo(8);
            assertThat(calls.get() + turnedAway).isEqualTo(10_000);
            assertThat(most.get()).isLessThanOrEqualTo(8);
            stores.transactions().inTransaction(tx -> {
                assertThat(stores.get(NotificationStore.class)
                                .forget(tx, clock.instant().plusSeconds(1), 9))
                        .isZero();
            });
        }
    }

    @Test
    @Tag("R57")
    void aCallThatIsNotWaitedForHoldsItsPlaceUntilItEnds() {
        CountDownLatch go = new CountDownLatch(1);
        try (Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, new Counting(go));
                HttpTransport gone = new GatedTransport(new NoTransport(), new Semaphore(1))) {
            Refunds refunds = Refunds.on(matrix).provider(new Asking(false)).build();
            for (int i = 0; i < 20; i++) {
                refunds.receive("asking", anything());
            }
            assertThat(calls.get()).isEqualTo(8);
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowable(() ->
                                new Asking(true).interpret(anything(), ProviderContext.of(gone, clock, new Random(1)))))
                        .as("the place is given back")
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("no transport");
            }
        }
    }
}
