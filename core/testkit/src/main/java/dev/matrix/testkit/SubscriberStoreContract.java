package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
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
        return new Subscriber(name, Set.of("payment.*", "invoice.paid"), false, StoreUnderTest.START);
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
                (tx, store) -> List.of("webhooks", "a-1", "refunds").forEach(name -> store.register(tx, named(name))));

        assertThat(all(subscribers)).containsExactly(named("a-1"), named("refunds"), named("webhooks"));
    }

    @Test
    default void registeringAgainReplacesAllButTheFirstTime() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        Instant later = StoreUnderTest.START.plusSeconds(90);
        subscribers.run((tx, store) -> store.register(tx, named("webhooks")));

        subscribers.run((tx, store) -> store.register(tx, new Subscriber("webhooks", Set.of("*"), true, later)));

        assertThat(all(subscribers))
                .containsExactly(new Subscriber("webhooks", Set.of("*"), true, StoreUnderTest.START));
    }

    @Test
    default void aRetiredSubscriberIsNotListedUntilItIsRegisteredAnew() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        Instant later = StoreUnderTest.START.plusSeconds(90);
        subscribers.run((tx, store) -> List.of("a", "b").forEach(name -> store.register(tx, named(name))));

        assertThat(retire(subscribers, "a", later)).isTrue();
        assertThat(retire(subscribers, "a", later.plusSeconds(1))).as("again").isFalse();
        assertThat(retire(subscribers, "none", later)).isFalse();
        assertThat(all(subscribers)).containsExactly(named("b"));
        assertThat(retired(subscribers)).containsExactly(Map.entry("a", later));

        subscribers.run((tx, store) -> store.register(tx, new Subscriber("a", Set.of("*"), true, later)));
        subscribers.run((tx, store) -> store.forget(tx, "a"));

        assertThat(retired(subscribers)).isEmpty();
        assertThat(all(subscribers)).containsExactly(new Subscriber("a", Set.of("*"), true, later), named("b"));
    }

    @Test
    default void aForgottenSubscriberLeavesNothing() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        subscribers.run((tx, store) -> store.register(tx, named("a")));
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

        subscribers.rollBack((tx, store) -> store.register(tx, named("webhooks")));

        assertThat(all(subscribers)).isEmpty();
    }

    @Test
    default void nodesThatStartAtOnceRegisterOneRow() {
        StoreUnderTest<SubscriberStore> subscribers = subscribers();
        CountDownLatch go = new CountDownLatch(1);
        Runnable register = () -> {
            OtherThread.await(go);
            subscribers.run((tx, store) -> store.register(tx, named("webhooks")));
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
        subscribers.run((tx, store) -> store.register(tx, named("a")));
        retire(subscribers, "a", StoreUnderTest.START);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch registering = new CountDownLatch(1);
        OtherThread<Boolean> node = start(() -> {
            OtherThread.await(locked);
            subscribers.run((tx, store) -> {
                registering.countDown();
                store.register(tx, named("a"));
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
