package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.Stores;

/** A key service: fails the test when called inside a transaction, can be down, and can be interrupted by another node. */
final class GuardedKek implements KeyEncryptionKey {

    private final KeyEncryptionKey key;
    private final Stores stores;
    private boolean down;
    private Runnable afterNextWrap = () -> {};

    GuardedKek(KeyEncryptionKey key, Stores stores) {
        this.key = key;
        this.stores = stores;
    }

    void down(boolean isDown) {
        down = isDown;
    }

    void afterNextWrap(Runnable action) {
        afterNextWrap = action;
    }

    @Override
    public String id() {
        return key.id();
    }

    @Override
    public byte[] wrap(byte[] bytes, byte[] aad) {
        check();
        byte[] wrapped = key.wrap(bytes, aad);
        Runnable action = afterNextWrap;
        afterNextWrap = () -> {};
        action.run();
        return wrapped;
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] aad) {
        check();
        return key.unwrap(wrapped, aad);
    }

    private void check() {
        // Throws where one is open on this thread already.
        stores.transactions().inTransaction(tx -> {});
        if (down) {
            throw new KeyUnavailableException("The key service does not answer.", null);
        }
    }
}
