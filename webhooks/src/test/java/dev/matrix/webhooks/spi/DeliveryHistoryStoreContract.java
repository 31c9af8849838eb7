package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.ADA;
import static dev.matrix.webhooks.spi.Story.BOB;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.queued;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Lease;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Ordering;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.DeliveryHistoryStore.Group;
import dev.matrix.webhooks.spi.DeliveryHistoryStore.Kept;
import dev.matrix.webhooks.spi.DeliveryHistoryStore.Purged;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link DeliveryHistoryStore} promises. */
public interface DeliveryHistoryStoreContract extends StoreContract {

    private static StoreUnderTest<DeliveryHistoryStore> history(Story story) {
        return new StoreUnderTest<>(story.endpoints().stores(), DeliveryHistoryStore.class);
    }

    private static NewDelivery made(String id, String endpointId, long second) {
        return new NewDelivery(
                id,
                ADA,
                endpointId,
                "evt_" + id,
                "invoice.paid",
                "in_1",
                Trigger.EVENT,
                Ordering.PER_SUBJECT,
                at(second));
    }

    private static Purged purge(Story story, @Nullable String after, long before, int limit) {
        return history(story).get((tx, store) -> store.purge(tx, after, at(before), limit));
    }

    private static List<Attempt> attempts(Story story, String deliveryId) {
        return story.deliveries()
                .get((tx, store) -> store.attempts(tx, deliveryId, PageRequest.first(9)))
                .items();
    }

    @Test
    default void deliveriesAreCountedByStateAndLastError() {
        Story story = Story.of(this)
                .with("e1", "e2")
                .route(
                        made("early", "e1", 1),
                        made("d1", "e1", 2),
                        made("d2", "e1", 3),
                        made("d3", "e1", 4),
                        made("d4", "e1", 5),
                        made("late", "e1", 6),
                        made("other", "e2", 3));
        Lease lease = story.lease("a", 0, "e1");
        story.move("d1", lease, DeliveryState.DELIVERED, null)
                .retrying("d2", lease, 60)
                .retrying("d3", lease, 60);

        List<Group> groups = history(story).get((tx, store) -> store.count(tx, "e1", at(2), at(6)));

        assertThat(groups)
                .containsExactlyInAnyOrder(
                        new Group(DeliveryState.DELIVERED, null, 1, 1, at(2)),
                        new Group(DeliveryState.RETRYING, AttemptError.STATUS, 2, 2, at(3)),
                        new Group(DeliveryState.QUEUED, null, 1, 0, at(5)));
        assertThat(history(story).<List<Group>>get((tx, store) -> store.count(tx, "none", at(0), at(9))))
                .isEmpty();
    }

    @Test
    default void allDeliveriesAreCountedByState() {
        Story story = Story.of(this)
                .with("e1", "e2")
                .route(made("d1", "e1", 1), made("d2", "e1", 2), made("d3", "e2", 3), made("d4", "e2", 4));
        story.move("d1", story.lease("a", 0, "e1"), DeliveryState.DELIVERED, null);

        assertThat(history(story).<Map<DeliveryState, Long>>get((tx, store) -> store.states(tx)))
                .isEqualTo(Map.of(DeliveryState.DELIVERED, 1L, DeliveryState.QUEUED, 3L));
    }

    @Test
    default void requestsOfTheNewestDeliveriesAreTimed() {
        Story story = Story.of(this).with("e1").route(made("d1", "e1", 1), made("d2", "e1", 2), made("d3", "e1", 3));
        Lease lease = story.lease("a", 0, "e1");
        List.of("d1", "d2", "d3").forEach(id -> story.retrying(id, lease, 60));

        assertThat(history(story).<List<Integer>>get((tx, store) -> store.micros(tx, "e1", at(0), at(9), 2, 9)))
                .containsExactly(0, 0);
        assertThat(history(story).<List<Integer>>get((tx, store) -> store.micros(tx, "e1", at(0), at(2), 9, 9)))
                .hasSize(1);
    }

    @Test
    default void onlyTheLastRequestsOfADeliveryAreTimed() {
        Story story = Story.of(this).with("e1").route(made("d1", "e1", 1), made("d2", "e1", 2));
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d2", lease, 60);
        for (int n = 1; n <= 5; n++) {
            story.complete(Story.result("a" + n, story.row("d1"), lease, DeliveryState.RETRYING, at(60)));
        }

        assertThat(history(story).<List<Integer>>get((tx, store) -> store.micros(tx, "e1", at(0), at(9), 9, 3)))
                .hasSize(3 + 1);
    }

    @Test
    @Tag("W42")
    default void whatIsExhaustedSinceAnInstantIsCounted() {
        Story story = Story.of(this).with("e1").route(made("d1", "e1", 1), made("d2", "e1", 1), made("d3", "e1", 1));
        Lease lease = story.lease("a", 0, "e1");
        story.move("d1", lease, DeliveryState.EXHAUSTED, null).move("d2", lease, DeliveryState.DELIVERED, null);

        assertThat(history(story).<Integer>get((tx, store) -> store.exhausted(tx, "e1", at(6))))
                .isEqualTo(1);
        assertThat(history(story).<Integer>get((tx, store) -> store.exhausted(tx, "e1", at(7))))
                .isZero();
        assertThat(history(story).<Integer>get((tx, store) -> store.exhausted(tx, "e2", at(0))))
                .isZero();
    }

    @Test
    @Tag("W43")
    default void finishedDeliveriesArePurgedTheOldestFirstAndOpenOnesNever() {
        Story story = Story.of(this)
                .with("e1")
                .route(
                        made("d1", "e1", 1),
                        made("d2", "e1", 2),
                        made("d3", "e1", 3),
                        made("d4", "e1", 4),
                        made("d5", "e1", 50));
        List.of("d1", "d3", "d4", "d5")
                .forEach(id ->
                        story.deliveries().run((tx, store) -> store.endOpen(tx, "e1", id, EndReason.MANUAL, at(9), 1)));
        Kept open = new Kept("d2", "e1", "evt_d2", Trigger.EVENT);

        assertThat(purge(story, null, 40, 2)).isEqualTo(new Purged(1, List.of(open), "d2"));
        assertThat(purge(story, "d2", 40, 2)).isEqualTo(new Purged(2, List.of(), "d4"));
        assertThat(purge(story, "d4", 40, 2)).isEqualTo(new Purged(0, List.of(), null));

        for (String gone : List.of("d1", "d3", "d4")) {
            assertThat(story.deliveries()
                            .<Boolean>get((tx, store) -> store.find(tx, gone).isPresent()))
                    .isFalse();
        }
        assertThat(story.row("d2").delivery().state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(story.row("d5").delivery().state()).isEqualTo(DeliveryState.CANCELLED);
    }

    private static Page<DeliveryRow> page(Story story, PageRequest page) {
        return story.deliveries().get((tx, store) -> store.page(tx, ADA, DeliveryQuery.ofEndpoint("e1"), page));
    }

    @Test
    @Tag("W43")
    default void aListingGoesOnWhereItWasWhenTheLastDeliveryOfItsPageIsPurged() {
        Story story = Story.of(this).with("e1").route(made("d1", "e1", 1), made("d2", "e1", 1), made("d3", "e1", 2));
        story.deliveries().run((tx, store) -> store.endOpen(tx, "e1", "d1", EndReason.MANUAL, at(9), 1));
        String cursor = requireNonNull(page(story, PageRequest.first(1)).nextCursor());

        purge(story, null, 40, 9);

        assertThat(page(story, PageRequest.after(cursor, 9)).items())
                .extracting(row -> row.delivery().id())
                .containsExactly("d2", "d3");
        assertThatThrownBy(() -> page(story, PageRequest.after("d1", 9))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("W43")
    default void attemptsGoWithTheirDeliveryHoweverLongAttemptsAreKept() {
        Story story = Story.of(this).with("e1").route(made("d1", "e1", 1), made("d2", "e1", 2), made("d3", "e1", 50));
        Lease lease = story.lease("a", 0, "e1");
        story.move("d1", lease, DeliveryState.DELIVERED, null)
                .retrying("d2", lease, 60)
                .move("d3", lease, DeliveryState.DELIVERED, null);

        purge(story, null, 40, 9);

        assertThat(attempts(story, "d1")).isEmpty();
        assertThat(attempts(story, "d2")).hasSize(1);
        assertThat(attempts(story, "d3")).hasSize(1);
    }

    @Test
    default void repliesToADeletedEndpointAreErasedToo() {
        Story story = Story.of(this).with("e1").route(queued("d1", "e1"));
        story.retrying("d1", story.lease("a", 0, "e1"), 60);
        story.endpoints().run((tx, store) -> store.delete(tx, ADA, "e1"));

        assertThat(history(story).<Integer>get((tx, store) -> store.eraseReplies(tx, ADA)))
                .isEqualTo(1);
        assertThat(attempts(story, "d1"))
                .allSatisfy(attempt -> assertThat(attempt.replyBody()).isEmpty());
    }

    @Test
    default void anOwnersRepliesAreErasedAndTheRowsStay() {
        Story story = Story.of(this).with("e1");
        story.endpoints().run((tx, store) -> store.insert(tx, Story.endpoint("b1", BOB), List.of()));
        story.route(queued("d1", "e1"));
        story.deliveries()
                .run((tx, store) -> store.route(
                        tx,
                        List.of(new NewDelivery(
                                "d2", BOB, "b1", "v", "invoice.paid", "s", Trigger.EVENT, Ordering.PER_SUBJECT, at(0))),
                        java.util.Map.of()));
        story.retrying("d1", story.lease("a", 0, "e1"), 60);
        story.retrying("d2", story.lease("a", 0, "b1"), 60);
        List<Attempt> before = attempts(story, "d1");

        assertThat(history(story).<Integer>get((tx, store) -> store.eraseReplies(tx, ADA)))
                .isEqualTo(1);
        assertThat(history(story).<Integer>get((tx, store) -> store.eraseReplies(tx, ADA)))
                .as("nothing is left")
                .isZero();

        assertThat(attempts(story, "d1"))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(before.stream().map(Attempt::withoutReply).toList());
        assertThat(attempts(story, "d2"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.replyBody()).asString().isEqualTo("ok"));
    }
}
