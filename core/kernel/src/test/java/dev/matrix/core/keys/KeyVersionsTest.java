package dev.matrix.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.SealBrokenException;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyVersionsTest {

    private static final byte[] SECRET = {1, 2, 3};
    private static final String PURPOSE = Secrets.PURPOSE;

    private final ManualTime time = new ManualTime();
    private final Stores stores = Stores.inMemory(time);
    private final GuardedKek kek = new GuardedKek(KeyEncryptionKey.local("main", new byte[32]), stores);
    private final EnvelopeKeys spec = KeyRing.envelope(kek);
    private final Secrets secrets = new Secrets();

    private Node node() {
        Node node = Node.over(stores, time, spec, secrets);
        node.ring().prepare(PURPOSE);
        return node;
    }

    private static byte[] seal(Node node, String id) {
        return node.ring().seal(Secrets.use(id), SECRET);
    }

    private static byte[] open(Node node, String id, byte[] sealed) {
        return node.ring().open(Secrets.use(id), sealed);
    }

    private static int versionOf(byte[] sealed) {
        return sealed[5];
    }

    @Test
    @Tag("K3")
    @Tag("SE32")
    void twoNodesThatMakeTheFirstVersionAtOnceEndWithOne() {
        Node other = Node.seeded(1, stores, time, spec);
        Node node = Node.seeded(2, stores, time, spec);
        kek.afterNextWrap(() -> other.ring().prepare(PURPOSE));

        node.ring().prepare(PURPOSE);

        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE");
        assertThat(other.states(PURPOSE)).containsExactly("1 ACTIVE");
        assertThat(open(node, "a", seal(other, "a"))).isEqualTo(SECRET);
        assertThat(open(other, "b", seal(node, "b"))).isEqualTo(SECRET);
    }

    @Test
    @Tag("K3")
    @Tag("SE32")
    void twoNodesThatRotateAtOnceMakeOneVersion() {
        Node other = node();
        Node node = node();
        kek.afterNextWrap(() -> other.ring().rotate(PURPOSE, time.instant()));

        node.ring().rotate(PURPOSE, time.instant());
        node.ring().rotate(PURPOSE, time.instant());

        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE", "2 PENDING");
    }

    @Test
    @Tag("K4")
    void aNodeWhoseTimeIsALittleBehindMakesNoThirdVersion() {
        ManualTime late = new ManualTime();
        Node node = node();
        Node behind = Node.over(stores, late, spec, secrets);
        behind.ring().prepare(PURPOSE);
        time.pass(Duration.ofDays(90));
        node.maintain();
        time.pass(Duration.ofMinutes(10));
        late.pass(Duration.ofDays(90).plusMinutes(10).minusMillis(5));

        node.maintain();
        behind.maintain();

        assertThat(node.states(PURPOSE)).containsExactly("1 RETIRED", "2 ACTIVE");
        assertThat(behind.states(PURPOSE)).containsExactly("1 RETIRED", "2 ACTIVE");
    }

    @Test
    @Tag("K6")
    void aKeyThatCouldNotBeWrappedIsOverwritten() {
        List<byte[]> drawn = new ArrayList<>();
        RandomGenerator watched = new Random(1) {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                drawn.add(bytes);
            }
        };
        KeyRing.Bound bound = spec.bind(stores, stores.clock(time), watched, List::of);
        kek.down(true);

        assertThatThrownBy(() -> bound.ring().prepare(PURPOSE)).isInstanceOf(KeyUnavailableException.class);

        assertThat(drawn).isNotEmpty().allSatisfy(key -> assertThat(key).containsOnly(0));
    }

    @Test
    @Tag("K3")
    void aNewVersionSealsTenMinutesAfterItWasMadeOnEveryNodeAtOnce() {
        Node node = node();
        Node other = node();
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(5));
        other.maintain();
        time.pass(Duration.ofMinutes(5).minusNanos(1));
        byte[] old = seal(node, "a");
        assertThat(versionOf(old)).isEqualTo(1);
        assertThat(versionOf(seal(other, "a"))).isEqualTo(1);
        assertThat(node.ring().isCurrent(Secrets.use("a"), old)).isTrue();

        time.pass(Duration.ofNanos(1));

        assertThat(versionOf(seal(node, "a"))).isEqualTo(2);
        assertThat(versionOf(seal(other, "a"))).isEqualTo(2);
        assertThat(other.ring().isCurrent(Secrets.use("a"), old)).isFalse();
        assertThat(open(other, "a", old)).isEqualTo(SECRET);
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 RETIRED", "2 ACTIVE");
    }

    @Test
    @Tag("K3")
    void opensAVersionThatItHasNotSeenAfterOneRefresh() {
        Node behind = node();
        Node node = node();
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        byte[] sealed = seal(node, "a");

        assertThat(behind.states(PURPOSE)).containsExactly("1 ACTIVE");
        assertThat(behind.ring().isCurrent(Secrets.use("a"), sealed)).isTrue();
        assertThat(open(behind, "a", sealed)).isEqualTo(SECRET);
    }

    @Test
    @Tag("K3")
    void failsClosedWhileTheKeyServiceIsDownAndOpensAfterwards() {
        Node behind = node();
        Node node = node();
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        byte[] sealed = seal(node, "a");

        kek.down(true);
        assertThatThrownBy(() -> open(behind, "a", sealed))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("'main'");
        // The version that should seal is known and can't be had: an older one must not seal in its place.
        assertThatThrownBy(() -> seal(behind, "a")).isInstanceOf(KeyUnavailableException.class);
        kek.down(false);
        assertThat(open(behind, "a", sealed)).isEqualTo(SECRET);
    }

    @Test
    @Tag("K3")
    void refusesToReadTheStoreInsideATransaction() {
        Node behind = node();
        Node node = node();
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        byte[] sealed = seal(node, "a");
        stores.transactions().inTransaction(tx -> {
            assertThat(open(node, "a", seal(node, "a"))).isEqualTo(SECRET);
            assertThatThrownBy(() -> open(behind, "a", sealed)).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    @Tag("K3")
    void theFirstVersionSealsAtOnceEvenWhereStoreTimeIsReadBehind() {
        Node node = node();
        time.pass(Duration.ofMillis(-20));
        assertThat(open(node, "a", seal(node, "a"))).isEqualTo(SECRET);
    }

    @Test
    void rotatingAPurposeThatNobodyPreparedIsRefused() {
        assertThatThrownBy(() -> node().ring().rotate("totp", time.instant()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("prepare(\"totp\")");
    }

    @Test
    @Tag("K4")
    void rotatesAfterNinetyDays() {
        Node node = node();
        time.pass(Duration.ofDays(90).minusNanos(1));
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE");
        time.pass(Duration.ofNanos(1));
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE", "2 PENDING");
    }

    @Test
    @Tag("K4")
    void rotatesAsOftenAsTheHostSays() {
        Node node = Node.over(stores, time, spec.rotateEvery(Duration.ofDays(7)));
        node.ring().prepare(PURPOSE);
        time.pass(Duration.ofDays(7));
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE", "2 PENDING");
        assertThatThrownBy(() -> spec.rotateEvery(Duration.ofHours(1))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("K4")
    void rotatesOnceThisNodeHasSealedTooOften() {
        Node node = Node.over(stores, time, spec.sealingAtMost(3));
        node.ring().prepare(PURPOSE);
        seal(node, "a");
        seal(node, "b");
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE");
        seal(node, "c");
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 ACTIVE", "2 PENDING");
    }

    @Test
    @Tag("K4")
    @Tag("SE32")
    void resealsInBatchesAndDestroysTheOldVersionAfterThirtyDays() {
        Node node = node();
        for (int i = 0; i < 250; i++) {
            secrets.sealed.put("s" + i, seal(node, "s" + i));
        }
        byte[] kept = secrets.get("s0");
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        Instant now = time.instant();

        assertThat(node.bound().maintenance().run(now)).isEqualTo(now);
        assertThat(secrets.sealed.values())
                .filteredOn(value -> versionOf(value) == 2)
                .hasSize(100);
        node.maintain();
        assertThat(secrets.sealed.values()).allMatch(value -> versionOf(value) == 2);
        assertThat(open(node, "s0", secrets.get("s0"))).isEqualTo(SECRET);
        assertThat(open(node, "s0", kept)).isEqualTo(SECRET);

        time.pass(Duration.ofDays(30).minusNanos(1));
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 RETIRED", "2 ACTIVE");
        time.pass(Duration.ofHours(1));
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 DESTROYED", "2 ACTIVE");
        assertThat(stores.transactions()
                        .returning(stores.get(DataKeyStore.class)::all)
                        .get(0)
                        .wrapped())
                .isNull();
        assertThatThrownBy(() -> open(node, "s0", kept))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("destroyed");
    }

    @Test
    @Tag("K4")
    void asksWhatIsLeftByTheHourOnceNothingIs() {
        Node node = node();
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        for (int i = 0; i < 13; i++) {
            node.maintain();
            time.pass(Duration.ofMinutes(5));
        }
        assertThat(secrets.batches).isEqualTo(2);
    }

    @Test
    @Tag("K4")
    @Tag("SE32")
    void neverDestroysAVersionWhileARowIsLeft() {
        Node node = node();
        secrets.sealed.put("a", seal(node, "a"));
        secrets.stuck = true;
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        assertThatThrownBy(node::maintain).hasMessage("stuck");
        time.pass(Duration.ofDays(60));
        assertThatThrownBy(node::maintain).hasMessage("stuck");
        assertThat(node.states(PURPOSE)).containsExactly("1 RETIRED", "2 ACTIVE");

        secrets.stuck = false;
        node.maintain();
        assertThat(node.states(PURPOSE)).containsExactly("1 DESTROYED", "2 ACTIVE");
        assertThat(open(node, "a", secrets.get("a"))).isEqualTo(SECRET);
    }

    @Test
    @Tag("K4")
    void aNodeWithoutTheFeatureDestroysNothing() {
        Node without = Node.over(stores, time, spec);
        without.ring().prepare(PURPOSE);
        without.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        without.maintain();
        time.pass(Duration.ofDays(60));
        without.maintain();
        assertThat(without.states(PURPOSE)).containsExactly("1 RETIRED", "2 ACTIVE");
    }

    @Test
    @Tag("K3")
    void learnsFromOtherNodesThatAVersionWasDestroyed() {
        Node without = Node.over(stores, time, spec);
        Node node = node();
        byte[] sealed = seal(node, "a");
        assertThat(open(without, "a", sealed)).isEqualTo(SECRET);
        node.ring().rotate(PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        node.maintain();
        time.pass(Duration.ofDays(30));
        node.maintain();
        without.maintain();
        assertThat(without.states(PURPOSE)).containsExactly("1 DESTROYED", "2 ACTIVE");
        assertThatThrownBy(() -> open(without, "a", sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void maintenanceRunsEveryFiveMinutesUnderAStableName() {
        Node node = node();
        assertThat(node.bound().maintenance().name()).isEqualTo("keys");
        assertThat(node.bound().maintenance().run(time.instant()))
                .isEqualTo(time.instant().plus(Duration.ofMinutes(5)));
    }
}
