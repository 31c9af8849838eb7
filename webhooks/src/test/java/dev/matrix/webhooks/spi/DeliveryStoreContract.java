package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.ADA;
import static dev.matrix.webhooks.spi.Story.BOB;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.endpoint;
import static dev.matrix.webhooks.spi.Story.ids;
import static dev.matrix.webhooks.spi.Story.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Lease;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Ordering;
import dev.matrix.webhooks.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link DeliveryStore} promises of deliveries; of attempts' results see {@link CompletionContract}. */
public interface DeliveryStoreContract extends StoreContract {

    private static List<String> fresh(Story story, @Nullable String after, int limit, String... held) {
        return story.deliveries().get((tx, store) -> store.freshEndpoints(tx, after, Set.of(held), limit));
    }

    private static Set<String> requeue(Story story, String endpointId, String... ids) {
        return story.deliveries().get((tx, store) -> store.requeue(tx, endpointId, List.of(ids)));
    }

    private static int end(Story story, String endpointId, @Nullable String id, EndReason reason, int limit) {
        return story.deliveries().get((tx, store) -> store.endOpen(tx, endpointId, id, reason, at(9), limit));
    }

    private static List<String> page(Story story, Owner owner, DeliveryQuery query) {
        Page<DeliveryRow> page =
                story.deliveries().get((tx, store) -> store.page(tx, owner, query, PageRequest.first(100)));
        return page.items().stream().map(row -> row.delivery().id()).toList();
    }

    private static EndpointShare share(String endpointId, int limit) {
        return new EndpointShare(endpointId, limit, false);
    }

    @Test
    @Tag("W1")
    default void whatIsRoutedIsQueued() {
        Story story = Story.of(this).with("e1");
        NewDelivery row = new NewDelivery(
                "d1",
                ADA,
                "e1",
                "evt_1",
                "invoice.paid",
                "in 1 – \u00fc",
                Trigger.RECOVERY,
                Ordering.PER_SUBJECT,
                at(3));

        story.route(row);

        assertThat(story.row("d1"))
                .isEqualTo(new DeliveryRow(
                        ADA,
                        new Delivery(
                                "d1",
                                "e1",
                                "evt_1",
                                "invoice.paid",
                                "in 1 – \u00fc",
                                DeliveryState.QUEUED,
                                Trigger.RECOVERY,
                                1,
                                0,
                                0,
                                at(3),
                                null,
                                null,
                                null,
                                null,
                                null),
                        0,
                        null));
        assertThat(story.deliveries()
                        .<Boolean>get((tx, store) -> store.find(tx, "d2").isPresent()))
                .isFalse();
    }

    @Test
    @Tag("W5")
    default void rowsOfAnOwnerWhoseRoutesHaveChangedAreNotInsertedAndTheOwnerIsNamed() {
        Story story = Story.of(this).with("e1");
        long known = story.version(ADA);
        story.endpoints().run((tx, store) -> store.insert(tx, endpoint("e2", BOB), List.of()));
        long other = story.version(BOB);
        story.with("e3");
        NewDelivery stale = queued("d1", "e1");
        NewDelivery current =
                new NewDelivery("d2", BOB, "e2", "evt_1", "a.b", "s", Trigger.EVENT, Ordering.PER_SUBJECT, at(0));

        Routed routed = story.deliveries()
                .get((tx, store) -> store.route(tx, List.of(stale, current), Map.of(ADA, known, BOB, other)));

        assertThat(routed.stale()).containsExactly(ADA);
        assertThat(routed.known()).isEmpty();
        assertThat(fresh(story, null, 9)).containsExactly("e2");
        story.route(stale);
        assertThat(fresh(story, null, 9)).containsExactly("e1", "e2");
    }

    @Test
    @Tag("W5")
    default void anOwnerThatHadNoEndpointIsStaleOnceItHasOne() {
        Story story = Story.of(this);
        Map<Owner, Long> none = Map.of(ADA, 0L);
        Routed before = story.deliveries().get((tx, store) -> store.route(tx, List.of(), none));

        story.with("e1");

        Routed after = story.deliveries().get((tx, store) -> store.route(tx, List.of(), none));
        assertThat(before.stale()).isEmpty();
        assertThat(after.stale()).containsExactly(ADA);
    }

    @Test
    @Tag("W41")
    default void whatNamesNoVersionIsRoutedUnchecked() {
        Story story = Story.of(this).with("e1");

        Routed routed = story.deliveries().get((tx, store) -> store.route(tx, List.of(queued("d1", "e1")), Map.of()));

        assertThat(routed.stale()).isEmpty();
        assertThat(story.row("d1").delivery().state()).isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    @Tag("W41")
    default void aTestStaysATestWhenItIsSentAgain() {
        Story story = Story.of(this)
                .with("e1")
                .route(new NewDelivery(
                        "d1", ADA, "e1", "test_1", "invoice.paid", "in_1", Trigger.TEST, Ordering.PER_SUBJECT, at(0)));
        end(story, "e1", "d1", EndReason.MANUAL, 1);

        requeue(story, "e1", "d1");

        assertThat(story.row("d1").delivery().trigger()).isEqualTo(Trigger.TEST);
    }

    @Test
    @Tag("W6")
    default void anEventIsRoutedToAnEndpointOnce() {
        Story story = Story.of(this).with("e1", "e2");

        story.route(
                queued("d1", "e1", "evt_1", "s"), queued("d2", "e1", "evt_1", "s"), queued("d3", "e2", "evt_1", "s"));
        Map<Owner, Long> versions = Map.of(ADA, story.version(ADA));
        Routed again = story.deliveries()
                .get((tx, store) -> store.route(
                        tx, List.of(queued("d4", "e1", "evt_1", "s"), queued("d5", "e1", "evt_2", "s")), versions));

        assertThat(again.known()).containsExactly("d4");

        assertThat(story.due(0, share("e1", 9))).containsExactly("d1", "d5");
        assertThat(story.due(0, share("e2", 9))).containsExactly("d3");
    }

    @Test
    @Tag("C21")
    default void twoOpenTransactionsRouteToOneEndpointWithoutWaitingAndTheOneRolledBackLeavesNothing() {
        StoreUnderTest.assumeConcurrent(this);
        Story story = Story.of(this).with("e1");
        Map<Owner, Long> versions = Map.of(ADA, story.version(ADA));

        story.deliveries().rollBack((tx, store) -> {
            assertThat(store.route(tx, List.of(queued("d1", "e1")), versions).stale())
                    .isEmpty();
            Routed routed = OtherThread.running(() -> story.deliveries()
                            .<Routed>get((own, same) -> same.route(own, List.of(queued("d2", "e1")), versions)))
                    .join();
            assertThat(routed.stale()).isEmpty();
        });

        assertThat(story.due(0, share("e1", 9))).containsExactly("d2");
    }

    @Test
    @Tag("W14")
    default void endpointsWithRetryingRowsAreToldDueOrNot() {
        Story story = Story.of(this)
                .with("e1", "e2", "e3")
                .route(queued("d1", "e1"), queued("d2", "e1"), queued("d3", "e2"), queued("d4", "e3"));
        Lease one = story.lease("a", 0, "e1");
        Lease two = story.lease("a", 0, "e2");
        story.retrying("d1", one, 120).retrying("d2", one, 9999).move("d3", two, DeliveryState.DELIVERED, null);

        Set<String> retrying =
                story.deliveries().get((tx, store) -> store.retrying(tx, List.of("e1", "e2", "e3", "e4")));
        Set<String> others = story.deliveries().get((tx, store) -> store.retrying(tx, List.of("e3")));

        assertThat(retrying).containsExactly("e1");
        assertThat(others).isEmpty();
    }

    @Test
    @Tag("W14")
    default void endpointsWithQueuedRowsAreFoundInIdOrder() {
        Story story = Story.of(this).with("e1", "e2", "e3", "e4", "e5");
        story.route(queued("d1", "e4"), queued("d2", "e1"), queued("d3", "e1"), queued("d4", "e3"), queued("d5", "e5"));
        story.retrying("d5", story.lease("a", 0, "e5"), 10);

        assertThat(fresh(story, null, 9)).containsExactly("e1", "e3", "e4");
        assertThat(fresh(story, null, 2)).containsExactly("e1", "e3");
        assertThat(fresh(story, "e1", 1)).containsExactly("e3");
        assertThat(fresh(story, "e2", 9)).containsExactly("e3", "e4");
        assertThat(fresh(story, "e4", 9)).isEmpty();
        assertThat(fresh(story, null, 9, "e1")).containsExactly("e3", "e4");
        assertThat(fresh(story, null, 1, "e3", "e2")).containsExactly("e1");
        assertThat(fresh(story, null, 9, "e3", "e0", "zz")).containsExactly("e1", "e4");
        assertThat(fresh(story, "e1", 9, "e1", "e4")).containsExactly("e3");
        assertThat(fresh(story, null, 9, "e4", "e3", "e1")).isEmpty();
    }

    @Test
    @Tag("W16")
    default void dueRowsAreTheQueuedOnesByIdAndTheRetryingOnesByDueTimeInTurn() {
        Story story = Story.of(this).with("e1", "e2");
        story.route(ids("d", 8).stream().map(id -> queued(id, "e1")).toList());
        story.route(queued("d0", "e2"));
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d0001", lease, 12).retrying("d0002", lease, 11).retrying("d0003", lease, 13);

        assertThat(story.due(10, share("e1", 9))).containsExactly("d0004", "d0005", "d0006", "d0007", "d0008");
        assertThat(story.due(12, share("e1", 9)))
                .containsExactly("d0002", "d0004", "d0001", "d0005", "d0006", "d0007", "d0008");
        assertThat(story.due(13, share("e1", 3))).containsExactly("d0002", "d0004", "d0001");
        assertThat(story.due(13, share("e1", 1), share("e2", 1), share("e3", 1)))
                .containsExactlyInAnyOrder("d0002", "d0");
        assertThat(story.due(13)).isEmpty();
    }

    @Test
    @Tag("W17")
    default void anEndpointWithALongBacklogTakesNoMoreThanItsShare() {
        Story story = Story.of(this).with("e1", "e2", "e3");
        story.route(ids("a", 500).stream().map(id -> queued(id, "e1")).toList());
        story.route(queued("b", "e2"), queued("c", "e3"));

        assertThat(story.due(0, share("e1", 16), share("e2", 16), share("e3", 16)))
                .hasSize(18)
                .contains("b", "c");
    }

    @Test
    @Tag("W16")
    default void whatIsInHandIsPassedOverAndTakesNoPlace() {
        Story story = Story.of(this).with("e1");
        story.route(queued("d1", "e1"), queued("d2", "e1"), queued("d3", "e1"), queued("d4", "e1"));
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d1", lease, 60);

        assertThat(story.due(60, new EndpointShare("e1", 9, false, Set.of("d2", "d4"))))
                .containsExactly("d1", "d3");
        assertThat(story.due(60, new EndpointShare("e1", 1, false, Set.of("d1", "d2"))))
                .containsExactly("d3");
        assertThat(story.due(60, new EndpointShare("e1", 9, false, Set.of("d1", "d2", "d3", "d4"))))
                .isEmpty();
    }

    @Test
    @Tag("W21")
    default void aLongBacklogOfOneSubjectHidesNoOtherSubject() {
        String alike = "s".repeat(64);
        List<NewDelivery> rows = new ArrayList<>();
        Story.ids("a", 700).forEach(id -> rows.add(queued(id, "e1", "v" + id, "busy")));
        rows.add(queued("b1", "e1", "vb1", "held"));
        rows.add(queued("b2", "e1", "vb2", "held"));
        rows.add(queued("c1", "e1", "vc1", "retrying"));
        rows.add(queued("c2", "e1", "vc2", "retrying"));
        rows.add(queued("d1", "e1", "vd1", alike + "-1"));
        rows.add(queued("d2", "e1", "vd2", alike + "-1"));
        rows.add(queued("d3", "e1", "vd3", alike + "-2"));
        rows.add(queued("d4", "e1", "vd4", alike));
        rows.add(new NewDelivery("f1", ADA, "e1", "vf1", "a.b", "", Trigger.EVENT, Ordering.PER_SUBJECT, at(0)));
        Story story = Story.of(this).with("e1").route(rows);
        story.retrying("c1", story.lease("a", 0, "e1"), 60);

        EndpointShare all = new EndpointShare("e1", 9, true, Set.of("b1"));
        assertThat(story.due(10, all)).containsExactly("a0001", "d1", "d3", "d4", "f1");
        assertThat(story.due(60, all)).containsExactly("c1", "a0001", "d1", "d3", "d4", "f1");
        assertThat(story.due(10, new EndpointShare("e1", 2, true, Set.of("b1"))))
                .containsExactly("a0001", "d1");
        assertThat(story.due(10, new EndpointShare("e1", 2, true, Set.of("a0001"))))
                .containsExactly("b1", "d1");
    }

    @Test
    @Tag("W21")
    @Tag("C26")
    default void inSubjectOrderOnlyTheFirstOpenEventOfASubjectIsDue() {
        Story story = Story.of(this).with("e1", "e2");
        String longSubject = "s".repeat(3000);
        story.route(
                queued("d3", "e1", "evt_1", "s1"),
                queued("d1", "e1", "evt_2", "s1"),
                queued("d2", "e1", "evt_3", "s2"),
                queued("d4", "e1", "evt_4", longSubject + "a"),
                queued("d5", "e1", "evt_5", longSubject + "b"),
                queued("d6", "e2", "evt_0", "s2"));
        EndpointShare inOrder = new EndpointShare("e1", 9, true);

        assertThat(story.due(0, inOrder)).containsExactly("d2", "d3", "d4", "d5");

        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d3", lease, 60);
        assertThat(story.due(59, inOrder))
                .as("s1's first waits, so its next does")
                .containsExactly("d2", "d4", "d5");
        assertThat(story.due(60, inOrder)).containsExactly("d3", "d2", "d4", "d5");

        assertThat(story.complete(Story.result("wha_2", story.row("d3"), lease, DeliveryState.EXHAUSTED, null)))
                .hasSize(1);
        assertThat(story.due(0, inOrder)).containsExactly("d1", "d2", "d4", "d5");
        assertThat(story.due(0, new EndpointShare("e1", 1, true))).containsExactly("d1");
    }

    @Test
    @Tag("W39")
    default void anOpenDeliveryIsRequeuedAsItIs() {
        Story story = Story.of(this).with("e1").route(queued("d1", "e1"), queued("d2", "e1"));
        story.retrying("d1", story.lease("a", 0, "e1"), 600);
        DeliveryRow before = story.row("d1");

        assertThat(requeue(story, "e1", "d1", "d2", "d3")).containsExactlyInAnyOrder("d1", "d2");

        assertThat(story.row("d1")).isEqualTo(before.requeued(Trigger.MANUAL));
        assertThat(story.row("d1").delivery().version()).isEqualTo(1);
        assertThat(story.row("d1").delivery().attempts()).isEqualTo(1);
        assertThat(story.due(0, share("e1", 9))).containsExactly("d1", "d2");
    }

    @Test
    @Tag("W37")
    @Tag("W39")
    default void aFinishedDeliveryIsRequeuedAnewUnlessItExpired() {
        Story story = Story.of(this)
                .with("e1")
                .route(ids("d", 4).stream().map(id -> queued(id, "e1")).toList());
        Lease lease = story.lease("a", 0, "e1");
        story.move("d0001", lease, DeliveryState.DELIVERED, null).move("d0002", lease, DeliveryState.EXHAUSTED, null);
        end(story, "e1", "d0003", EndReason.MANUAL, 1);
        end(story, "e1", "d0004", EndReason.ERASED, 1);
        DeliveryRow delivered = story.row("d0001");
        DeliveryRow expired = story.row("d0004");

        assertThat(requeue(story, "e2", "d0001")).as("another endpoint's").isEmpty();
        assertThat(requeue(story, "e1", "d0001", "d0002", "d0003", "d0004"))
                .containsExactlyInAnyOrder("d0001", "d0002", "d0003");

        assertThat(story.row("d0001")).isEqualTo(delivered.requeued(Trigger.MANUAL));
        assertThat(story.row("d0001").delivery().trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(story.row("d0001").delivery().version()).isEqualTo(2);
        assertThat(story.row("d0001").delivery().attempts()).isZero();
        assertThat(story.row("d0001").requests()).isEqualTo(1);
        assertThat(story.row("d0004")).isEqualTo(expired);
    }

    @Test
    @Tag("W38")
    default void openDeliveriesAreEndedInBoundedPieces() {
        Story story = Story.of(this).with("e1", "e2");
        story.route(ids("d", 6).stream().map(id -> queued(id, "e1")).toList());
        story.route(queued("x", "e2"));
        Lease lease = story.lease("a", 0, "e1");
        story.move("d0001", lease, DeliveryState.DELIVERED, null).retrying("d0002", lease, 60);
        DeliveryRow delivered = story.row("d0001");
        DeliveryRow retrying = story.row("d0002");

        assertThat(end(story, "e1", null, EndReason.ENDPOINT, 3)).isEqualTo(3);
        assertThat(end(story, "e1", null, EndReason.ENDPOINT, 3)).isEqualTo(2);
        assertThat(end(story, "e1", null, EndReason.ENDPOINT, 3)).isZero();

        assertThat(story.row("d0001")).isEqualTo(delivered);
        assertThat(story.row("d0002")).isEqualTo(retrying.ended(EndReason.ENDPOINT, at(9)));
        assertThat(story.row("d0002").delivery().state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(fresh(story, null, 9)).containsExactly("e2");
        assertThat(story.due(99, share("e1", 9))).isEmpty();
    }

    @Test
    @Tag("W43")
    default void oneDeliveryIsEndedForItsReason() {
        Story story = Story.of(this).with("e1").route(queued("d1", "e1"), queued("d2", "e1"));
        DeliveryRow first = story.row("d1");

        assertThat(end(story, "e2", "d1", EndReason.MANUAL, 1))
                .as("another endpoint's")
                .isZero();
        assertThat(end(story, "e1", "d1", EndReason.RETENTION, 1)).isEqualTo(1);
        assertThat(end(story, "e1", "d1", EndReason.MANUAL, 1)).isZero();

        assertThat(story.row("d1")).isEqualTo(first.ended(EndReason.RETENTION, at(9)));
        assertThat(story.row("d1").delivery().state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(story.due(0, share("e1", 9))).containsExactly("d2");
    }

    @Test
    default void endingManyPassesOverWhatAnotherTransactionHasInHand() {
        StoreUnderTest.assumeConcurrent(this);
        Story story = Story.of(this).with("e1").route(queued("d1", "e1"), queued("d2", "e1"));
        Lease lease = story.lease("a", 0, "e1");
        AttemptResult result = Story.result("wha_1", story.row("d1"), lease, DeliveryState.RETRYING, at(60));

        story.deliveries().run((tx, store) -> {
            store.complete(tx, List.of(result));
            int ended = OtherThread.running(() -> end(story, "e1", null, EndReason.ENDPOINT, 9))
                    .join();
            assertThat(ended).isEqualTo(1);
        });

        assertThat(story.row("d1").delivery().state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(story.row("d2").delivery().state()).isEqualTo(DeliveryState.CANCELLED);
    }

    @Test
    default void deliveriesArePagedByCreationThenId() {
        Story story = Story.of(this).with("e1", "e2");
        story.route(IntStream.rangeClosed(1, 7)
                .mapToObj(n -> new NewDelivery(
                        "d" + n,
                        ADA,
                        n == 4 ? "e2" : "e1",
                        "evt_" + n,
                        "a.b",
                        "s",
                        Trigger.EVENT,
                        Ordering.PER_SUBJECT,
                        at(n < 3 ? 5 : 1)))
                .toList());
        List<String> seen = new ArrayList<>();

        PageRequest request = PageRequest.first(2);
        Page<DeliveryRow> page;
        do {
            PageRequest next = request;
            page = story.deliveries().get((tx, store) -> store.page(tx, ADA, DeliveryQuery.ofEndpoint("e1"), next));
            page.items().forEach(row -> seen.add(row.delivery().id()));
            request = new PageRequest(2, page.nextCursor());
        } while (page.nextCursor() != null);

        assertThat(seen).containsExactly("d3", "d5", "d6", "d7", "d1", "d2");
        assertThat(page(story, BOB, DeliveryQuery.ofEndpoint("e1"))).isEmpty();
    }

    @Test
    default void aPageCanBeOfOneStateTypeOrTime() {
        Story story = Story.of(this).with("e1");
        story.route(IntStream.rangeClosed(1, 4)
                .mapToObj(n -> new NewDelivery(
                        "d" + n,
                        ADA,
                        "e1",
                        "evt_" + n,
                        n % 2 == 0 ? "a.even" : "a.odd",
                        "s",
                        Trigger.EVENT,
                        Ordering.PER_SUBJECT,
                        at(n)))
                .toList());
        story.move("d2", story.lease("a", 0, "e1"), DeliveryState.DELIVERED, null);
        DeliveryQuery all = DeliveryQuery.ofEndpoint("e1");

        assertThat(page(story, ADA, all.inState(DeliveryState.QUEUED))).containsExactly("d1", "d3", "d4");
        assertThat(page(story, ADA, all.ofType("a.even"))).containsExactly("d2", "d4");
        assertThat(page(story, ADA, all.created(at(2), at(4)))).containsExactly("d2", "d3");
        assertThat(page(story, ADA, all.ofType("a.odd").created(at(2), null))).containsExactly("d3");
    }
}
