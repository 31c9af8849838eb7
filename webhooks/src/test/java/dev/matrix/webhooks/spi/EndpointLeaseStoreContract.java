package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.LEASE;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.ids;
import static dev.matrix.webhooks.spi.Story.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Lease;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EndpointLeaseStore} promises. Leases last 30 s here. */
@Tag("W15")
public interface EndpointLeaseStoreContract extends StoreContract {

    private static List<String> keys(List<Taken> taken) {
        return taken.stream().map(one -> one.lease().key()).toList();
    }

    private static Set<String> renew(Story story, long second, Lease... held) {
        return story.leases().get((tx, store) -> store.renew(tx, List.of(held), at(second), LEASE));
    }

    private static void release(Story story, Lease lease, @Nullable Instant blockedUntil, String breaker) {
        story.leases().run((tx, store) -> store.release(tx, List.of(new LeaseState(lease, blockedUntil, breaker))));
    }

    private static List<String> retriesDue(Story story, long second, int limit) {
        return story.leases().get((tx, store) -> store.retriesDue(tx, at(second), limit));
    }

    @Test
    default void freeLeasesAreTakenInIdOrderUntilNowPlusTheLease() {
        Story story = Story.of(this).with("e2", "e1");

        assertThat(story.acquire("a", 0, List.of("e2", "e1")))
                .containsExactly(
                        new Taken(new Lease("e1", "a", 1, at(30)), ""), new Taken(new Lease("e2", "a", 1, at(30)), ""));
    }

    @Test
    default void aHeldLeaseIsRefusedToEverybodyEvenToItsHolder() {
        Story story = Story.of(this).with("e1", "e2");
        story.lease("a", 0, "e1");

        assertThat(story.acquire("a", 29, List.of("e1"))).isEmpty();
        assertThat(keys(story.acquire("b", 29, List.of("e1", "e2")))).containsExactly("e2");
        assertThat(story.acquire("b", 29, List.of())).isEmpty();
    }

    @Test
    default void anEndedLeaseIsTakenOverWithAHigherToken() {
        Story story = Story.of(this).with("e1");
        Lease first = story.lease("a", 0, "e1");

        Lease second = story.lease("b", 30, "e1");

        assertThat(second).isEqualTo(new Lease("e1", "b", first.token() + 1, at(60)));
        assertThat(renew(story, 31, first)).isEmpty();
    }

    @Test
    default void atMost64AreTakenAtOnceTheLowestIdsFirst() {
        List<String> ids = ids("e", 100);
        Story story = Story.of(this).with(ids);

        assertThat(keys(story.acquire("a", 0, ids))).isEqualTo(ids.subList(0, 64));
        assertThat(keys(story.acquire("a", 0, ids))).isEqualTo(ids.subList(64, 100));
        assertThat(story.acquire("a", 0, ids)).isEmpty();
    }

    @Test
    @Tag("C18")
    default void twoNodesThatAskAtOnceTakeDifferentEndpointsAndNeitherWaits() {
        StoreUnderTest.assumeConcurrent(this);
        List<String> ids = ids("e", 128);
        Story story = Story.of(this).with(ids);

        List<String> others = story.leases().get((tx, store) -> {
            assertThat(keys(store.acquire(tx, ids, "a", at(0), LEASE))).isEqualTo(ids.subList(0, 64));
            return OtherThread.running(() -> keys(story.acquire("b", 0, ids))).join();
        });

        assertThat(others).isEqualTo(ids.subList(64, 128));
    }

    @Test
    default void renewingMovesTheEndAndKeepsTheToken() {
        Story story = Story.of(this).with("e1", "e2");
        Lease first = story.lease("a", 0, "e1");
        Lease second = story.lease("a", 20, "e2");

        assertThat(renew(story, 29, first, second)).containsExactlyInAnyOrder("e1", "e2");

        assertThat(story.acquire("b", 58, List.of("e1", "e2"))).isEmpty();
        assertThat(story.lease("b", 59, "e1").token()).isEqualTo(first.token() + 1);
    }

    @Test
    default void whatEndedOrWasReleasedOrTakenOverIsNotRenewed() {
        Story story = Story.of(this).with("e1", "e2", "e3", "e4");
        Lease taken = story.lease("a", 0, "e1");
        story.lease("b", 30, "e1");
        Lease ended = story.lease("a", 1, "e2");
        Lease released = story.lease("a", 2, "e3");
        release(story, released, null, "");
        Lease held = story.lease("a", 20, "e4");

        assertThat(renew(story, 31, taken, ended, released, held)).containsExactly("e4");
        assertThat(renew(story, 31)).isEmpty();
        assertThat(keys(story.acquire("b", 31, List.of("e1", "e2", "e3", "e4"))))
                .containsExactly("e2", "e3");
    }

    @Test
    default void aReleasedEndpointIsFreeAtOnceAndItsBreakerIsHandedOver() {
        Story story = Story.of(this).with("e1");
        Lease lease = story.lease("a", 0, "e1");
        String breaker = "x".repeat(255);

        release(story, lease, null, breaker);

        Taken next = story.acquire("b", 1, List.of("e1")).get(0);
        assertThat(next).isEqualTo(new Taken(new Lease("e1", "b", lease.token() + 1, at(31)), breaker));
        Taken afterCrash = story.acquire("c", 31, List.of("e1")).get(0);
        assertThat(afterCrash.breaker()).isEqualTo(breaker);
    }

    @Test
    @Tag("W20")
    default void aBlockedEndpointIsNotLeasedBeforeItsBlockEnds() {
        Story story = Story.of(this).with("e1");
        Lease lease = story.lease("a", 0, "e1");

        release(story, lease, at(40), "open");

        assertThat(story.acquire("b", 39, List.of("e1"))).isEmpty();
        Lease next = story.lease("b", 40, "e1");
        release(story, next, null, "");
        assertThat(story.acquire("a", 41, List.of("e1")))
                .as("the block was over with the lease after it")
                .hasSize(1);
    }

    @Test
    @Tag("W24")
    default void releasingALostLeaseChangesNothing() {
        Story story = Story.of(this).with("e1");
        Lease lost = story.lease("a", 0, "e1");
        Lease current = story.lease("b", 30, "e1");

        release(story, lost, at(90), "stale");

        assertThat(renew(story, 31, current)).containsExactly("e1");
        assertThat(story.acquire("c", 61, List.of("e1")))
                .containsExactly(new Taken(new Lease("e1", "c", current.token() + 1, at(91)), ""));
    }

    @Test
    default void leasesAreReleasedTogether() {
        Story story = Story.of(this).with("e1", "e2", "e3");
        Lease first = story.lease("a", 0, "e1");
        Lease third = story.lease("a", 0, "e3");
        story.lease("a", 0, "e2");

        story.leases().run((tx, store) -> {
            store.release(tx, List.of(new LeaseState(third, null, "three"), new LeaseState(first, null, "one")));
            store.release(tx, List.of());
        });

        assertThat(story.acquire("b", 1, List.of("e1", "e2", "e3")))
                .extracting(Taken::breaker)
                .containsExactly("one", "three");
    }

    @Test
    @Tag("W14")
    default void aDeadNodesEndpointComesUpWhenItsLeaseEnds() {
        Story story = Story.of(this).with("e1", "e2");
        story.lease("a", 0, "e2");
        Lease renewed = story.lease("a", 0, "e1");
        renew(story, 10, renewed);

        assertThat(retriesDue(story, 29, 9)).isEmpty();
        assertThat(retriesDue(story, 30, 9)).containsExactly("e2");
        assertThat(retriesDue(story, 40, 9)).containsExactly("e2", "e1");
        assertThat(retriesDue(story, 40, 1)).containsExactly("e2");
    }

    @Test
    @Tag("W14")
    default void aReleasedEndpointComesUpWhenItsEarliestRetryIsDue() {
        Story story = Story.of(this)
                .with("e1", "e2")
                .route(queued("d1", "e1"), queued("d2", "e1"), queued("d3", "e1"), queued("d4", "e2"));
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d1", lease, 120).retrying("d2", lease, 100).move("d3", lease, DeliveryState.DELIVERED, null);
        Lease other = story.lease("a", 0, "e2");

        release(story, lease, null, "");
        release(story, other, null, "");

        assertThat(retriesDue(story, 99, 9)).isEmpty();
        assertThat(retriesDue(story, 100, 9)).containsExactly("e1");
        assertThat(retriesDue(story, 9999, 9))
                .as("e2 has a queued row alone: that is what freshEndpoints finds")
                .containsExactly("e1");
    }

    @Test
    @Tag("W14")
    default void whatIsLeasedOrBlockedDoesNotComeUp() {
        Story story = Story.of(this).with("e1").route(queued("d1", "e1"));
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d1", lease, 50);
        release(story, lease, at(70), "");

        assertThat(retriesDue(story, 69, 9)).isEmpty();
        assertThat(retriesDue(story, 70, 9)).containsExactly("e1");
        story.lease("b", 70, "e1");
        assertThat(retriesDue(story, 99, 9)).isEmpty();
    }

    @Test
    @Tag("W20")
    @Tag("W39")
    default void whatIsUnblockedMayBeLeasedAtOnceAndAHeldLeaseStays() {
        Story story = Story.of(this).with("e1", "e2").route(queued("d1", "e1"));
        Lease lease = story.lease("a", 0, "e1");
        story.retrying("d1", lease, 50);
        release(story, lease, at(700), "down");
        Lease held = story.lease("a", 1, "e2");
        assertThat(story.acquire("b", 60, List.of("e1"))).isEmpty();

        story.leases().run((tx, store) -> store.unblock(tx, Set.of("e1", "e2", "none")));

        assertThat(retriesDue(story, 60, 9)).contains("e1");
        assertThat(story.acquire("b", 2, List.of("e1", "e2")))
                .containsExactly(new Taken(new Lease("e1", "b", lease.token() + 1, at(32)), "down"));
        assertThat(renew(story, 3, held)).containsExactly("e2");
    }

    @Test
    default void aRolledBackAcquisitionLeavesTheEndpointFree() {
        Story story = Story.of(this).with("e1");

        story.leases().rollBack((tx, store) -> store.acquire(tx, List.of("e1"), "a", at(0), LEASE));

        assertThat(story.lease("b", 0, "e1").token()).isEqualTo(1);
    }

    @Test
    default void aDeletedEndpointsLeaseStays() {
        Story story = Story.of(this).with("e1");
        Lease first = story.lease("a", 0, "e1");

        story.endpoints().run((tx, store) -> store.delete(tx, Story.ADA, "e1"));

        assertThat(renew(story, 1, first)).containsExactly("e1");
        assertThat(story.lease("b", 31, "e1").token()).isEqualTo(first.token() + 1);
    }
}
