package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.SealBrokenException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a {@link KeyEncryptionKey} promises. Keys are wrapped once and unwrapped at each start for years, so what matters is that a
 * wrapped key opens again, for its own use alone, and that a key service's silence is never told as a broken key.
 */
public interface KeyEncryptionKeyContract {

    /** The key under test: each call leads to the same one, as each start of a host does. */
    KeyEncryptionKey key();

    /** A key that is another one, of the same service or of the same kind. */
    KeyEncryptionKey other();

    /** {@link #key()} while its service doesn't answer; null where the key is within the process: the default. */
    default @Nullable KeyEncryptionKey unreachable() {
        return null;
    }

    /** What is wrapped: 32 bytes that differ from each other. */
    private static byte[] plain() {
        byte[] plain = new byte[32];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (7 * i + 1);
        }
        return plain;
    }

    private static byte[] use(int number) {
        return new byte[] {'u', 's', 'e', (byte) number};
    }

    @Test
    default void anotherStartUnwrapsWhatWasWrapped() {
        byte[] wrapped = key().wrap(plain(), use(1));

        assertThat(key().unwrap(wrapped, use(1))).containsExactly(plain());
    }

    @Test
    default void keysOfAnyLengthUpTo64BytesComeBackAsTheyWere() {
        for (int length : List.of(1, 16, 31, 32, 48, 64)) {
            byte[] plain = new byte[length];
            Arrays.fill(plain, (byte) -1);
            byte[] none = {};

            assertThat(key().unwrap(key().wrap(plain, none), none)).containsExactly(plain);
        }
    }

    @Test
    default void whatIsHandedInIsLeftAsItIs() {
        byte[] plain = plain();
        byte[] use = use(1);
        byte[] wrapped = key().wrap(plain, use);
        byte[] copy = wrapped.clone();

        key().unwrap(wrapped, use);

        assertThat(plain).containsExactly(plain());
        assertThat(use).containsExactly(use(1));
        assertThat(wrapped).containsExactly(copy);
    }

    @Test
    default void theWrappedKeyDoesNotShowTheKey() {
        byte[] wrapped = key().wrap(plain(), use(1));

        for (int from = 0; from + 8 <= wrapped.length; from++) {
            byte[] part = Arrays.copyOfRange(wrapped, from, from + 8);
            for (int in = 0; in + 8 <= plain().length; in++) {
                assertThat(part)
                        .as("8 bytes of the key, at byte %s of its wrapped form", from)
                        .isNotEqualTo(Arrays.copyOfRange(plain(), in, in + 8));
            }
        }
    }

    @Test
    default void wrappedForOneUseItDoesNotOpenForAnother() {
        byte[] wrapped = key().wrap(plain(), use(1));

        for (byte[] foreign : List.of(use(2), new byte[0], new byte[] {'u', 's', 'e'})) {
            assertThatThrownBy(() -> key().unwrap(wrapped, foreign)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    default void anAlteredByteAnywhereIsFound() {
        byte[] wrapped = key().wrap(plain(), use(1));

        for (int i = 0; i < wrapped.length; i++) {
            byte[] altered = wrapped.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> key().unwrap(altered, use(1)))
                    .as("byte %s of %s was altered", i, wrapped.length)
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    default void whatIsCutShortOrLengthenedIsFound() {
        byte[] wrapped = key().wrap(plain(), use(1));

        for (int length : List.of(0, 1, wrapped.length / 2, wrapped.length - 1, wrapped.length + 1)) {
            byte[] changed = Arrays.copyOf(wrapped, length);
            assertThatThrownBy(() -> key().unwrap(changed, use(1)))
                    .as("%s of %s bytes", length, wrapped.length)
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    default void anotherKeyDoesNotOpenIt() {
        byte[] wrapped = key().wrap(plain(), use(1));

        assertThatThrownBy(() -> other().unwrap(wrapped, use(1))).isInstanceOf(SealBrokenException.class);
    }

    @Test
    default void itsIdIsStorableAndStaysTheSame() {
        assertThat(key().id()).matches("[A-Za-z0-9._:/-]{1,128}").isEqualTo(key().id());
        assertThat(other().id()).matches("[A-Za-z0-9._:/-]{1,128}");
    }

    @Test
    default void severalThreadsMayUseItAtOnce() {
        KeyEncryptionKey shared = key();
        byte[] wrapped = shared.wrap(plain(), use(1));

        List<OtherThread<Boolean>> threads = IntStream.range(0, 4)
                .mapToObj(n -> OtherThread.running(() -> {
                    boolean right = true;
                    for (int i = 0; i < 20; i++) {
                        right &= Arrays.equals(plain(), shared.unwrap(wrapped, use(1)));
                        right &= Arrays.equals(plain(), shared.unwrap(shared.wrap(plain(), use(n)), use(n)));
                    }
                    return right;
                }))
                .toList();

        assertThat(threads).allMatch(OtherThread::join);
    }

    @Test
    default void aServiceThatDoesNotAnswerIsUnavailableAndNotABrokenKey() {
        KeyEncryptionKey silent = unreachable();
        assumeTrue(silent != null, "this key needs no service");
        byte[] wrapped = key().wrap(plain(), use(1));

        assertThatThrownBy(() -> silent.unwrap(wrapped, use(1))).isInstanceOf(KeyUnavailableException.class);
        assertThatThrownBy(() -> silent.wrap(plain(), use(1))).isInstanceOf(KeyUnavailableException.class);
    }
}
