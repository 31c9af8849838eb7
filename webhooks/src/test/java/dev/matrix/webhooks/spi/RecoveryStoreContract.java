package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.ADA;
import static dev.matrix.webhooks.spi.Story.BOB;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Lease;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Ordering;
import dev.matrix.webhooks.Recovery;
import dev.matrix.webhooks.RecoveryRequest.Include;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.RecoveryRow.Cursor;
import dev.matrix.webhooks.spi.RecoveryStore.Requeued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link RecoveryStore} promises (W40). */
@Tag("W40")
public interface RecoveryStoreContract extends StoreContract {

    private static StoreUnderTest<RecoveryStore> recoveries(Story story) {
        return new StoreUnderTest<>(story.endpoints().stores(), RecoveryStore.class);
    }

    private static Recovery running(String id, String endpointId, long sinceSecond, long untilSecond) {
        return new Recovery(
                id,
                endpointId,
                Include.BOTH,
                at(sinceSecond),
                at(untilSecond),
                Recovery.State.RUNNING,
                0,
                0,
                at(50),
                null);
    }

    private static Recovery running(String id, long sinceSecond, long untilSecond) {
        return running(id, "e1", sinceSecond, untilSecond);
    }

    /** Of an endpoint of its own. */
    private static RecoveryRow row(String id) {
        return row(id, "e-" + id);
    }

    private static RecoveryRow row(String id, String endpointId) {
        return new RecoveryRow(ADA, running(id, endpointId, 0, 40), RecoveryRow.Phase.FAILED, null);
    }

    private static @Nullable String next(StoreUnderTest<RecoveryStore> recoveries, @Nullable String after) {
        Optional<RecoveryRow> next = recoveries.get((tx, store) -> store.lockNext(tx, after));
        return next.map(RecoveryRow::id).orElse(null);
    }

    private static NewDelivery made(String id, String eventId, Trigger trigger, Instant createdAt) {
        return new NewDelivery(id, ADA, "e1", eventId, "invoice.paid", "in_1", trigger, Ordering.UNORDERED, createdAt);
    }

    private static void cancel(Story story, String... ids) {
        for (String id : ids) {
            story.deliveries().run((tx, store) -> store.endOpen(tx, "e1", id, EndReason.ENDPOINT, at(9), 1));
        }
    }

    @Test
    default void aRecoveryIsFoundAsItWasLastSaved() {
        StoreUnderTest<RecoveryStore> recoveries = recoveries(Story.of(this));
        RecoveryRow begun = new RecoveryRow(BOB, running("r1", 1, 2), RecoveryRow.Phase.FAILED, null);
        recoveries.run((tx, store) -> store.insert(tx, begun));
        assertThat(recoveries.<Optional<RecoveryRow>>get((tx, store) -> store.find(tx, "r1")))
                .contains(begun);

        Recovery further = begun.recovery().counting(3, 4).ended(Recovery.State.DONE, at(60));
        RecoveryRow saved = new RecoveryRow(BOB, further, RecoveryRow.Phase.MISSED, new Cursor(at(1), "evt_9"));
        recoveries.run((tx, store) -> store.save(tx, saved));

        assertThat(recoveries.<Optional<RecoveryRow>>get((tx, store) -> store.find(tx, "r1")))
                .contains(saved);
        assertThat(recoveries.<Optional<RecoveryRow>>get((tx, store) -> store.find(tx, "r2")))
                .isEmpty();
    }

    @Test
    default void runningOnesComeUpInIdOrderAndStoppedOnesNoMore() {
        StoreUnderTest<RecoveryStore> recoveries = recoveries(Story.of(this));
        recoveries.run((tx, store) -> List.of("r1", "r2", "r3").forEach(id -> store.insert(tx, row(id))));

        boolean stopped = recoveries.get((tx, store) -> store.stop(tx, "r2", at(60)));
        boolean again = recoveries.get((tx, store) -> store.stop(tx, "r2", at(61)));

        assertThat(stopped).isTrue();
        assertThat(again).isFalse();
        assertThat(next(recoveries, null)).isEqualTo("r1");
        assertThat(next(recoveries, "r1")).isEqualTo("r3");
        assertThat(next(recoveries, "r3")).isNull();
        Optional<RecoveryRow> seen = recoveries.get((tx, store) -> store.find(tx, "r2"));
        assertThat(seen.orElseThrow().recovery()).isEqualTo(row("r2").recovery().ended(Recovery.State.STOPPED, at(60)));
    }

    @Test
    default void anEndpointHasOneRunningRecoveryAtATime() {
        StoreUnderTest<RecoveryStore> recoveries = recoveries(Story.of(this));

        assertThat(insert(recoveries, row("r1", "e1"))).isEmpty();
        assertThat(insert(recoveries, row("r2", "e1"))).contains("r1");
        assertThat(insert(recoveries, row("r3", "e2"))).isEmpty();
        recoveries.run((tx, store) -> store.stop(tx, "r1", at(60)));
        assertThat(insert(recoveries, row("r4", "e1"))).isEmpty();
        recoveries.run((tx, store) -> {
            RecoveryRow row = row("r4", "e1");
            store.save(
                    tx,
                    new RecoveryRow(
                            ADA, row.recovery().ended(Recovery.State.DONE, at(60)), RecoveryRow.Phase.FAILED, null));
        });
        assertThat(insert(recoveries, row("r5", "e1"))).isEmpty();
        assertThat(recoveries.<Optional<RecoveryRow>>get((tx, store) -> store.find(tx, "r2")))
                .isEmpty();
    }

    private static Optional<String> insert(StoreUnderTest<RecoveryStore> recoveries, RecoveryRow row) {
        return recoveries.get((tx, store) -> store.insert(tx, row));
    }

    @Test
    default void ofTwoThatBeginAtOnceOneWaitsAndLearnsOfTheOther() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<RecoveryStore> recoveries = recoveries(Story.of(this));
        List<OtherThread<Optional<String>>> second = new ArrayList<>();

        recoveries.run((tx, store) -> {
            store.insert(tx, row("r1", "e1"));
            second.add(OtherThread.running(() -> insert(recoveries, row("r2", "e1"))));
        });

        assertThat(second.get(0).join()).contains("r1");
    }

    @Test
    @Tag("W43")
    default void whatEndedLongAgoIsPurgedSomeAtATime() {
        StoreUnderTest<RecoveryStore> recoveries = recoveries(Story.of(this));
        recoveries.run((tx, store) -> {
            List.of("r1", "r2", "r3", "r4").forEach(id -> store.insert(tx, row(id)));
            store.stop(tx, "r1", at(60));
            store.stop(tx, "r2", at(60));
            store.stop(tx, "r3", at(61));
        });

        assertThat(recoveries.<Integer>get((tx, store) -> store.purge(tx, at(61), 1)))
                .isEqualTo(1);
        assertThat(recoveries.<Integer>get((tx, store) -> store.purge(tx, at(61), 9)))
                .isEqualTo(1);
        assertThat(recoveries.<Integer>get((tx, store) -> store.purge(tx, at(61), 9)))
                .isZero();
        assertThat(recoveries.<Optional<RecoveryRow>>get((tx, store) -> store.find(tx, "r3")))
                .isPresent();
        assertThat(next(recoveries, null)).isEqualTo("r4");
    }

    @Test
    default void whatAnotherTransactionHasInHandIsPassedOver() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<RecoveryStore> recoveries = recoveries(Story.of(this));
        recoveries.run((tx, store) -> List.of("r1", "r2").forEach(id -> store.insert(tx, row(id))));

        recoveries.run((tx, store) -> {
            assertThat(store.lockNext(tx, null)).contains(row("r1"));
            assertThat(OtherThread.running(() -> Optional.ofNullable(next(recoveries, null)))
                            .join())
                    .contains("r2");
        });

        assertThat(next(recoveries, null)).isEqualTo("r1");
    }

    @Test
    @Tag("C23")
    default void theWalkIsByCreationThenIdInPiecesAndTakesEachFailedRowOnce() {
        Story story = Story.of(this).with("e1", "e2");
        story.route(
                made("d9", "v1", Trigger.EVENT, at(1)),
                made("d4", "v2", Trigger.EVENT, at(2)),
                made("d5", "v3", Trigger.EVENT, at(2)),
                made("d1", "v4", Trigger.EVENT, at(3)),
                made("d2", "v5", Trigger.EVENT, at(10)),
                queued("other", "e2"));
        cancel(story, "d9", "d4", "d1", "d2");
        story.deliveries().run((tx, store) -> store.endOpen(tx, "e2", "other", EndReason.MANUAL, at(9), 1));
        Lease lease = story.lease("a", 0, "e1");
        story.move("d5", lease, DeliveryState.EXHAUSTED, null);
        StoreUnderTest<RecoveryStore> recoveries = recoveries(story);
        Recovery recovery = running("r1", 1, 10);

        List<Requeued> steps = new ArrayList<>();
        Cursor cursor = null;
        do {
            Cursor from = cursor;
            steps.add(recoveries.get((tx, store) -> store.requeueFailed(tx, recovery, from, 2)));
            cursor = steps.get(steps.size() - 1).last();
        } while (cursor != null);

        assertThat(steps)
                .containsExactly(
                        new Requeued(2, new Cursor(at(2), "d4")),
                        new Requeued(2, new Cursor(at(3), "d1")),
                        new Requeued(0, null));
        assertThat(List.of("d9", "d4", "d5", "d1")).allSatisfy(id -> {
            assertThat(story.row(id).delivery().state()).isEqualTo(DeliveryState.QUEUED);
            assertThat(story.row(id).delivery().trigger()).isEqualTo(Trigger.RECOVERY);
            assertThat(story.row(id).delivery().version()).isEqualTo(2);
        });
        assertThat(story.row("d2").delivery().state()).as("too late").isEqualTo(DeliveryState.CANCELLED);
        assertThat(story.row("other").delivery().state()).isEqualTo(DeliveryState.CANCELLED);
    }

    @Test
    default void whatIsOpenDeliveredExpiredOrATestIsLeftAsItIs() {
        Story story = Story.of(this)
                .with("e1")
                .route(
                        made("open", "v1", Trigger.EVENT, at(1)),
                        made("sent", "v2", Trigger.EVENT, at(1)),
                        made("gone", "v3", Trigger.EVENT, at(1)),
                        made("test", "v4", Trigger.TEST, at(1)));
        story.move("sent", story.lease("a", 0, "e1"), DeliveryState.DELIVERED, null);
        story.deliveries().run((tx, store) -> store.endOpen(tx, "e1", "gone", EndReason.ERASED, at(9), 1));
        cancel(story, "test");
        List<DeliveryRow> before = List.of(story.row("open"), story.row("sent"), story.row("gone"), story.row("test"));

        Requeued step = recoveries(story).get((tx, store) -> store.requeueFailed(tx, running("r1", 0, 9), null, 9));

        assertThat(step).isEqualTo(new Requeued(0, null));
        assertThat(List.of(story.row("open"), story.row("sent"), story.row("gone"), story.row("test")))
                .isEqualTo(before);
    }

    @Test
    default void aRecoveredRowIsSentAsNew() {
        Story story = Story.of(this).with("e1").route(made("d1", "v1", Trigger.EVENT, at(1)));
        story.move("d1", story.lease("a", 0, "e1"), DeliveryState.EXHAUSTED, null);
        DeliveryRow exhausted = story.row("d1");

        recoveries(story).run((tx, store) -> store.requeueFailed(tx, running("r1", 0, 9), null, 9));

        assertThat(story.row("d1")).isEqualTo(exhausted.requeued(Trigger.RECOVERY));
        assertThat(story.due(9, new EndpointShare("e1", 9, false))).containsExactly("d1");
    }

    @Test
    default void eventsWithADeliveryToTheEndpointAreKnown() {
        Story story =
                Story.of(this).with("e1", "e2").route(queued("d1", "e1", "v1", "s"), queued("d2", "e2", "v2", "s"));

        Set<String> routed = recoveries(story).get((tx, store) -> store.routed(tx, "e1", List.of("v1", "v2", "v3")));

        assertThat(routed).containsExactly("v1");
    }
}
