package dev.matrix.core.keys;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Keys that are stored, wrapped by a {@link KeyEncryptionKey}: see {@link KeyRing#envelope}. Immutable. */
public final class EnvelopeKeys implements KeyRing.Spec {

    private static final Duration ROTATE_EVERY = Duration.ofDays(90);
    private static final Duration SHORTEST = Duration.ofDays(1);
    /** A sixteenth of what random nonces allow a key (2^32: NIST SP 800-38D, 8.3), as each node counts for itself. */
    private static final long SEAL_LIMIT = 1L << 28;

    private final KeyEncryptionKeys keks;
    private final Duration rotateEvery;
    private final long sealLimit;

    private EnvelopeKeys(KeyEncryptionKeys keks, Duration rotateEvery, long sealLimit) {
        this.keks = keks;
        this.rotateEvery = rotateEvery;
        this.sealLimit = sealLimit;
    }

    /** Behind {@link KeyRing#envelope}. */
    public static EnvelopeKeys wrappedBy(KeyEncryptionKey kek) {
        return new EnvelopeKeys(new KeyEncryptionKeys(requireNonNull(kek, "kek")), ROTATE_EVERY, SEAL_LIMIT);
    }

    /**
     * Adds key-encryption keys that can unwrap what they once wrapped; none by default. Soon after the start, all of it
     * is wrapped by the current key, and they can be dropped. While nodes are replaced one by one, those of before need
     * the new key here first.
     */
    public EnvelopeKeys alsoUnwraps(KeyEncryptionKey... former) {
        return new EnvelopeKeys(keks.alsoUnwrapping(former), rotateEvery, sealLimit);
    }

    /** How long a version of a purpose's key seals before a new one is made; 90 days by default, 1 day at least. */
    public EnvelopeKeys rotateEvery(Duration age) {
        if (age.compareTo(SHORTEST) < 0) {
            throw new InvalidRequestException("Keys are rotated every day at most; " + age + " is shorter.");
        }
        return new EnvelopeKeys(keks, age, sealLimit);
    }

    EnvelopeKeys sealingAtMost(long limit) {
        return new EnvelopeKeys(keks, rotateEvery, limit);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the newest version of a purpose's key can't be unwrapped; names the
     *     key-encryption key that it needs
     */
    @Override
    public KeyRing.Bound bind(
            Stores stores, StoreClock clock, RandomGenerator random, Supplier<List<Resealable>> resealables) {
        DataKeys keys = new DataKeys(stores, keks, random);
        keys.refresh();
        keys.purposes().forEach(keys::requireNewest);
        DomainSeals seals = new DomainSeals(keys, clock, random);
        SubjectKeys subjects = new SubjectKeys(stores, seals, random);
        KeyRing ring = new EnvelopeKeyRing(keys, seals, subjects, clock);
        Supplier<List<Resealable>> all = () ->
                Stream.concat(Stream.of(subjects), resealables.get().stream()).toList();
        return new KeyRing.Bound(ring, new KeyMaintenance(keys, ring, all, rotateEvery, sealLimit), keys::wipe);
    }

    @Override
    public boolean ephemeral() {
        return false;
    }
}
