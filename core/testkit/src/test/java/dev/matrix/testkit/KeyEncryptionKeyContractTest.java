package dev.matrix.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyUnavailableException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract is kept by the local key, and fails on what a key service's client does wrong. */
class KeyEncryptionKeyContractTest implements KeyEncryptionKeyContract {

    private static KeyEncryptionKey local(int number) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) number);
        return KeyEncryptionKey.local("main", key);
    }

    @Override
    public KeyEncryptionKey key() {
        return local(1);
    }

    @Override
    public KeyEncryptionKey other() {
        return local(2);
    }

    /** A service as one would call it at first, which leads to {@link #local}. */
    private record Client(String id, KeyEncryptionKey service, UnaryOperator<byte[]> sent, boolean up)
            implements KeyEncryptionKey {

        @Override
        public byte[] wrap(byte[] key, byte[] aad) {
            return service.wrap(key, sent.apply(aad));
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] aad) {
            if (!up) {
                throw new IllegalStateException("connection refused");
            }
            return service.unwrap(wrapped, sent.apply(aad));
        }
    }

    private record Planted(
            KeyEncryptionKey key,
            KeyEncryptionKey other,
            @Nullable KeyEncryptionKey unreachable) implements KeyEncryptionKeyContract {}

    private static Planted planted(KeyEncryptionKey key) {
        return new Planted(key, local(2), null);
    }

    @Test
    void itFindsOneThatForgetsTheUse() {
        Planted forgetful = planted(new Client("main", local(1), use -> new byte[0], true));

        assertThatThrownBy(forgetful::wrappedForOneUseItDoesNotOpenForAnother).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatWrapsNothing() {
        Planted plain = planted(new KeyEncryptionKey() {
            @Override
            public String id() {
                return "plain";
            }

            @Override
            public byte[] wrap(byte[] key, byte[] aad) {
                return key.clone();
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] aad) {
                return wrapped.clone();
            }
        });

        assertThatThrownBy(plain::theWrappedKeyDoesNotShowTheKey).isInstanceOf(AssertionError.class);
        assertThatThrownBy(plain::anAlteredByteAnywhereIsFound).isInstanceOf(AssertionError.class);
        assertThatThrownBy(plain::whatIsCutShortOrLengthenedIsFound).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatMakesItsKeyAnewAtEachStart() {
        KeyEncryptionKeyContract forgetful = new KeyEncryptionKeyContract() {

            private int starts;

            @Override
            public KeyEncryptionKey key() {
                return local(++starts);
            }

            @Override
            public KeyEncryptionKey other() {
                return local(0);
            }
        };

        assertThatThrownBy(forgetful::anotherStartUnwrapsWhatWasWrapped).isInstanceOf(RuntimeException.class);
    }

    @Test
    void itFindsOneWhoseOtherKeyIsTheSame() {
        Planted same = new Planted(local(1), local(1), null);

        assertThatThrownBy(same::anotherKeyDoesNotOpenIt).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsAnIdThatCannotBeStored() {
        Planted spaced = planted(new Client("my key", local(1), use -> use, true));

        assertThatThrownBy(spaced::itsIdIsStorableAndStaysTheSame).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsAnOutageThatIsToldAsSomethingElse() {
        Planted down = new Planted(local(1), local(2), new Client("main", local(1), use -> use, false));

        assertThatThrownBy(down::aServiceThatDoesNotAnswerIsUnavailableAndNotABrokenKey)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anOutageThatIsToldAsOneKeepsTheContract() {
        KeyEncryptionKey silent = new KeyEncryptionKey() {
            @Override
            public String id() {
                return "main";
            }

            @Override
            public byte[] wrap(byte[] key, byte[] aad) {
                throw new KeyUnavailableException("The key service doesn't answer.", null);
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] aad) {
                throw new KeyUnavailableException("The key service doesn't answer.", null);
            }
        };

        new Planted(local(1), local(2), requireNonNull(silent))
                .aServiceThatDoesNotAnswerIsUnavailableAndNotABrokenKey();
    }
}
