package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.ADA;
import static dev.matrix.webhooks.spi.Story.BOB;
import static dev.matrix.webhooks.spi.Story.at;
import static dev.matrix.webhooks.spi.Story.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.DisabledReason;
import dev.matrix.webhooks.EndpointStatus;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.spi.EndpointStore.Health;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EndpointStore} promises. */
public interface EndpointStoreContract extends StoreContract {

    private StoreUnderTest<EndpointStore> with(EndpointRow... rows) {
        StoreUnderTest<EndpointStore> endpoints = StoreUnderTest.of(this, EndpointStore.class);
        for (EndpointRow row : rows) {
            endpoints.run((tx, store) -> store.insert(tx, row, List.of()));
        }
        return endpoints;
    }

    private static EndpointRow changed(EndpointRow row, EndpointStatus status) {
        return new EndpointRow(
                row.id(),
                row.owner(),
                row.version() + 1,
                status,
                status == EndpointStatus.DISABLED ? DisabledReason.GONE : null,
                new byte[] {2, 0},
                new byte[] {3},
                row.failingSince(),
                row.failures(),
                row.createdAt());
    }

    private static EndpointKeyRow key(String id, SigningKey.Kind kind, @Nullable Instant expiresAt) {
        return new EndpointKeyRow(id, "e1", kind, new byte[] {7, 0, -7}, expiresAt);
    }

    private static EndpointKeyRow secret(String id, @Nullable Instant expiresAt) {
        return key(id, SigningKey.Kind.SECRET, expiresAt);
    }

    private static Optional<Loaded> find(StoreUnderTest<EndpointStore> endpoints, Owner owner, String id) {
        return endpoints.get((tx, store) -> store.find(tx, owner, id, at(10)));
    }

    private static Loaded found(StoreUnderTest<EndpointStore> endpoints, String id) {
        return find(endpoints, ADA, id).orElseThrow();
    }

    private static List<String> keyIds(Loaded loaded) {
        return loaded.keys().stream().map(EndpointKeyRow::id).toList();
    }

    private static List<String> ids(Collection<Loaded> loaded) {
        return loaded.stream().map(one -> one.row().id()).toList();
    }

    private static OwnerRoutes routes(StoreUnderTest<EndpointStore> endpoints, Owner owner) {
        return endpoints.get((tx, store) -> store.routes(tx, List.of(owner)).get(0));
    }

    private static long version(StoreUnderTest<EndpointStore> endpoints) {
        return routes(endpoints, ADA).version();
    }

    private static void assertSame(EndpointRow actual, EndpointRow expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    default void anEndpointIsFoundByItsOwnerAlone() {
        StoreUnderTest<EndpointStore> endpoints = with(endpoint("e1", ADA));

        assertSame(found(endpoints, "e1").row(), endpoint("e1", ADA));
        assertThat(find(endpoints, BOB, "e1")).isEmpty();
        assertThat(find(endpoints, ADA, "e2")).isEmpty();
    }

    @Test
    default void routesAnswerForEachOwnerAskedFor() {
        StoreUnderTest<EndpointStore> endpoints =
                with(endpoint("e2", ADA), endpoint("e1", ADA), endpoint("e3", BOB), endpoint("e4", Owner.user("bøb")));

        List<OwnerRoutes> routes =
                endpoints.get((tx, store) -> store.routes(tx, List.of(BOB, Owner.user("u_new"), ADA)));

        assertThat(routes).extracting(OwnerRoutes::owner).containsExactlyInAnyOrder(ADA, BOB, Owner.user("u_new"));
        assertThat(routes(endpoints, ADA).endpoints())
                .extracting(EndpointRow::id)
                .containsExactlyInAnyOrder("e1", "e2");
        assertThat(routes(endpoints, BOB).endpoints()).hasSize(1);
        assertSame(routes(endpoints, BOB).endpoints().get(0), endpoint("e3", BOB));
        assertThat(routes(endpoints, Owner.user("u_new")))
                .isEqualTo(new OwnerRoutes(Owner.user("u_new"), 0, List.of()));
    }

    @Test
    @Tag("W38")
    default void pausedEndpointsAreRoutedToAndDisabledOnesAreNot() {
        EndpointRow paused = endpoint("e1", ADA);
        EndpointRow disabled = endpoint("e2", ADA);
        StoreUnderTest<EndpointStore> endpoints = with(paused, disabled);

        endpoints.run((tx, store) -> {
            assertThat(store.replaceIfVersion(tx, changed(paused, EndpointStatus.PAUSED)))
                    .isTrue();
            assertThat(store.replaceIfVersion(tx, changed(disabled, EndpointStatus.DISABLED)))
                    .isTrue();
        });

        assertThat(routes(endpoints, ADA).endpoints())
                .extracting(EndpointRow::id)
                .containsExactly("e1");
    }

    @Test
    @Tag("W5")
    default void whatMayAlterRoutingRaisesTheOwnersRoutingVersionAndNothingElseDoes() {
        StoreUnderTest<EndpointStore> endpoints = with();
        assertThat(version(endpoints)).isZero();
        EndpointRow row = endpoint("e1", ADA);

        endpoints.run((tx, store) -> store.insert(tx, row, List.of(secret("k1", null))));
        long inserted = version(endpoints);
        endpoints.run((tx, store) -> store.replaceIfVersion(tx, changed(row, EndpointStatus.PAUSED)));
        long replaced = version(endpoints);
        endpoints.run((tx, store) -> {
            assertThat(store.replaceIfVersion(tx, row)).isFalse();
            assertThat(store.delete(tx, BOB, "e1")).isFalse();
            assertThat(store.delete(tx, ADA, "e2")).isFalse();
            store.addKey(tx, secret("k2", null), at(60), at(0));
            store.noteHealth(tx, List.of(new Health("e1", at(1), 3)));
            store.insert(tx, endpoint("e9", BOB), List.of());
        });
        long untouched = version(endpoints);
        endpoints.run((tx, store) -> assertThat(store.delete(tx, ADA, "e1")).isTrue());

        assertThat(inserted).isPositive();
        assertThat(replaced).isGreaterThan(inserted);
        assertThat(untouched).isEqualTo(replaced);
        assertThat(version(endpoints)).isGreaterThan(replaced);
        assertThat(routes(endpoints, ADA).endpoints()).isEmpty();
    }

    @Test
    default void aReplacementNeedsTheFormerVersion() {
        EndpointRow first = endpoint("e1", ADA);
        StoreUnderTest<EndpointStore> endpoints = with(first);
        EndpointRow second = changed(first, EndpointStatus.DISABLED);

        boolean replaced = endpoints.get((tx, store) -> store.replaceIfVersion(tx, second));
        boolean again = endpoints.get((tx, store) -> store.replaceIfVersion(tx, second));
        boolean ahead = endpoints.get((tx, store) ->
                store.replaceIfVersion(tx, changed(changed(second, EndpointStatus.ACTIVE), EndpointStatus.ACTIVE)));

        assertThat(replaced).isTrue();
        assertThat(again).isFalse();
        assertThat(ahead).isFalse();
        assertSame(found(endpoints, "e1").row(), second);
    }

    @Test
    @Tag("W36")
    default void aReplacementLeavesTheHealthThatWasNotedSinceTheRowWasRead() {
        StoreUnderTest<EndpointStore> endpoints = with(endpoint("e1", ADA));
        endpoints.run((tx, store) -> store.noteHealth(tx, List.of(new Health("e1", at(3), 2))));
        EndpointRow read = found(endpoints, "e1").row();
        endpoints.run((tx, store) -> store.noteHealth(tx, List.of(new Health("e1", null, 0))));

        endpoints.run((tx, store) -> store.replaceIfVersion(tx, changed(read, EndpointStatus.PAUSED)));

        EndpointRow replaced = found(endpoints, "e1").row();
        assertThat(replaced.failingSince()).isNull();
        assertThat(replaced.failures()).isZero();
        assertThat(replaced.version()).isEqualTo(2);
    }

    @Test
    default void ofTwoReplacementsOfOneVersionTheSecondWaitsAndFails() {
        StoreUnderTest.assumeConcurrent(this);
        EndpointRow first = endpoint("e1", ADA);
        StoreUnderTest<EndpointStore> endpoints = with(first);
        CountDownLatch replaced = new CountDownLatch(1);
        OtherThread<Boolean> other = OtherThread.running(() -> {
            OtherThread.await(replaced);
            return endpoints.get((tx, store) -> store.replaceIfVersion(tx, changed(first, EndpointStatus.PAUSED)));
        });

        endpoints.run((tx, store) -> {
            assertThat(store.replaceIfVersion(tx, changed(first, EndpointStatus.DISABLED)))
                    .isTrue();
            replaced.countDown();
        });

        assertThat(other.join()).isFalse();
        assertThat(found(endpoints, "e1").row().status()).isEqualTo(EndpointStatus.DISABLED);
    }

    @Test
    default void aDeletedEndpointIsGoneWithItsKeys() {
        StoreUnderTest<EndpointStore> endpoints = with(endpoint("e2", ADA));
        endpoints.run((tx, store) -> store.insert(tx, endpoint("e1", ADA), List.of(secret("k1", null))));

        endpoints.run((tx, store) -> store.delete(tx, ADA, "e1"));
        endpoints.run((tx, store) -> store.insert(tx, endpoint("e1", ADA), List.of()));

        assertThat(found(endpoints, "e1").keys()).isEmpty();
        assertThat(endpoints.<Integer>get((tx, store) -> store.count(tx, ADA))).isEqualTo(2);
    }

    @Test
    @Tag("W11")
    default void aNewKeyEndsTheOlderOnesOfItsKindUnlessTheyEndSooner() {
        StoreUnderTest<EndpointStore> endpoints = with();
        EndpointKeyRow pair = key("k3", SigningKey.Kind.ED25519, null);
        endpoints.run((tx, store) -> store.insert(
                tx,
                endpoint("e1", ADA),
                List.of(secret("k0", at(99)), secret("k1", at(20)), secret("k2", null), pair)));

        endpoints.run((tx, store) -> store.addKey(tx, secret("k4", null), at(60), at(0)));

        assertThat(found(endpoints, "e1").keys())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        secret("k4", null), pair, secret("k2", at(60)), secret("k0", at(60)), secret("k1", at(20)));
    }

    @Test
    @Tag("W11")
    default void expiredKeysAreLeftOutAndTheNewestComesFirst() {
        StoreUnderTest<EndpointStore> endpoints = with();
        endpoints.run((tx, store) -> store.insert(
                tx, endpoint("e1", ADA), List.of(secret("k1", at(10)), secret("k2", at(11)), secret("k3", null))));

        assertThat(keyIds(found(endpoints, "e1"))).containsExactly("k3", "k2");
        List<Loaded> loaded = endpoints.get((tx, store) -> store.load(tx, List.of("e1"), at(11)));
        assertThat(loaded).hasSize(1);
        assertThat(keyIds(loaded.get(0))).containsExactly("k3");
        Page<Loaded> page = endpoints.get((tx, store) -> store.page(tx, ADA, null, PageRequest.first(1), at(9)));
        assertThat(keyIds(page.items().get(0))).containsExactly("k3", "k2", "k1");
    }

    @Test
    @Tag("W11")
    default void expiredKeysAreDeletedAsAnotherIsAdded() {
        StoreUnderTest<EndpointStore> endpoints = with();
        EndpointKeyRow pair = key("k3", SigningKey.Kind.ED25519, null);
        endpoints.run((tx, store) ->
                store.insert(tx, endpoint("e1", ADA), List.of(secret("k1", at(10)), secret("k2", at(11)), pair)));

        endpoints.run((tx, store) -> store.addKey(tx, secret("k4", null), at(60), at(10)));

        List<Loaded> early = endpoints.get((tx, store) -> store.load(tx, List.of("e1"), at(0)));
        assertThat(keyIds(early.get(0))).containsExactly("k4", "k3", "k2");
    }

    @Test
    @Tag("W9")
    default void theKeyThatReplacesAnotherIsTheNewerWhateverTheClocksThatTheirIdsAreOf() {
        StoreUnderTest<EndpointStore> endpoints = with();
        endpoints.run((tx, store) -> store.insert(tx, endpoint("e1", ADA), List.of(secret("k9", null))));

        endpoints.run((tx, store) -> store.addKey(tx, secret("k5", null), at(50), at(0)));
        endpoints.run((tx, store) -> store.addKey(tx, secret("k1", null), at(60), at(0)));

        assertThat(keyIds(found(endpoints, "e1"))).containsExactly("k1", "k5", "k9");
    }

    @Test
    default void endpointsAreLoadedWhoseverTheyAreAndUnknownOnesLeftOut() {
        StoreUnderTest<EndpointStore> endpoints = with(endpoint("e1", ADA), endpoint("e2", BOB));

        List<Loaded> loaded = endpoints.get((tx, store) -> store.load(tx, List.of("e2", "e3", "e1"), at(0)));

        assertThat(ids(loaded)).containsExactlyInAnyOrder("e1", "e2");
        List<Loaded> none = endpoints.get((tx, store) -> store.load(tx, List.of(), at(0)));
        assertThat(none).isEmpty();
    }

    @Test
    default void anOwnersEndpointsArePagedInIdOrder() {
        StoreUnderTest<EndpointStore> endpoints = with();
        List<String> seen = new ArrayList<>();
        for (String id : List.of("e4", "e2", "e1", "e5", "e3")) {
            endpoints.run((tx, store) -> store.insert(
                    tx,
                    endpoint(id, ADA),
                    List.of(new EndpointKeyRow("k" + id, id, SigningKey.Kind.SECRET, new byte[1], null))));
        }
        endpoints.run((tx, store) -> store.insert(tx, endpoint("e0", BOB), List.of()));

        PageRequest request = PageRequest.first(2);
        Page<Loaded> page;
        do {
            PageRequest next = request;
            page = endpoints.get((tx, store) -> store.page(tx, ADA, null, next, at(0)));
            seen.addAll(ids(page.items()));
            request = new PageRequest(2, page.nextCursor());
        } while (page.nextCursor() != null);

        assertThat(seen).containsExactly("e1", "e2", "e3", "e4", "e5");
        assertThat(endpoints.<Integer>get((tx, store) -> store.count(tx, ADA))).isEqualTo(5);
    }

    @Test
    default void aPageCanBeOfOneStatus() {
        EndpointRow paused = endpoint("e2", ADA);
        StoreUnderTest<EndpointStore> endpoints = with(endpoint("e1", ADA), paused, endpoint("e3", ADA));
        endpoints.run((tx, store) -> store.replaceIfVersion(tx, changed(paused, EndpointStatus.PAUSED)));

        Page<Loaded> page =
                endpoints.get((tx, store) -> store.page(tx, ADA, EndpointStatus.PAUSED, PageRequest.first(9), at(0)));

        assertThat(ids(page.items())).containsExactly("e2");
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    default void healthIsNotedWithoutANewVersion() {
        StoreUnderTest<EndpointStore> endpoints = with(endpoint("e1", ADA), endpoint("e2", ADA));

        endpoints.run((tx, store) -> store.noteHealth(
                tx, List.of(new Health("e2", at(3), 2), new Health("gone", null, 0), new Health("e1", at(4), 5))));
        EndpointRow failing = found(endpoints, "e1").row();
        endpoints.run((tx, store) -> store.noteHealth(tx, List.of(new Health("e1", null, 0))));
        endpoints.run((tx, store) -> store.noteHealth(tx, List.of()));

        assertThat(failing.failingSince()).isEqualTo(at(4));
        assertThat(failing.failures()).isEqualTo(5);
        assertSame(found(endpoints, "e1").row(), endpoint("e1", ADA));
        assertThat(found(endpoints, "e2").row().failingSince()).isEqualTo(at(3));
    }

    @Test
    @Tag("W5")
    default void aRolledBackChangeNeverWas() {
        EndpointRow row = endpoint("e1", ADA);
        StoreUnderTest<EndpointStore> endpoints = with(row);
        long before = version(endpoints);

        endpoints.rollBack((tx, store) -> {
            store.replaceIfVersion(tx, changed(row, EndpointStatus.DISABLED));
            store.insert(tx, endpoint("e2", ADA), List.of(secret("k1", null)));
            store.delete(tx, ADA, "e1");
        });

        assertThat(version(endpoints)).isEqualTo(before);
        assertSame(found(endpoints, "e1").row(), row);
        assertThat(find(endpoints, ADA, "e2")).isEmpty();
    }
}
