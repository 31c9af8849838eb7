package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.Replay;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberPolicy;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What subscribers to the event log are promised over any storage. */
public interface EventDispatchContract extends StoreContract {

    private static EventDraft draft(String id) {
        return BillingEvent.of(Noted.of(id)).withId(id);
    }

    private static void publish(Matrix matrix, int count) {
        matrix.events()
                .publishAll(IntStream.range(0, count)
                        .mapToObj(n -> draft("e%03d".formatted(n)))
                        .toList());
    }

    private static boolean holds(List<StoredEvent> events, String id) {
        return events.stream().anyMatch(event -> event.event().id().equals(id));
    }

    private static List<EventFailure> failures(Matrix matrix) {
        return matrix.events().failures("a", PageRequest.first(1_000)).items();
    }

    @Test
    @Tag("E6")
    default void anInlineSubscriberIsCalledInThePublishersTransaction() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.inline("a", nodes::note));

        matrix.transactions().inTransaction(tx -> {
            matrix.events().publish(tx, draft("e1"));
            nodes.note(tx, "the publisher, after");
        });

        assertThat(nodes.notes()).containsExactly("e1", "the publisher, after");
        nodes.after(Duration.ofMinutes(1), matrix);
        assertThat(nodes.notes()).as("and not again").hasSize(2);
    }

    @Test
    @Tag("E6")
    default void whatAnInlineSubscriberThrowsRollsThePublisherBack() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.inline("a", nodes::note), Handlers.inline("b", (tx, events) -> {
            throw new IllegalStateException("no");
        }));

        assertThatThrownBy(() -> matrix.events().publish(draft("e1"))).hasMessage("no");

        assertThat(matrix.events().find("e1")).isEmpty();
        assertThat(nodes.notes()).isEmpty();
    }

    @Test
    @Tag("E6")
    @Tag("C35")
    default void anEventOfANodeWithoutTheInlineSubscriberIsHandledOnceByOneThatHasIt() {
        Nodes nodes = new Nodes(this);
        Matrix with = nodes.node(Handlers.inline("a", nodes::note));
        Matrix alsoWith = nodes.node(Handlers.inline("a", nodes::note));
        Matrix without = nodes.node();

        without.events().publish(draft("e1"));
        with.events().publish(draft("e2"));
        for (int second = 0; second < 90; second++) {
            nodes.after(Duration.ofSeconds(1), without, with, alsoWith);
        }

        assertThat(nodes.notes()).containsExactlyInAnyOrder("e1", "e2");
    }

    @Test
    @Tag("E6")
    default void aNewSubscriberGetsWhatOtherNodesPublishBeforeTheyKnowIt() {
        Nodes nodes = new Nodes(this);
        Matrix old = nodes.node();
        old.events().publish(draft("e0"));
        nodes.after(Duration.ofSeconds(1), old);
        Matrix released = nodes.node(Handlers.queued("a", nodes::note));

        old.events().publish(draft("e1"));
        nodes.after(Duration.ofSeconds(8), old, released);
        old.events().publish(draft("e2"));
        for (int second = 0; second < 80; second++) {
            nodes.after(Duration.ofSeconds(1), released, old);
            old.events().publish(draft("later%02d".formatted(second)));
        }
        nodes.after(Duration.ofSeconds(1), released);

        assertThat(nodes.notes())
                .doesNotHaveDuplicates()
                .hasSize(82)
                .contains("e1", "e2")
                .doesNotContain("e0");
    }

    @Test
    @Tag("E6")
    default void aNewSubscriberWhoseNodeDiedAtOnceLosesNothing() {
        Nodes nodes = new Nodes(this);
        Matrix old = nodes.node();
        nodes.node(Handlers.queued("a", nodes::note));
        old.events().publish(draft("e1"));

        for (int tick = 0; tick < 30; tick++) {
            nodes.after(Duration.ofSeconds(10), old);
        }
        Matrix restarted = nodes.node(Handlers.queued("a", nodes::note));
        nodes.after(Duration.ofMinutes(1), old, restarted);

        assertThat(nodes.notes()).containsExactly("e1");
    }

    @Test
    @Tag("E7")
    default void aClaimIsCommittedBeforeItIsHandled() {
        Nodes nodes = new Nodes(this);
        AtomicReference<@Nullable Matrix> other = new AtomicReference<>();
        List<String> handled = new ArrayList<>();
        Function<String, EventSubscriber> subscriber = node -> Handlers.external("a", event -> {
            handled.add(node);
            Matrix second = other.get();
            if (second != null) {
                nodes.drain(second);
            }
        });
        Matrix first = nodes.node(subscriber.apply("first"));
        other.set(nodes.node(subscriber.apply("second")));
        first.events().publish(draft("e1"));

        nodes.drain(first);

        assertThat(handled).containsExactly("first");
    }

    @Test
    @Tag("E8")
    @Tag("C33")
    default void aHandlerWhoseLeaseEndedBeforeItsTransactionRollsBack() {
        Nodes nodes = new Nodes(this);
        Matrix second = nodes.node(Handlers.queued("a", nodes::note));
        List<String> late = new ArrayList<>();
        AtomicInteger countdown = new AtomicInteger(Integer.MAX_VALUE);
        Matrix first = nodes.node(
                inner -> before(inner, () -> {
                    if (countdown.decrementAndGet() == 0) {
                        nodes.after(Duration.ofSeconds(60), second);
                    }
                }),
                Handlers.queued("a", (tx, events) -> {
                    late.addAll(events.stream().map(event -> event.event().id()).toList());
                    nodes.note(tx, events);
                }));
        publish(first, 3);

        countdown.set(2); // the claim is the next transaction, the handling the one after
        nodes.drain(first, second);

        assertThat(late).as("the first did handle them").hasSize(3);
        assertThat(nodes.notes()).containsExactlyInAnyOrder("e000", "e001", "e002");
    }

    /** Transactions before each of which something happens: how time passes between two of them. */
    private static Transactions before(Transactions inner, Runnable action) {
        return new Transactions() {
            @Override
            public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
                action.run();
                return inner.returning(work);
            }
        };
    }

    @Test
    @Tag("E8")
    @Tag("C33")
    default void aHandlerWhoseLeaseEndsWhileItsTransactionIsOpenRollsBack() {
        StoreUnderTest.assumeConcurrent(this);
        Nodes nodes = new Nodes(this);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch takenOver = new CountDownLatch(1);
        Matrix first = nodes.node(Handlers.queued("a", (tx, events) -> {
            nodes.note(tx, "first");
            written.countDown();
            OtherThread.await(takenOver);
        }));
        Matrix second = nodes.node(Handlers.queued("a", (tx, events) -> nodes.note(tx, "second")));
        first.events().publish(draft("e1"));
        OtherThread<Boolean> slow = OtherThread.running(() -> {
            nodes.drain(first);
            return true;
        });
        OtherThread.await(written);

        nodes.after(Duration.ofSeconds(60), second);
        takenOver.countDown();
        slow.join();

        assertThat(nodes.notes()).containsExactly("second");
    }

    @Test
    @Tag("E9")
    @Tag("E10")
    @Tag("C32")
    default void ofABatchWithOneBadEventAllOthersAreDoneAndItFailsAfterTwelveAttempts() {
        Nodes nodes = new Nodes(this);
        AtomicInteger mended = new AtomicInteger();
        Matrix matrix = nodes.node(Handlers.queued("a", (tx, events) -> {
            if (holds(events, "e100") && mended.get() == 0) {
                throw new IllegalStateException("e100 is bad");
            }
            nodes.note(tx, events);
        }));
        publish(matrix, 256);

        nodes.drain(matrix);
        assertThat(nodes.notes()).as("within the first claim").hasSize(255).doesNotContain("e100");
        nodes.untilAttemptsEnd(matrix);

        assertThat(failures(matrix)).singleElement().satisfies(failure -> {
            assertThat(failure.eventId()).isEqualTo("e100");
            assertThat(failure.attempts()).isEqualTo(12);
            assertThat(failure.error()).contains("e100 is bad");
        });
        assertThat(matrix.events().subscribers()).singleElement().satisfies(status -> {
            assertThat(status.backlog()).isZero();
            assertThat(status.failed()).isEqualTo(1);
        });

        mended.set(1);
        matrix.events().retry("a", "e100");
        nodes.drain(matrix);

        assertThat(nodes.notes()).hasSize(256).contains("e100");
        assertThat(failures(matrix)).isEmpty();
    }

    @Test
    @Tag("E10")
    default void pausesDoubleFromOneSecondGiveOrTakeAFifth() {
        Nodes nodes = new Nodes(this);
        List<Duration> calls = new ArrayList<>();
        Matrix matrix = nodes.node(Handlers.external("a", event -> {
            calls.add(Duration.between(StoreUnderTest.START, nodes.clock().instant()));
            throw new IllegalStateException("no");
        }));
        matrix.events().publish(draft("e1"));
        nodes.drain(matrix);
        for (int tick = 0; tick < 10_000; tick++) {
            nodes.after(Duration.ofMillis(500), matrix);
        }

        assertThat(calls).hasSize(12);
        for (int n = 1; n < calls.size(); n++) {
            double pause = (double) calls.get(n).minus(calls.get(n - 1)).toMillis();
            double expected = Math.min(1_000 * Math.pow(2, n - 1.0), 600_000);
            assertThat(pause).isBetween(expected * 0.8, expected * 1.2 + 600);
        }
    }

    @Test
    @Tag("E10")
    @Tag("E11")
    default void aFailedEventIsSkippedWithAReasonOrNotFound() {
        Nodes nodes = new Nodes(this);
        EventSubscriber hopeless =
                Handlers.queued("a", SubscriberPolicy.defaults().withAttempts(1), (tx, events) -> {
                    throw new IllegalStateException("no");
                });
        Matrix matrix = nodes.node(hopeless);
        publish(matrix, 2);
        nodes.drain(matrix);
        assertThat(failures(matrix)).hasSize(2);

        matrix.events().skip("a", "e000", "known to be empty");

        assertThat(failures(matrix)).extracting(EventFailure::eventId).containsExactly("e001");
        assertThatThrownBy(() -> matrix.events().retry("a", "e000")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> matrix.events().skip("a", "none", "x"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("none");
    }

    @Test
    @Tag("E7")
    @Tag("E10")
    @Tag("C34")
    default void anEventThatKillsItsNodeFailsAfterTwelveClaimsAndItsNeighboursAreDoneByThen() {
        Nodes nodes = new Nodes(this);
        AtomicInteger deaths = new AtomicInteger();
        EventSubscriber deadly = Handlers.queued("a", (tx, events) -> {
            if (holds(events, "e002")) {
                deaths.incrementAndGet();
                throw new Nodes.Death();
            }
            nodes.note(tx, events);
        });
        Matrix node = nodes.node(deadly);
        publish(node, 5);

        for (int minute = 0; minute < 30 && failures(node).isEmpty(); minute++) {
            assertThat(deaths.get() < 12 || nodes.notes().size() == 4)
                    .as("neighbours are done before the last claim ends")
                    .isTrue();
            try {
                nodes.after(Duration.ofSeconds(61), node);
            } catch (Nodes.Death dead) {
                node = nodes.builder(nodes.stores(), nodes.clock(), deadly).build();
            }
        }

        assertThat(deaths).hasValue(12);
        assertThat(failures(node)).extracting(EventFailure::eventId).containsExactly("e002");
        assertThat(nodes.notes()).containsExactlyInAnyOrder("e000", "e001", "e003", "e004");
    }

    @Test
    @Tag("E8")
    default void anExternalHandlerRunsOutsideATransactionAndOneFailureIsItsOwn() {
        Nodes nodes = new Nodes(this);
        AtomicInteger failing = new AtomicInteger(1);
        Matrix matrix = nodes.node(Handlers.external("a", event -> {
            if (event.event().id().equals("e001") && failing.getAndSet(0) == 1) {
                throw new IllegalStateException("once");
            }
            nodes.stores()
                    .transactions()
                    .inTransaction(tx -> nodes.note(tx, event.event().id()));
        }));
        publish(matrix, 3);

        nodes.drain(matrix);
        assertThat(nodes.notes()).containsExactly("e000", "e002");
        nodes.after(Duration.ofSeconds(2), matrix);

        assertThat(nodes.notes()).containsExactly("e000", "e002", "e001");
    }

    @Test
    @Tag("E12")
    default void oneCallGetsItsEventsInIdOrderAndNoMoreThanABatch() {
        Nodes nodes = new Nodes(this);
        List<List<String>> calls = new ArrayList<>();
        Matrix matrix = nodes.node(Handlers.queued(
                "a",
                SubscriberPolicy.defaults().withBatch(2),
                (tx, events) -> calls.add(
                        events.stream().map(event -> event.event().id()).toList())));
        matrix.events()
                .publishAll(Stream.of("e3", "e1", "e5", "e2", "e4")
                        .map(EventDispatchContract::draft)
                        .toList());

        nodes.drain(matrix);

        assertThat(calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call).isSorted().hasSizeLessThanOrEqualTo(2));
        assertThat(calls.stream().flatMap(List::stream)).containsExactlyInAnyOrder("e1", "e2", "e3", "e4", "e5");
    }

    @Test
    @Tag("E13")
    default void aNodesOwnClockNeitherHastensNorDelaysAnything() {
        Nodes nodes = new Nodes(this);
        CountDownLatch unhandled = new CountDownLatch(2);
        Matrix slow = nodes.node(Handlers.queued("a", (tx, events) -> {
            unhandled.countDown();
            throw new Nodes.Death();
        }));
        Matrix fast = nodes.builder(
                        nodes.stores(),
                        () -> nodes.clock().instant().plusSeconds(600),
                        Handlers.queued("a", nodes::note))
                .build();
        nodes.drain(fast);

        fast.events().publish(draft("e1"));
        assertThatThrownBy(() -> nodes.after(Duration.ofMillis(50), slow)).isInstanceOf(Nodes.Death.class);
        nodes.after(Duration.ofSeconds(59), fast);
        assertThat(nodes.notes())
                .as("ten minutes ahead, it takes no lease early")
                .isEmpty();
        nodes.after(Duration.ofSeconds(2), fast);

        assertThat(nodes.notes()).containsExactly("e1");
        assertThat(unhandled.getCount()).isEqualTo(1);
    }

    @Test
    @Tag("E15")
    default void aReplayQueuesPastEventsOfInterestAgain() {
        Nodes nodes = new Nodes(this);
        Matrix matrix = nodes.node(Handlers.queued("a", nodes::note));
        publish(matrix, 3);
        nodes.drain(matrix);
        nodes.clock().advance(Duration.ofSeconds(5));
        matrix.events().publish(draft("later"));

        Replay replay =
                matrix.events().replay("a", EventQuery.all().until(nodes.clock().instant()));
        nodes.drain(matrix);

        assertThat(replay).isEqualTo(new Replay("a", 3));
        assertThat(nodes.notes()).containsExactlyInAnyOrder("e000", "e001", "e002", "e000", "e001", "e002", "later");
        assertThatThrownBy(() -> matrix.events().replay("b", EventQuery.all())).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("E15")
    default void closingHandsWhatWasNotBegunBackUncounted() {
        Nodes nodes = new Nodes(this);
        AtomicReference<@Nullable Matrix> closing = new AtomicReference<>();
        Matrix first = nodes.node(Handlers.external("a", event -> {
            Matrix matrix = closing.get();
            if (matrix != null) {
                matrix.close();
            }
        }));
        closing.set(first);
        publish(first, 3);

        first.runDueStep();
        nodes.node(Handlers.queued("a", SubscriberPolicy.defaults().withAttempts(1), nodes::note));

        assertThat(nodes.notes())
                .as("at once, at the first attempt, in one batch")
                .containsExactly("e001", "e002");
    }
}
