package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link SubscriberStore} promises. */
@Tag("E6")
public interface SubscriberStoreContract extends StoreContract {

    private StoreUnderTest<SubscriberStore> subscribers() {
        return StoreUnderTest.of(this, SubscriberStore.class);
    }

    private static Subscriber named(String name) {
        return Subscriber.of(name, Set.of("payment.*", "invoice.paid"), false, StoreUnderTest.START);
    }

    private static void register(Tx tx, SubscriberStore store, String name) {
        store.register(tx, name, named(name).patterns().keySet(), false, StoreUnderTest.START);
    }

    private static Instant at(long second) {
        return StoreUnderTest.START.plusSeconds(second);
    }

    private static List<Subscriber> all(StoreUnderTest<SubscriberStore> subscribers) {
        return subscribers.get((tx, store) -> store.all(tx));
    }

    @Test
    @Tag("E16")
    default void subscribersAreListedInNameOrder() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        assertThat(all(subscribers)).isEmpty();

        subscribers.run(
                (tx, store) -> List.of("webhooks", "a-1", "refunds").forEach(name -> register(tx, store, name)));

        assertThat(all(subscribers)).containsExactly(named("a-1"), named("refunds"), named("webhooks"));
    }

    @Test
    @Tag("E20")
    default void patternsOfNodesOfSeveralReleasesAreJoined() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        subscribers.run((tx, store) -> {
            store.register(tx, "a", Set.of("payment.*", "invoice.paid"), false, at(0));
            store.register(tx, "a", Set.of("payment.*", "refund.*"), true, at(90));
            store.register(tx, "a", Set.of("payment.*", "invoice.paid"), true, at(100));
        });

        assertThat(all(subscribers))
                .containsExactly(new Subscriber(
                        "a", Map.of("payment.*", at(0), "invoice.paid", at(0), "refund.*", at(90)), true));
    }

    @Test
    @Tag("E20")
    default void aPatternThatNoNodeHasAnyMoreIsGoneTwoMinutesLater() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        subscribers.run((tx, store) -> store.register(tx, "a", Set.of("payment.*", "invoice.paid"), false, at(0)));

        subscribers.run((tx, store) -> store.register(tx, "a", Set.of("payment.*"), false, at(120)));
        assertThat(all(subscribers).get(0).patterns()).containsOnlyKeys("payment.*", "invoice.paid");
        subscribers.run((tx, store) -> store.register(tx, "a", Set.of("payment.*"), false, at(121)));

        assertThat(all(subscribers)).containsExactly(Subscriber.of("a", Set.of("payment.*"), false, at(0)));
    }

    @Test
    @Tag("E20")
    default void whatIsRegisteredByNobodyForLongIsKeptUntilSomebodyRegisters() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        subscribers.run((tx, store) -> {
            register(tx, store, "a");
            store.register(tx, "b", Set.of("payment.*"), false, at(9_999));
        });

        assertThat(all(subscribers)).contains(named("a"));
    }

    @Test
    default void aRetiredSubscriberIsNotListedUntilItIsRegisteredAnew() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        Instant later = StoreUnderTest.START.plusSeconds(90);
        subscribers.run((tx, store) -> List.of("a", "b").forEach(name -> register(tx, store, name)));

        assertThat(retire(subscribers, "a", later)).isTrue();
        assertThat(retire(subscribers, "a", later.plusSeconds(1))).as("again").isFalse();
        assertThat(retire(subscribers, "none", later)).isFalse();
        assertThat(all(subscribers)).containsExactly(named("b"));
        assertThat(retired(subscribers)).containsExactly(Map.entry("a", later));

        subscribers.run((tx, store) -> store.register(tx, "a", Set.of("*"), true, later));
        subscribers.run((tx, store) -> store.forget(tx, "a"));

        assertThat(retired(subscribers)).isEmpty();
        assertThat(all(subscribers)).containsExactly(Subscriber.of("a", Set.of("*"), true, later), named("b"));
    }

    @Test
    default void aForgottenSubscriberLeavesNothing() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        subscribers.run((tx, store) -> register(tx, store, "a"));
        retire(subscribers, "a", StoreUnderTest.START);

        subscribers.run((tx, store) -> store.forget(tx, "a"));

        assertThat(retired(subscribers)).isEmpty();
        assertThat(all(subscribers)).isEmpty();
    }

    private static boolean retire(StoreUnderTest<SubscriberStore> subscribers, String name, Instant now) {
        return subscribers.get((tx, store) -> store.retire(tx, name, now));
    }

    private static Map<String, Instant> retired(StoreUnderTest<SubscriberStore> subscribers) {
        return subscribers.get((tx, store) -> store.retired(tx));
    }

    @Test
    default void aRolledBackRegistrationLeavesNothing() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();

        subscribers.rollBack((tx, store) -> register(tx, store, "webhooks"));

        assertThat(all(subscribers)).isEmpty();
    }

    @Test
    default void nodesThatStartAtOnceRegisterOneRow() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        CountDownLatch go = new CountDownLatch(1);
        Runnable register = () -> {
            OtherThread.await(go);
            subscribers.run((tx, store) -> register(tx, store, "webhooks"));
        };
        List<OtherThread<Boolean>> nodes = List.of(start(register), start(register), start(register));

        go.countDown();
        nodes.forEach(OtherThread::join);

        assertThat(all(subscribers)).containsExactly(named("webhooks"));
    }

    @Test
    default void aNameThatIsRegisteredWhileItIsForgottenIsThere() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        subscribers.run((tx, store) -> register(tx, store, "a"));
        retire(subscribers, "a", StoreUnderTest.START);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch registering = new CountDownLatch(1);
        OtherThread<Boolean> node = start(() -> {
            OtherThread.await(locked);
            subscribers.run((tx, store) -> {
                registering.countDown();
                register(tx, store, "a");
            });
        });

        subscribers.run((tx, store) -> {
            assertThat(store.retired(tx)).containsOnlyKeys("a");
            locked.countDown();
            OtherThread.await(registering);
            store.forget(tx, "a");
        });

        node.join();
        assertThat(all(subscribers)).containsExactly(named("a"));
        assertThat(retired(subscribers)).isEmpty();
    }

    private static OtherThread<Boolean> start(Runnable work) {
        return OtherThread.running(() -> {
            work.run();
            return true;
        });
    }
}
