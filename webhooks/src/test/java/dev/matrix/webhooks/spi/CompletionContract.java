package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.ADA;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.ids;
import static dev.matrix.webhooks.spi.Story.queued;
import static dev.matrix.webhooks.spi.Story.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.HttpReply.Timing;
import dev.matrix.core.spi.Lease;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Outcome;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link DeliveryStore} promises of the results of attempts, and of their log. */
@Tag("W24")
public interface CompletionContract extends StoreContract {

    private Story queuedStory(String... ids) {
        Story story = Story.of(this).with("e1");
        for (String id : ids) {
            story.route(queued(id, "e1"));
        }
        return story;
    }

    private static List<Attempt> attempts(Story story, String deliveryId) {
        Page<Attempt> page =
                story.deliveries().get((tx, store) -> store.attempts(tx, deliveryId, PageRequest.first(1000)));
        return page.items();
    }

    private static boolean isLate(Story story, String deliveryId, String attemptId) {
        return attempts(story, deliveryId).stream()
                .filter(attempt -> attempt.id().equals(attemptId))
                .findFirst()
                .orElseThrow()
                .late();
    }

    private static void assertSame(List<Attempt> actual, Attempt... expected) {
        assertThat(actual).usingRecursiveFieldByFieldElementComparator().containsExactly(expected);
    }

    @Test
    @Tag("W23")
    default void aResultMovesItsDeliveryAndLogsItsAttempt() {
        Story story = queuedStory("d1");
        AttemptResult result =
                result("wha_1", story.row("d1"), story.lease("a", 0, "e1"), DeliveryState.RETRYING, at(60));

        assertThat(story.complete(result)).containsExactly("d1");

        assertThat(story.row("d1")).isEqualTo(new DeliveryRow(ADA, result.after(), 1, at(5)));
        assertSame(attempts(story, "d1"), result.attempt());
    }

    @Test
    @Tag("W23")
    default void manyResultsAreAppliedTogether() {
        List<String> ids = ids("d", 500);
        Story story = Story.of(this).with("e1", "e2");
        story.route(ids.stream()
                .map(id -> queued(id, id.endsWith("7") ? "e2" : "e1"))
                .toList());
        Lease first = story.lease("a", 0, "e1");
        Lease second = story.lease("a", 0, "e2");
        List<AttemptResult> results = ids.stream()
                .map(id -> result(
                        "wha_" + id, story.row(id), id.endsWith("7") ? second : first, DeliveryState.DELIVERED, null))
                .toList();

        Set<String> moved = story.deliveries().get((tx, store) -> store.complete(tx, results));
        Set<String> none = story.deliveries().get((tx, store) -> store.complete(tx, List.of()));

        assertThat(moved).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(none).isEmpty();
        assertThat(story.row("d0417").delivery()).isEqualTo(results.get(416).after());
        assertSame(attempts(story, "d0417"), results.get(416).attempt());
    }

    @Test
    @Tag("C17")
    default void anAnswerAfterTheLeasePassedOnChangesNoDelivery() {
        Story story = queuedStory("d1");
        DeliveryRow sent = story.row("d1");
        Lease a = story.lease("a", 0, "e1");
        Lease b = story.lease("b", 30, "e1");

        assertThat(story.complete(result("wha_b", sent, b, DeliveryState.RETRYING, at(90))))
                .containsExactly("d1");
        assertThat(story.complete(result("wha_a", sent, a, DeliveryState.DELIVERED, null)))
                .isEmpty();

        assertThat(story.row("d1").delivery().state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(isLate(story, "d1", "wha_a")).isTrue();
        assertThat(isLate(story, "d1", "wha_b")).isFalse();
    }

    @Test
    default void ofTwoResultsInOneCallTheOneOfTheNewestLeaseCounts() {
        Story story = queuedStory("d1");
        DeliveryRow sent = story.row("d1");
        Lease a = story.lease("a", 0, "e1");
        Lease b = story.lease("a", 30, "e1");

        assertThat(story.complete(
                        result("wha_a", sent, a, DeliveryState.DELIVERED, null),
                        result("wha_b", sent, b, DeliveryState.EXHAUSTED, null)))
                .containsExactly("d1");

        assertThat(story.row("d1").delivery().state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(isLate(story, "d1", "wha_a")).isTrue();
        assertThat(isLate(story, "d1", "wha_b")).isFalse();
    }

    @Test
    default void aLeaseThatEndedButPassedToNobodyStillCounts() {
        Story story = queuedStory("d1");
        Lease ended = story.lease("a", 0, "e1");
        assertThat(story.leases().<List<String>>get((tx, store) -> store.retriesDue(tx, at(31), 1)))
                .containsExactly("e1");

        assertThat(story.complete(result("wha_1", story.row("d1"), ended, DeliveryState.DELIVERED, null)))
                .containsExactly("d1");
    }

    @Test
    default void aReleasedLeaseCountsNoMore() {
        Story story = queuedStory("d1");
        Lease lease = story.lease("a", 0, "e1");
        story.leases().run((tx, store) -> store.release(tx, List.of(new LeaseState(lease, null, ""))));

        assertThat(story.complete(result("wha_1", story.row("d1"), lease, DeliveryState.DELIVERED, null)))
                .isEmpty();
        assertThat(isLate(story, "d1", "wha_1")).isTrue();
    }

    @Test
    @Tag("W37")
    default void aResultForAnEarlierVersionOrAFinishedDeliveryIsLate() {
        Story story = queuedStory("d1", "d2");
        Lease lease = story.lease("a", 0, "e1");
        DeliveryRow first = story.row("d1");
        DeliveryRow cancelled = story.row("d2");
        story.move("d1", lease, DeliveryState.EXHAUSTED, null);
        story.deliveries().run((tx, store) -> {
            assertThat(store.requeue(tx, "e1", List.of("d1"))).hasSize(1);
            assertThat(store.endOpen(tx, "e1", "d2", EndReason.MANUAL, at(6), 1))
                    .isEqualTo(1);
        });
        DeliveryRow anew = story.row("d1");

        assertThat(story.complete(
                        result("wha_1", first, lease, DeliveryState.DELIVERED, null),
                        result("wha_2", cancelled, lease, DeliveryState.DELIVERED, null)))
                .isEmpty();

        assertThat(story.row("d1")).isEqualTo(anew);
        assertThat(story.row("d2").delivery().state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(isLate(story, "d1", "wha_1")).isTrue();
        assertThat(isLate(story, "d2", "wha_2")).isTrue();
    }

    @Test
    @Tag("W39")
    default void aRetryWhileARequestThatSucceedsIsInFlightLeavesOneDeliveredRow() {
        Story story = queuedStory("d1");
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d1", lease, 60);
        AttemptResult inFlight = result("wha_2", story.row("d1"), lease, DeliveryState.DELIVERED, null);

        story.deliveries().run((tx, store) -> store.requeue(tx, "e1", List.of("d1")));
        assertThat(story.complete(inFlight)).containsExactly("d1");

        assertThat(story.row("d1").delivery().state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(story.due(99, new EndpointShare("e1", 9, false))).isEmpty();
    }

    @Test
    @Tag("W23")
    default void aCallWhoseCommitWasInDoubtMayBeRepeated() {
        Story story = queuedStory("d1");
        AttemptResult result =
                result("wha_1", story.row("d1"), story.lease("a", 0, "e1"), DeliveryState.DELIVERED, null);

        story.complete(result);
        story.complete(result);

        assertThat(story.row("d1").delivery()).isEqualTo(result.after());
        assertSame(attempts(story, "d1"), result.attempt());
    }

    @Test
    default void anAttemptOfADeliveryThatIsGoneIsLoggedAsLate() {
        Story story = queuedStory("d1");
        Lease lease = story.lease("a", 0, "e1");
        DeliveryRow gone = DeliveryRow.queued(queued("d9", "e1"));

        assertThat(story.complete(result("wha_1", gone, lease, DeliveryState.DELIVERED, null)))
                .isEmpty();

        assertThat(isLate(story, "d9", "wha_1")).isTrue();
    }

    @Test
    default void aRolledBackResultNeverWas() {
        Story story = queuedStory("d1");
        DeliveryRow before = story.row("d1");
        AttemptResult result = result("wha_1", before, story.lease("a", 0, "e1"), DeliveryState.DELIVERED, null);

        story.deliveries().rollBack((tx, store) -> store.complete(tx, List.of(result)));

        assertThat(story.row("d1")).isEqualTo(before);
        assertThat(attempts(story, "d1")).isEmpty();
        assertThat(story.complete(result)).containsExactly("d1");
    }

    @Test
    default void noLeasePassesOnBetweenTheCheckAndTheCommit() {
        StoreUnderTest.assumeConcurrent(this);
        Story story = queuedStory("d1");
        Lease lease = story.lease("a", 0, "e1");
        AttemptResult result = result("wha_1", story.row("d1"), lease, DeliveryState.DELIVERED, null);

        story.deliveries().run((tx, store) -> {
            assertThat(store.complete(tx, List.of(result))).containsExactly("d1");
            assertThat(OtherThread.running(() -> story.acquire("b", 31, List.of("e1")))
                            .join())
                    .isEmpty();
        });

        assertThat(story.acquire("b", 31, List.of("e1"))).hasSize(1);
    }

    @Test
    @Tag("W22")
    default void storingResultsNeitherWaitsForReadersNorForOtherEndpoints() {
        StoreUnderTest.assumeConcurrent(this);
        Story story = Story.of(this).with("e1", "e2").route(queued("d1", "e1"), queued("d2", "e2"));
        AttemptResult first =
                result("wha_1", story.row("d1"), story.lease("a", 0, "e1"), DeliveryState.DELIVERED, null);
        AttemptResult second =
                result("wha_2", story.row("d2"), story.lease("b", 0, "e2"), DeliveryState.DELIVERED, null);
        EndpointShare share = new EndpointShare("e1", 9, false);

        story.deliveries().run((tx, store) -> {
            assertThat(store.due(tx, List.of(share), at(0))).hasSize(1);
            assertThat(OtherThread.running(() -> story.complete(first)).join()).containsExactly("d1");
            store.complete(tx, List.of(second));
            assertThat(OtherThread.running(() -> story.due(0, share)).join()).isEmpty();
        });

        assertThat(story.row("d2").delivery().state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    default void aReplyIsLoggedByteForByte() {
        Story story = queuedStory("d1");
        byte[] body = {0, -1, (byte) 0xc3, 0x28, '\'', '\\', '\n', 0};
        Attempt attempt = new Attempt(
                "wha_1",
                "d1",
                "e1",
                7,
                at(5),
                Outcome.THROTTLED,
                429,
                AttemptError.BODY_READ,
                "https://ada.example/h?q=%C3%BC",
                List.of(),
                null,
                Map.of("Retry-After", List.of("120", "soon"), "x-\"odd\"", List.of("a\u0000b\r\n\u00e9\\", "")),
                body,
                true,
                false,
                new Timing(
                        Duration.ofNanos(1_000),
                        Duration.ofMillis(2),
                        Duration.ZERO,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(30)));
        AttemptResult result =
                result("wha_1", story.row("d1"), story.lease("a", 0, "e1"), DeliveryState.RETRYING, at(60));

        story.complete(new AttemptResult(attempt, result.after(), 7, at(5), result.leaseToken()));

        assertSame(attempts(story, "d1"), attempt);
    }

    @Test
    default void anAttemptWithoutAReplyIsLoggedWithoutOne() {
        Story story = queuedStory("d1");
        Attempt attempt = new Attempt(
                "wha_1",
                "d1",
                "e1",
                1,
                at(5),
                Outcome.FAILED,
                null,
                null,
                "https://ada.example/",
                List.of("whk_1"),
                null,
                Map.of(),
                new byte[0],
                false,
                false,
                Timing.NONE);
        AttemptResult result =
                result("wha_1", story.row("d1"), story.lease("a", 0, "e1"), DeliveryState.RETRYING, at(60));

        story.complete(new AttemptResult(attempt, result.after(), 1, null, result.leaseToken()));

        assertSame(attempts(story, "d1"), attempt);
        assertThat(story.row("d1").firstRequestAt()).isNull();
    }

    @Test
    default void attemptsArePagedInIdOrder() {
        Story story = queuedStory("d1", "d2");
        Lease lease = story.lease("a", 0, "e1");
        for (String id : List.of("wha_3", "wha_1", "wha_5", "wha_2", "wha_4")) {
            story.complete(result(id, story.row("d1"), lease, DeliveryState.RETRYING, at(60)));
        }
        story.complete(result("wha_0", story.row("d2"), lease, DeliveryState.RETRYING, at(60)));
        List<String> seen = new ArrayList<>();

        PageRequest request = PageRequest.first(2);
        Page<Attempt> page;
        do {
            PageRequest next = request;
            page = story.deliveries().get((tx, store) -> store.attempts(tx, "d1", next));
            page.items().forEach(attempt -> seen.add(attempt.id()));
            request = new PageRequest(2, page.nextCursor());
        } while (page.nextCursor() != null);

        assertThat(seen).containsExactly("wha_1", "wha_2", "wha_3", "wha_4", "wha_5");
    }

    @Test
    default void attemptsBegunBeforeAnInstantArePurgedTheOldestFirst() {
        Story story = queuedStory("d1");
        Lease lease = story.lease("a", 0, "e1");
        for (String id : ids("wha_", 5)) {
            story.complete(result(id, story.row("d1"), lease, DeliveryState.RETRYING, at(60)));
        }

        int before = story.deliveries().get((tx, store) -> store.purge(tx, at(5), 9));
        int first = story.deliveries().get((tx, store) -> store.purge(tx, at(6), 3));

        assertThat(before).isZero();
        assertThat(first).isEqualTo(3);
        assertThat(attempts(story, "d1")).extracting(Attempt::id).containsExactly("wha_0004", "wha_0005");
        assertThat(story.deliveries().<Integer>get((tx, store) -> store.purge(tx, at(6), 3)))
                .isEqualTo(2);
    }
}
