package dev.matrix.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DefaultKeysTest {

    private static final byte[] SECRET = {1, 2, 3};

    /** Stores in memory that say they outlive the process. */
    private record Persistent(Stores stores) implements Stores {

        @Override
        public <S> S get(Class<S> type) {
            return stores.get(type);
        }

        @Override
        public <S> Stores with(Class<S> type, S store) {
            return new Persistent(stores.with(type, store));
        }

        @Override
        public Transactions transactions() {
            return stores.transactions();
        }

        @Override
        public StoreClock clock(InstantSource node) {
            return stores.clock(node);
        }

        @Override
        public boolean persistent() {
            return true;
        }
    }

    @Test
    @Tag("K1")
    void nodesOverOneStorageInMemoryShareItsKeys() {
        Stores stores = Stores.inMemory();
        try (Matrix one = Matrix.builder().stores(stores).build();
                Matrix two = Matrix.builder().stores(stores).build()) {
            one.keys().prepare(Secrets.PURPOSE);
            two.keys().prepare(Secrets.PURPOSE);
            byte[] sealed = one.keys().seal(Secrets.use("a"), SECRET);
            assertThat(two.keys().open(Secrets.use("a"), sealed)).isEqualTo(SECRET);
        }
    }

    @Test
    @Tag("K5")
    void anEphemeralKeyOfAnotherProcessFailsTheBuild() {
        ManualTime time = new ManualTime();
        Stores stores = Stores.inMemory(time);
        Node.seeded(1, stores, time, KeyRing.ephemeral()).ring().prepare(Secrets.PURPOSE);
        assertThatThrownBy(() -> Node.seeded(2, stores, time, KeyRing.ephemeral()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'ephemeral-");
    }

    @Test
    @Tag("K5")
    void persistentStoresWithoutAKeySayHowToGenerateOne() {
        assertThat(System.getenv("MATRIX_KEK")).as("this test runs without it").isNull();
        assertThatThrownBy(() -> Matrix.builder()
                        .stores(new Persistent(Stores.inMemory()))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("export MATRIX_KEK=main:$(openssl rand -base64 32)");
    }

    @Test
    @Tag("K5")
    void persistentStoresRefuseKeysThatEndWithTheProcess() {
        assertThatThrownBy(() -> Matrix.builder()
                        .stores(new Persistent(Stores.inMemory()))
                        .keys(KeyRing.ephemeral())
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("KeyRing.envelope");
    }

    @Test
    @Tag("K6")
    void closingTheMatrixWipesItsKeys() {
        Stores stores = new Persistent(Stores.inMemory());
        Matrix matrix = Matrix.builder()
                .stores(stores)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("main", new byte[32])))
                .build();
        Secrets secrets = new Secrets();
        matrix.add(secrets);
        assertThat(matrix.keys().seal(Secrets.use("a"), SECRET)).isNotEmpty();
        matrix.close();
        assertThatThrownBy(() -> matrix.keys().seal(Secrets.use("a"), SECRET))
                .isInstanceOf(KeyUnavailableException.class);
    }
}
