package dev.matrix.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.DataKeyStore.DataKey;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KekChangeTest {

    private static final byte[] SECRET = {1, 2, 3};

    private final ManualTime time = new ManualTime();
    private final Stores stores = Stores.inMemory(time);
    private final GuardedKek old = kek("kek-2025", 1);
    private final GuardedKek fresh = kek("kek-2026", 2);
    private final Node before = Node.over(stores, time, KeyRing.envelope(old));
    private final byte[] sealed;

    KekChangeTest() {
        before.ring().prepare(Secrets.PURPOSE);
        sealed = before.ring().seal(Secrets.use("a"), SECRET);
    }

    private GuardedKek kek(String id, int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return new GuardedKek(KeyEncryptionKey.local(id, key), stores);
    }

    @Test
    @Tag("K5")
    void aStepWrapsDataKeysUnderTheNewKeyAndDataStaysAsItIs() {
        Node during = Node.over(stores, time, KeyRing.envelope(fresh).alsoUnwraps(old));
        during.maintain();
        assertThat(during.ring().versions())
                .extracting(KeyRing.KeyVersion::kekId)
                .containsOnly("kek-2026");

        Node after = Node.over(stores, time, KeyRing.envelope(fresh));
        assertThat(after.ring().open(Secrets.use("a"), sealed)).isEqualTo(SECRET);
        assertThat(after.ring().isCurrent(Secrets.use("a"), sealed)).isTrue();
        assertThatThrownBy(() -> Node.over(stores, time, KeyRing.envelope(old))).hasMessageContaining("'kek-2026'");
    }

    @Test
    @Tag("K5")
    @Tag("SE33")
    void theOldKeyDroppedTooEarlyFailsTheBuildByName() {
        assertThatThrownBy(() -> Node.over(stores, time, KeyRing.envelope(fresh)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'kek-2025'")
                .hasMessageContaining("'webhook-secret'")
                .hasMessageContaining(".alsoUnwraps(");
    }

    @Test
    @Tag("K5")
    void anotherKeyUnderTheSameIdFailsTheBuildByName() {
        assertThatThrownBy(() -> Node.over(stores, time, KeyRing.envelope(kek("kek-2025", 9))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'kek-2025'")
                .hasMessageContaining("another key under the same id");
    }

    @Test
    @Tag("K5")
    void aFailingKeyServiceFailsTheBuildByName() {
        old.down(true);
        assertThatThrownBy(() -> Node.over(stores, time, KeyRing.envelope(old)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'kek-2025'")
                .hasRootCauseMessage("The key service does not answer.");
    }

    @Test
    @Tag("K5")
    void anOlderVersionUnderALostKeyLeavesTheRestUsable() {
        before.ring().rotate(Secrets.PURPOSE, time.instant());
        time.pass(Duration.ofMinutes(10));
        stores.transactions().inTransaction(tx -> {
            DataKeyStore store = stores.get(DataKeyStore.class);
            DataKey first = store.all(tx).get(0);
            store.replaceIf(tx, first.state(), first.kekId(), first.rewrapped("kek-lost", new byte[60]));
        });
        Node after = Node.over(stores, time, KeyRing.envelope(old));

        assertThatThrownBy(() -> after.ring().open(Secrets.use("a"), sealed))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("'kek-lost'");
        byte[] newer = after.ring().seal(Secrets.use("a"), SECRET);
        assertThat(after.ring().open(Secrets.use("a"), newer)).isEqualTo(SECRET);
    }

    @Test
    void refusesTwoKeysUnderOneIdAndMalformedIds() {
        assertThatThrownBy(() -> KeyRing.envelope(old).alsoUnwraps(kek("kek-2025", 3)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'kek-2025'");
        assertThatThrownBy(() -> kek("a b", 1)).isInstanceOf(InvalidRequestException.class);
    }
}
