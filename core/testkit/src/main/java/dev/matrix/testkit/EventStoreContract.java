package dev.matrix.testkit;

import static dev.matrix.testkit.EventRows.ADA;
import static dev.matrix.testkit.EventRows.BOB;
import static dev.matrix.testkit.EventRows.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.NewEvent;
import dev.matrix.core.spi.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EventStore} promises. */
public interface EventStoreContract extends StoreContract {

    private StoreUnderTest<EventStore> with(EventRows... events) {
        StoreUnderTest<EventStore> store = StoreUnderTest.of(this, EventStore.class);
        append(store, events);
        return store;
    }

    private static List<Published> append(StoreUnderTest<EventStore> events, EventRows... added) {
        return events.get((tx, store) -> append(tx, store, added));
    }

    private static List<Published> append(Tx tx, EventStore store, EventRows... added) {
        return store.append(tx, Stream.of(added).map(EventRows::appended).toList());
    }

    private static List<String> ids(StoreUnderTest<EventStore> events) {
        return ids(events, EventQuery.all());
    }

    private static List<String> ids(StoreUnderTest<EventStore> events, EventQuery query) {
        Page<EventRow> page = events.get((tx, store) -> store.page(tx, query, PageRequest.first(1_000)));
        return page.items().stream().map(EventRow::id).toList();
    }

    @Test
    @Tag("E16")
    default void anEventIsStoredToTheLastByteAndMicrosecond() {
        StoreUnderTest<EventStore> events = with();
        byte[] payload = "{\"a\":\"Zoë 💶 \u2028\",\"n\":1.00}".getBytes(StandardCharsets.UTF_8);
        Instant recorded = Instant.parse("2026-01-01T00:00:00.123456Z");
        EventRow row = new EventRow(
                "evt_1-A",
                "acme.done",
                7,
                Owner.platform(),
                "Zoë 💶",
                Instant.parse("2019-05-04T03:02:01.000001Z"),
                recorded,
                List.of(BOB, Owner.partner("p, \"1\":x"), ADA),
                "k 💶",
                payload);

        events.run((tx, store) -> assertThat(
                        store.append(tx, List.of(new NewEvent(row, new byte[32], Set.of(), Set.of(), true))))
                .containsExactly(new Published("evt_1-A", false)));

        List<EventRow> loaded = events.get((tx, store) -> store.load(tx, List.of("evt_1-A")));
        assertThat(loaded).usingRecursiveFieldByFieldElementComparator().containsExactly(row);
    }

    @Test
    default void loadingGivesKnownIdsInIdOrder() {
        StoreUnderTest<EventStore> events = with(event("e2"), event("e1"), event("e3"));

        List<EventRow> loaded = events.get((tx, store) -> store.load(tx, List.of("e3", "none", "e1", "e1")));

        assertThat(loaded).extracting(EventRow::id).containsExactly("e1", "e3");
        assertThat(events.<List<EventRow>>get((tx, store) -> store.load(tx, List.of())))
                .isEmpty();
    }

    @Test
    default void aThousandEventsAreAppendedAtOnce() {
        StoreUnderTest<EventStore> events = with();
        EventRows[] many = IntStream.range(0, 1_000)
                .mapToObj(n -> event("e%04d".formatted(n)).withKey("k" + n).queuedFor("a", "b"))
                .toArray(EventRows[]::new);

        assertThat(append(events, many)).hasSize(1_000).noneMatch(Published::duplicate);

        assertThat(ids(events)).hasSize(1_000).isSorted();
    }

    @Test
    @Tag("E5")
    default void aRollbackLeavesNeitherEventNorKey() {
        StoreUnderTest<EventStore> events = with();

        events.rollBack((tx, store) -> append(tx, store, event("e1").withKey("k")));

        assertThat(ids(events)).isEmpty();
        assertThat(append(events, event("e2").withKey("k").saying("{\"other\":1}")))
                .containsExactly(new Published("e2", false));
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void aRepeatedKeyWithEqualContentIsADuplicateOfTheFirst() {
        StoreUnderTest<EventStore> events = with(event("e1").withKey("k"));

        assertThat(append(
                        events,
                        event("e2").withKey("k"),
                        event("e3").withKey("k3"),
                        event("e4").withKey("k3")))
                .containsExactly(new Published("e1", true), new Published("e3", false), new Published("e3", true));

        assertThat(ids(events)).containsExactly("e1", "e3");
    }

    @Test
    @Tag("E4")
    default void eventsOfIdsThatTheLogMadeAreTakenByTheirKeysAlone() {
        StoreUnderTest<EventStore> events = with(event("e1").withKey("k"));

        assertThat(append(
                        events,
                        event("e2").ofMadeId().queuedFor("a"),
                        event("e3").ofMadeId().queuedFor("a")))
                .containsExactly(new Published("e2", false), new Published("e3", false));
        assertThat(append(
                        events, event("e4").ofMadeId().withKey("k"), event("e5").ofMadeId()))
                .containsExactly(new Published("e1", true), new Published("e5", false));

        assertThat(ids(events)).containsExactly("e1", "e2", "e3", "e5");
    }

    @Test
    @Tag("E4")
    default void aRepeatedIdActsLikeARepeatedKey() {
        StoreUnderTest<EventStore> events = with(event("e1"));

        assertThat(append(events, event("e1"), event("e2"), event("e2")))
                .containsExactly(new Published("e1", true), new Published("e2", false), new Published("e2", true));
        assertThatThrownBy(() -> append(events, event("e1").saying("{\"other\":1}")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("e1");
    }

    @Test
    @Tag("E4")
    default void keysOfDifferentOwnersAreDifferentKeys() {
        StoreUnderTest<EventStore> events = with(event("e1").withKey("k"));

        assertThat(append(
                        events,
                        event("e2").ownedBy(BOB).withKey("k"),
                        event("e3").withKey("K")))
                .containsExactly(new Published("e2", false), new Published("e3", false));
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void otherContentIsAConflictThatUndoesItsCallAndNothingElse() {
        StoreUnderTest<EventStore> events = with(event("e1").withKey("k"));

        events.run((tx, store) -> {
            append(tx, store, event("e2").withKey("k2"));
            EventRows taken = event("e4").withKey("k").saying("{\"other\":1}");
            assertThatThrownBy(() -> append(tx, store, event("e3").withKey("k3").queuedFor("a"), taken))
                    .isInstanceOf(ConflictException.class);
            append(tx, store, event("e5").withKey("k3"));
        });

        assertThat(ids(events)).containsExactly("e1", "e2", "e5");
    }

    @Test
    @Tag("E4")
    default void twoContentsUnderOneKeyInOneCallAreAConflict() {
        StoreUnderTest<EventStore> events = with();

        assertThatThrownBy(() -> append(
                        events,
                        event("e1").withKey("k"),
                        event("e2").withKey("k").saying("{\"other\":1}")))
                .isInstanceOf(ConflictException.class);

        assertThat(ids(events)).isEmpty();
    }

    @Test
    default void pagesWalkAllMatchesInIdOrder() {
        StoreUnderTest<EventStore> events = with(event("e3"), event("e1"), event("e4"), event("e2"));

        Page<EventRow> first = events.get((tx, store) -> store.page(tx, EventQuery.all(), PageRequest.first(3)));
        assertThat(first.items()).extracting(EventRow::id).containsExactly("e1", "e2", "e3");
        assertThat(first.nextCursor()).isEqualTo("e3");

        Page<EventRow> last = events.get((tx, store) -> store.page(tx, EventQuery.all(), PageRequest.after("e3", 1)));
        assertThat(last.items()).extracting(EventRow::id).containsExactly("e4");
        assertThat(last.nextCursor()).as("nothing follows a full last page").isNull();
    }

    @Test
    default void queriesChooseByOwnerTypeAndTimeOfRecording() {
        StoreUnderTest<EventStore> events = with(
                event("e1").at(1),
                event("e2").at(2).ownedBy(BOB),
                event("e3").at(3).ofType("invoice.paid"),
                event("e4").at(4).ofType("invoice.paid").ownedBy(BOB));
        Instant second = StoreUnderTest.START.plusSeconds(2);
        Instant fourth = StoreUnderTest.START.plusSeconds(4);

        assertThat(ids(events, EventQuery.all().ownedBy(BOB))).containsExactly("e2", "e4");
        assertThat(ids(events, EventQuery.all().ofTypes("invoice.paid"))).containsExactly("e3", "e4");
        assertThat(ids(events, EventQuery.all().ofTypes("invoice.paid", "payment.succeeded")))
                .hasSize(4);
        assertThat(ids(events, EventQuery.all().since(second).until(fourth))).containsExactly("e2", "e3");
        assertThat(ids(
                        events,
                        EventQuery.all().ofTypes("invoice.paid").ownedBy(ADA).until(fourth)))
                .containsExactly("e3");
    }

    @Test
    @Tag("E15")
    default void erasingEmptiesAnOwnersPayloadsAndQueueAndKeepsTheRows() {
        StoreUnderTest<EventStore> events = with(
                event("e1").withKey("k").queuedFor("a"),
                event("e2").queuedFor("a"),
                event("e3").ownedBy(BOB).queuedFor("a"));

        assertThat(events.<Integer>get((tx, store) -> store.erase(tx, ADA))).isEqualTo(2);
        assertThat(events.<Integer>get((tx, store) -> store.erase(tx, ADA)))
                .as("what is empty isn't emptied again")
                .isZero();

        assertThat(ids(events)).containsExactly("e3");
        assertThat(events.<EventRow>get(
                                (tx, store) -> store.load(tx, List.of("e1")).get(0))
                        .payload())
                .isNull();
        assertThat(queued(events)).containsExactly("e3");
        assertThat(append(events, event("e4").withKey("k"))).containsExactly(new Published("e1", true));
    }

    private static List<String> queued(StoreUnderTest<EventStore> events) {
        DispatchStore dispatch = events.stores().get(DispatchStore.class);
        return events.get((tx, store) ->
                dispatch.claim(tx, "a", "n", StoreUnderTest.START.plusSeconds(100), 10, Duration.ofSeconds(60)).stream()
                        .map(DispatchStore.Claim::eventId)
                        .toList());
    }

    @Test
    @Tag("E15")
    default void purgingDeletesOldEventsInPiecesAndFreesTheirKeys() {
        StoreUnderTest<EventStore> events = with(
                event("e1").at(1).withKey("k"),
                event("e2").at(2),
                event("e3").at(3),
                event("e4").at(4));
        Instant fourth = StoreUnderTest.START.plusSeconds(4);

        assertThat(events.<Integer>get((tx, store) -> store.purge(tx, fourth, 2)))
                .isEqualTo(2);
        assertThat(events.<Integer>get((tx, store) -> store.purge(tx, fourth, 2)))
                .isEqualTo(1);
        assertThat(events.<Integer>get((tx, store) -> store.purge(tx, fourth, 2)))
                .isZero();

        assertThat(ids(events)).as("recorded exactly then is not before").containsExactly("e4");
        assertThat(append(events, event("e5").withKey("k").saying("{\"other\":1}")))
                .containsExactly(new Published("e5", false));
    }

    @Test
    @Tag("E15")
    default void purgingNeverTakesAnEventThatAQueueRowRefersTo() {
        StoreUnderTest<EventStore> events = with(
                event("e1").queuedFor("a"),
                event("e2").queuedFor("b"),
                event("e3").queuedFor("a"),
                event("e4"));
        DispatchStore dispatch = events.stores().get(DispatchStore.class);
        Instant now = StoreUnderTest.START;
        List<DispatchStore.Claim> claims =
                events.get((tx, store) -> dispatch.claim(tx, "a", "n", now, 10, Duration.ofSeconds(60)));
        events.run((tx, store) -> claims.forEach(claim -> {
            if (claim.eventId().equals("e1")) {
                dispatch.reschedule(tx, claim, now, null, "failed for good");
            } else {
                dispatch.complete(tx, List.of(claim));
            }
        }));

        int purged = events.get((tx, store) -> store.purge(tx, now.plusSeconds(1), 10));

        assertThat(purged).isEqualTo(2);
        assertThat(ids(events)).as("e1 FAILED, e2 waiting").containsExactly("e1", "e2");
    }

    private static int replay(Tx tx, StoreUnderTest<EventStore> events) {
        return events.stores()
                .get(DispatchStore.class)
                .addMissing(tx, "a", EventQuery.all(), true, null, 9, StoreUnderTest.START)
                .count();
    }

    @Test
    @Tag("E15")
    @Tag("E21")
    default void purgingPassesOverAnEventThatIsBeingReplayed() {
        StoreUnderTest<EventStore> events = concurrently();
        append(events, event("e1"), event("e2").queuedFor("a"));
        assertThat(queued(events)).containsExactly("e2");
        Instant later = StoreUnderTest.START.plusSeconds(1);

        events.run((tx, store) -> {
            assertThat(replay(tx, events)).isEqualTo(1);
            OtherThread<Integer> purge =
                    OtherThread.running(() -> events.get((other, purging) -> purging.purge(other, later, 9)));
            assertThat(purge.join()).as("it waits for nobody").isZero();
        });

        assertThat(ids(events)).containsExactly("e1", "e2");
        assertThat(events.<Integer>get((tx, store) -> store.purge(tx, later, 9)))
                .as("its queue row refers to it now")
                .isZero();
    }

    @Test
    @Tag("E15")
    @Tag("E21")
    default void aReplayQueuesNoEventThatAPurgeTakes() {
        StoreUnderTest<EventStore> events = concurrently();
        for (int round = 0; round < 10; round++) {
            String id = "e" + round;
            append(events, event(id).queuedFor("a"));
            events.run((tx, store) -> complete(tx, events));
            CountDownLatch purged = new CountDownLatch(1);
            CountDownLatch replaying = new CountDownLatch(1);
            OtherThread<Integer> replay = OtherThread.running(() -> {
                OtherThread.await(purged);
                return events.get((tx, store) -> {
                    replaying.countDown();
                    return replay(tx, events);
                });
            });

            events.run((tx, store) -> {
                assertThat(store.purge(tx, StoreUnderTest.START.plusSeconds(1), 9))
                        .isEqualTo(1);
                purged.countDown();
                OtherThread.await(replaying);
            });

            assertThat(replay.join()).isZero();
            assertThat(queued(events)).isEmpty();
        }
    }

    private static void complete(Tx tx, StoreUnderTest<EventStore> events) {
        DispatchStore dispatch = events.stores().get(DispatchStore.class);
        dispatch.complete(
                tx, dispatch.claim(tx, "a", "n", StoreUnderTest.START.plusSeconds(200), 10, Duration.ofSeconds(60)));
    }

    private StoreUnderTest<EventStore> concurrently() {
        StoreUnderTest.assumeConcurrent(this);
        return StoreUnderTest.of(this, EventStore.class);
    }

    /** Appends the second event once the first is appended, and ends the first's transaction once that has begun. */
    private static OtherThread<Published> whileOpen(
            StoreUnderTest<EventStore> events, EventRows first, EventRows second, boolean commits) {
        CountDownLatch appended = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        OtherThread<Published> other = OtherThread.running(() -> {
            OtherThread.await(appended);
            return events.get((tx, store) -> {
                begun.countDown();
                return append(tx, store, second).get(0);
            });
        });
        if (commits) {
            events.run((tx, store) -> appendAndAwait(tx, store, first, appended, begun));
        } else {
            events.rollBack((tx, store) -> appendAndAwait(tx, store, first, appended, begun));
        }
        return other;
    }

    private static void appendAndAwait(
            Tx tx, EventStore store, EventRows event, CountDownLatch appended, CountDownLatch begun) {
        append(tx, store, event);
        appended.countDown();
        OtherThread.await(begun);
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void ofTwoOpenTransactionsWithOneKeyTheSecondFindsADuplicate() {
        StoreUnderTest<EventStore> events = concurrently();

        OtherThread<Published> second =
                whileOpen(events, event("e1").withKey("k"), event("e2").withKey("k"), true);

        assertThat(second.join()).isEqualTo(new Published("e1", true));
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void ifTheFirstOfTwoRollsBackTheSecondWins() {
        StoreUnderTest<EventStore> events = concurrently();

        OtherThread<Published> second =
                whileOpen(events, event("e1").withKey("k"), event("e2").withKey("k"), false);

        assertThat(second.join()).isEqualTo(new Published("e2", false));
    }

    @Test
    @Tag("E4")
    default void ofTwoOpenTransactionsWithOneIdTheSecondFindsADuplicate() {
        StoreUnderTest<EventStore> events = concurrently();

        OtherThread<Published> second = whileOpen(events, event("e1"), event("e1"), true);

        assertThat(second.join()).isEqualTo(new Published("e1", true));
    }

    @Test
    @Tag("E4")
    @Tag("C31")
    default void aConflictWithACommitMeanwhileLeavesTheTransactionUsable() {
        StoreUnderTest<EventStore> events = concurrently();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch committed = new CountDownLatch(1);
        OtherThread<Published> other = OtherThread.running(() -> events.get((tx, store) -> {
            append(tx, store, event("e2"));
            begun.countDown();
            OtherThread.await(committed);
            try {
                return append(tx, store, event("e3").withKey("k").saying("{\"other\":1}"))
                        .get(0);
            } catch (ConflictException e) {
                return append(tx, store, event("e4").withKey("k4")).get(0);
            }
        }));
        OtherThread.await(begun);

        events.run((tx, store) -> append(tx, store, event("e1").withKey("k")));
        committed.countDown();

        assertThat(other.join()).isEqualTo(new Published("e4", false));
        assertThat(events.<Integer>get((tx, store) ->
                        store.load(tx, List.of("e1", "e2", "e3", "e4")).size()))
                .isEqualTo(3);
    }

    @Test
    @Tag("E1")
    default void publishersOfDifferentKeysNeverWaitForEachOther() {
        StoreUnderTest<EventStore> events = concurrently();

        events.run((tx, store) -> {
            append(tx, store, event("e1").withKey("k1").queuedFor("a"));
            EventRows second = event("e2").withKey("k2").queuedFor("a");
            List<Published> other =
                    OtherThread.running(() -> append(events, second)).join();
            assertThat(other).containsExactly(new Published("e2", false));
        });
    }
}
