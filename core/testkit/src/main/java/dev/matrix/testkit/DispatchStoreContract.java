package dev.matrix.testkit;

import static dev.matrix.testkit.EventRows.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.DispatchStore.Added;
import dev.matrix.core.event.spi.DispatchStore.Claim;
import dev.matrix.core.event.spi.EventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link DispatchStore} promises. Leases last 60 s here, and the subscriber is {@code a}. */
@Tag("E7")
public interface DispatchStoreContract extends StoreContract {

    private StoreUnderTest<DispatchStore> with(EventRows... events) {
        StoreUnderTest<DispatchStore> queue = StoreUnderTest.of(this, DispatchStore.class);
        EventStore store = queue.stores().get(EventStore.class);
        queue.run((tx, unused) ->
                store.append(tx, Stream.of(events).map(EventRows::appended).toList()));
        return queue;
    }

    private static Instant at(long second) {
        return StoreUnderTest.START.plusSeconds(second);
    }

    private static List<Claim> claim(StoreUnderTest<DispatchStore> queue, long second, int limit) {
        return queue.get((tx, store) -> store.claim(tx, "a", "n1", at(second), limit, Duration.ofSeconds(60)));
    }

    private static Claim one(StoreUnderTest<DispatchStore> queue, long second) {
        List<Claim> claims = claim(queue, second, 1);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private static int complete(StoreUnderTest<DispatchStore> queue, Claim... claims) {
        return queue.get((tx, store) -> store.complete(tx, List.of(claims)));
    }

    private static boolean reschedule(
            StoreUnderTest<DispatchStore> queue, Claim claim, @Nullable Instant due, String error) {
        return queue.get((tx, store) -> store.reschedule(tx, claim, at(1), due, error));
    }

    private static Claim failed(StoreUnderTest<DispatchStore> queue, String error) {
        Claim claim = one(queue, 0);
        assertThat(reschedule(queue, claim, null, error)).isTrue();
        return claim;
    }

    @Test
    default void theOldestDueRowsAreClaimedUpToTheLimit() {
        StoreUnderTest<DispatchStore> queue = with(
                event("e1").at(3).queuedFor("a"),
                event("e2").at(1).queuedFor("a"),
                event("e3").at(2).queuedFor("a"));

        assertThat(claim(queue, 5, 2))
                .containsExactlyInAnyOrder(new Claim("a", "e2", 1, 1), new Claim("a", "e3", 1, 1));
        assertThat(claim(queue, 5, 2)).containsExactly(new Claim("a", "e1", 1, 1));
        assertThat(claim(queue, 5, 2)).isEmpty();
    }

    @Test
    default void aRowIsNotClaimedBeforeItIsDue() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").at(10).queuedFor("a"));

        assertThat(claim(queue, 9, 1)).isEmpty();
        assertThat(claim(queue, 10, 1)).hasSize(1);
    }

    @Test
    default void subscribersHaveRowsOfTheirOwn() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1").queuedFor("a", "b"), event("e2").queuedFor("b"));

        assertThat(complete(queue, one(queue, 0))).isEqualTo(1);

        List<Claim> others = queue.get((tx, store) -> store.claim(tx, "b", "n1", at(0), 9, Duration.ofSeconds(60)));
        assertThat(others).extracting(Claim::eventId).containsExactlyInAnyOrder("e1", "e2");
        assertThat(queue.<List<Claim>>get((tx, store) -> store.claim(tx, "c", "n", at(0), 9, Duration.ofSeconds(1))))
                .isEmpty();
    }

    @Test
    @Tag("E11")
    default void aClaimedRowIsNobodyElsesUntilItsLeaseEnds() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));
        Claim first = one(queue, 0);

        assertThat(claim(queue, 59, 1)).isEmpty();
        Claim second = one(queue, 60);

        assertThat(second).isEqualTo(new Claim("a", "e1", first.token() + 1, 2));
    }

    @Test
    @Tag("E8")
    @Tag("C33")
    default void aLostClaimChangesNothing() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1").queuedFor("a"), event("e2").queuedFor("a"));
        Claim lost = one(queue, 0);
        Claim kept = one(queue, 1);
        Claim current = one(queue, 60);

        assertThat(complete(queue, lost, kept)).as("rows deleted, of two").isEqualTo(1);
        assertThat(reschedule(queue, lost, at(2), "late")).isFalse();
        assertThat(reschedule(queue, lost, null, "late")).isFalse();
        queue.run((tx, store) -> store.handBack(tx, List.of(lost), at(61)));

        assertThat(claim(queue, 62, 9)).isEmpty();
        assertThat(complete(queue, current)).isEqualTo(1);
        assertThat(complete(queue, current)).as("done is done").isZero();
    }

    @Test
    default void aRolledBackClaimOrCompletionNeverWas() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));

        queue.rollBack((tx, store) -> store.claim(tx, "a", "n1", at(0), 1, Duration.ofSeconds(60)));
        Claim claim = one(queue, 0);
        queue.rollBack((tx, store) -> store.complete(tx, List.of(claim)));

        assertThat(claim).isEqualTo(new Claim("a", "e1", 1, 1));
        assertThat(complete(queue, claim)).isEqualTo(1);
    }

    @Test
    @Tag("E10")
    @Tag("E11")
    default void aRescheduledRowWaitsUntilItIsDueAndKeepsItsAttempts() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));
        Claim first = one(queue, 0);

        assertThat(reschedule(queue, first, at(30), "timeout")).isTrue();

        assertThat(complete(queue, first)).as("the claim has ended").isZero();
        assertThat(claim(queue, 29, 1)).isEmpty();
        Claim second = one(queue, 30);
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.token()).isGreaterThan(first.token());
    }

    @Test
    @Tag("E9")
    default void aRowThatWasClaimedBeforeIsClaimedAlone() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1").queuedFor("a"), event("e2").queuedFor("a"));
        claim(queue, 0, 2).forEach(claim -> reschedule(queue, claim, at(5), "failed together"));
        EventStore events = queue.stores().get(EventStore.class);
        queue.run((tx, store) -> events.append(
                tx,
                List.of(
                        event("e3").at(3).queuedFor("a").appended(),
                        event("e4").at(6).queuedFor("a").appended(),
                        event("e5").at(7).queuedFor("a").appended())));

        List<List<Claim>> batches = new ArrayList<>();
        for (List<Claim> batch = claim(queue, 10, 9); !batch.isEmpty(); batch = claim(queue, 10, 9)) {
            batches.add(batch);
        }

        assertThat(batches.stream().flatMap(List::stream).map(Claim::eventId))
                .containsExactlyInAnyOrder("e1", "e2", "e3", "e4", "e5");
        assertThat(batches)
                .allSatisfy(batch -> assertThat(
                                batch.size() == 1 || batch.stream().allMatch(claim -> claim.attempts() == 1))
                        .as("%s", batch)
                        .isTrue());
    }

    @Test
    @Tag("E15")
    default void aRowHandedBackIsDueAtOnceAndItsAttemptIsNotCounted() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1").queuedFor("a"), event("e2").queuedFor("a"));
        List<Claim> first = claim(queue, 0, 2);

        queue.run((tx, store) -> store.handBack(tx, first, at(1)));

        List<Claim> second = claim(queue, 1, 2);
        assertThat(second).hasSize(2).allMatch(claim -> claim.attempts() == 1);
        assertThat(complete(queue, first.toArray(Claim[]::new))).isZero();
        assertThat(complete(queue, second.toArray(Claim[]::new))).isEqualTo(2);
    }

    @Test
    @Tag("E15")
    default void aRowCanBeHandedBackForLater() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));

        queue.run(
                (tx, store) -> store.handBack(tx, store.claim(tx, "a", "n1", at(0), 1, Duration.ofSeconds(60)), at(5)));

        assertThat(claim(queue, 4, 1)).isEmpty();
        assertThat(one(queue, 5).attempts()).isEqualTo(1);
    }

    @Test
    @Tag("E10")
    default void aClaimThatIsNoAttemptIsNotCountedInWhatFailed() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));
        one(queue, 0);
        Claim second = one(queue, 60);

        assertThat(reschedule(queue, second.uncounted(), null, "its lease ended"))
                .isTrue();

        Page<EventFailure> failures = queue.get((tx, store) -> store.failures(tx, "a", PageRequest.first(9)));
        assertThat(failures.items()).extracting(EventFailure::attempts).containsExactly(1);
    }

    @Test
    @Tag("E10")
    @Tag("E11")
    default void aFailedRowIsKeptWithItsErrorUntilItIsRequeued() {
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));
        Claim claim = failed(queue, "Zoë broke it");

        assertThat(claim(queue, 9_999, 1)).isEmpty();
        Page<EventFailure> failures = queue.get((tx, store) -> store.failures(tx, "a", PageRequest.first(9)));
        assertThat(failures.items()).containsExactly(new EventFailure("a", "e1", 1, "Zoë broke it", at(1)));

        assertThat(queue.<Boolean>get((tx, store) -> store.requeue(tx, "a", "e1", at(70))))
                .isTrue();
        assertThat(queue.<Boolean>get((tx, store) -> store.requeue(tx, "a", "e1", at(70))))
                .as("it isn't FAILED any more")
                .isFalse();
        Claim again = one(queue, 70);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.token()).isGreaterThan(claim.token());
    }

    @Test
    @Tag("E10")
    @Tag("E11")
    default void aSkippedRowIsNeverHandledAgain() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1").queuedFor("a"), event("e2").at(50).queuedFor("a"));
        failed(queue, "no");

        assertThat(queue.<Boolean>get((tx, store) -> store.skip(tx, "a", "e1", "known to be empty")))
                .isTrue();

        assertThat(queue.<Boolean>get((tx, store) -> store.skip(tx, "a", "e1", "again")))
                .isFalse();
        assertThat(queue.<Boolean>get((tx, store) -> store.requeue(tx, "a", "e1", at(60))))
                .isFalse();
        assertThat(queue.<Boolean>get((tx, store) -> store.skip(tx, "a", "e2", "it waits, it didn't fail")))
                .isFalse();
        assertThat(claim(queue, 9_999, 9)).extracting(Claim::eventId).containsExactly("e2");
        assertThat(queue.<Page<EventFailure>>get((tx, store) -> store.failures(tx, "a", PageRequest.first(9)))
                        .items())
                .isEmpty();
    }

    @Test
    @Tag("E10")
    default void failuresArePagedInEventOrderOneSubscriberApart() {
        StoreUnderTest<DispatchStore> queue = with(
                event("e3").queuedFor("a"),
                event("e1").queuedFor("a"),
                event("e2").queuedFor("a", "b"));
        claim(queue, 0, 9).forEach(claim -> reschedule(queue, claim, null, "no"));

        Page<EventFailure> first = queue.get((tx, store) -> store.failures(tx, "a", PageRequest.first(2)));
        assertThat(first.items()).extracting(EventFailure::eventId).containsExactly("e1", "e2");
        assertThat(first.nextCursor()).isEqualTo("e2");
        Page<EventFailure> last = queue.get((tx, store) -> store.failures(tx, "a", PageRequest.after("e2", 1)));
        assertThat(last.items()).extracting(EventFailure::eventId).containsExactly("e3");
        assertThat(last.nextCursor()).isNull();
        assertThat(queue.<Page<EventFailure>>get((tx, store) -> store.failures(tx, "b", PageRequest.first(2)))
                        .items())
                .isEmpty();
    }

    @Test
    @Tag("E15")
    default void whatIsQueuedForOneSubscriberIsDroppedPieceByPieceInAnyState() {
        StoreUnderTest<DispatchStore> queue = with(
                event("e1").queuedFor("a", "b"),
                event("e2").at(20).queuedFor("a"),
                event("e3").at(30).queuedFor("a"));
        failed(queue, "no");
        Claim claimed = one(queue, 20);

        assertThat(queue.<Integer>get((tx, store) -> store.drop(tx, "a", 2))).isEqualTo(2);
        assertThat(queue.<Integer>get((tx, store) -> store.drop(tx, "a", 2))).isEqualTo(1);

        assertThat(queue.<List<SubscriberStatus>>get((tx, store) -> store.status(tx, Set.of("a", "b"))))
                .extracting(SubscriberStatus::name, SubscriberStatus::backlog, SubscriberStatus::failed)
                .containsExactly(tuple("a", 0L, 0L), tuple("b", 1L, 0L));
        assertThat(complete(queue, claimed)).isZero();
    }

    @Test
    default void theStatusCountsWhatIsOpenAndWhatFailed() {
        StoreUnderTest<DispatchStore> queue = with(
                event("e1").queuedFor("a"),
                event("e2").at(20).queuedFor("a"),
                event("e3").at(30).queuedFor("a"));
        failed(queue, "no");
        one(queue, 20);

        List<SubscriberStatus> status = queue.get((tx, store) -> store.status(tx, Set.of("b", "a")));

        assertThat(status)
                .extracting(SubscriberStatus::name, SubscriberStatus::backlog, SubscriberStatus::failed)
                .containsExactly(tuple("a", 2L, 1L), tuple("b", 0L, 0L));
        assertThat(status.get(1).oldest()).isNull();
    }

    @Test
    @Tag("E6")
    default void missedRowsAreAddedOnceForEventsNotAddressed() {
        StoreUnderTest<DispatchStore> queue = with(
                event("e1").at(1), event("e2").at(2).queuedFor("a"), event("e3").at(3));

        assertThat(addMissing(queue, false, null, 9)).isEqualTo(new Added(2, null));
        assertThat(addMissing(queue, false, null, 9)).isEqualTo(new Added(0, null));
        assertThat(complete(queue, claim(queue, 9, 9).toArray(Claim[]::new))).isEqualTo(3);
        assertThat(addMissing(queue, false, null, 9)).as("done is done").isEqualTo(new Added(0, null));
    }

    @Test
    @Tag("E15")
    default void aReplayAddsRowsForWhatWasDoneAndLeavesWhatWaits() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1").queuedFor("a"), event("e2").at(5).queuedFor("a"));
        complete(queue, one(queue, 0));

        assertThat(addMissing(queue, true, null, 9)).isEqualTo(new Added(1, null));

        assertThat(claim(queue, 9, 9)).extracting(Claim::eventId).containsExactlyInAnyOrder("e1", "e2");
    }

    @Test
    @Tag("E15")
    default void missingRowsAreAddedPieceByPiece() {
        StoreUnderTest<DispatchStore> queue =
                with(event("e1"), event("e2").ofType("invoice.paid"), event("e3"), event("e4"));

        Added first = addMissing(queue, true, null, 2);
        assertThat(first).isEqualTo(new Added(2, "e3"));
        assertThat(addMissing(queue, true, first.lastId(), 2)).isEqualTo(new Added(1, null));

        assertThat(claim(queue, 9, 9)).extracting(Claim::eventId).containsExactlyInAnyOrder("e1", "e3", "e4");
    }

    private static Added addMissing(
            StoreUnderTest<DispatchStore> queue, boolean again, @Nullable String after, int limit) {
        EventQuery query = EventQuery.all().ofTypes("payment.succeeded");
        return queue.get((tx, store) -> store.addMissing(tx, "a", query, again, after, limit, at(9)));
    }

    @Test
    default void openClaimsOfTwoNodesNeverOverlapNorWait() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<DispatchStore> queue = with(Stream.of("e1", "e2", "e3", "e4")
                .map(id -> event(id).queuedFor("a"))
                .toArray(EventRows[]::new));

        queue.run((tx, store) -> {
            List<Claim> mine = store.claim(tx, "a", "n1", at(0), 2, Duration.ofSeconds(60));
            List<Claim> others = OtherThread.running(() -> claim(queue, 0, 9)).join();
            assertThat(mine).hasSize(2);
            assertThat(others).hasSize(2).doesNotContainAnyElementsOf(mine);
        });
    }

    @Test
    @Tag("E8")
    @Tag("C33")
    default void aCompletionThatWaitedForATakeoverDeletesNothing() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<DispatchStore> queue = with(event("e1").queuedFor("a"));
        Claim first = one(queue, 0);
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch completing = new CountDownLatch(1);
        OtherThread<Integer> late = OtherThread.running(() -> {
            OtherThread.await(claimed);
            return queue.get((tx, store) -> {
                completing.countDown();
                return store.complete(tx, List.of(first));
            });
        });

        queue.run((tx, store) -> {
            assertThat(store.claim(tx, "a", "n2", at(60), 1, Duration.ofSeconds(60)))
                    .hasSize(1);
            claimed.countDown();
            OtherThread.await(completing);
        });

        assertThat(late.join()).isZero();
    }
}
