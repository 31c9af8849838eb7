package dev.matrix.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.OtherThread;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A key service that takes a question and never answers holds up nobody but who asked. */
class SilentKeyServiceTest {

    private static final KeyEncryptionKey KEY = KeyEncryptionKey.local("k1", new byte[32]);

    private final ManualTime time = new ManualTime();
    private final Stores stores = Stores.inMemory(time);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    private final KeyEncryptionKey silent = new KeyEncryptionKey() {
        @Override
        public String id() {
            return KEY.id();
        }

        @Override
        public byte[] wrap(byte[] key, byte[] aad) {
            return KEY.wrap(key, aad);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] aad) {
            asked.countDown();
            OtherThread.await(answer);
            return KEY.unwrap(wrapped, aad);
        }
    };

    @Test
    void closingWipesTheKeysWhileTheServiceStillOwesAnAnswer() {
        Node other = Node.over(stores, time, KeyRing.envelope(KEY));
        Node node = Node.over(stores, time, KeyRing.envelope(silent));
        other.ring().prepare(Secrets.PURPOSE);
        OtherThread<Boolean> refresh = OtherThread.running(() -> {
            node.maintain();
            return true;
        });
        OtherThread.await(asked);

        assertThat(OtherThread.running(() -> {
                            node.bound().wipe().run();
                            return true;
                        })
                        .join())
                .isTrue();

        answer.countDown();
        assertThatThrownBy(refresh::join).hasMessageContaining("closed");
        assertThat(node.ring().versions())
                .as("what came after the end is not learnt")
                .isEmpty();
    }
}
