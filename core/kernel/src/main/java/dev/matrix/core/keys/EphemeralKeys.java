package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keys that end with the process: see {@link KeyRing#ephemeral}. The first Matrix bound by it draws the key-encryption
 * key, and each further one over the same storage shares it.
 */
public final class EphemeralKeys implements KeyRing.Spec {

    private final AtomicReference<@Nullable KeyEncryptionKey> kek = new AtomicReference<>();

    private EphemeralKeys() {}

    /** Behind {@link KeyRing#ephemeral}. */
    public static EphemeralKeys create() {
        return new EphemeralKeys();
    }

    @Override
    public KeyRing.Bound bind(
            Stores stores, StoreClock clock, RandomGenerator random, Supplier<List<Resealable>> resealables) {
        KeyEncryptionKey drawn =
                kek.updateAndGet(key -> key == null ? new LocalKek(id(random), AesKey.random(random), random) : key);
        return EnvelopeKeys.wrappedBy(drawn).bind(stores, clock, random, resealables);
    }

    /** Tells the keys of two rings apart, should they meet over one storage. */
    private static String id(RandomGenerator random) {
        return "ephemeral-" + HexFormat.of().toHexDigits(random.nextInt());
    }

    @Override
    public boolean ephemeral() {
        return true;
    }
}
