package dev.matrix.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.DataKeyStore.DataKey;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.SealBrokenException;
import dev.matrix.core.spi.Stores;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final KeyUse USE = new KeyUse("webhook-secret", Owner.user("u_1"), "whe_1");
    private static final byte[] SECRET = "whsec_geheim".getBytes(UTF_8);

    private final ManualTime time = new ManualTime();
    private final Stores stores = Stores.inMemory(time);
    private final KeyEncryptionKey kek = KeyEncryptionKey.local("main", new byte[32]);
    private final Node node = Node.over(stores, time, KeyRing.envelope(new GuardedKek(kek, stores)));
    private final KeyRing ring = node.ring();

    SealTest() {
        ring.prepare(USE.purpose());
    }

    private DataKey storedKey() {
        return stores.transactions()
                .returning(stores.get(DataKeyStore.class)::all)
                .get(0);
    }

    private byte[] dataKey() {
        return kek.unwrap(requireNonNull(storedKey().wrapped()), aad(List.of("webhook-secret")));
    }

    private static byte[] aad(List<String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(new byte[] {1, 0, 0, 0, 0, 1});
            for (String part : parts) {
                out.writeUTF(part);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    @Test
    @Tag("K1")
    @Tag("K2")
    void isTheDocumentedFormatWhichTheJdkAloneOpens() throws Exception {
        byte[] sealed = ring.seal(USE, SECRET);

        assertThat(sealed).hasSize(6 + 12 + SECRET.length + 16).startsWith(1, 0, 0, 0, 0, 1);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(dataKey(), "AES"), new GCMParameterSpec(128, sealed, 6, 12));
        cipher.updateAAD(aad(List.of("webhook-secret", "user", "u_1", "whe_1")));
        assertThat(cipher.doFinal(sealed, 18, sealed.length - 18)).isEqualTo(SECRET);
    }

    @Test
    @Tag("K2")
    void opensWhatItSealedEmptyAndUpToOneMebibyte() {
        for (byte[] plain : List.of(new byte[0], SECRET, new byte[1 << 20])) {
            assertThat(ring.open(USE, ring.seal(USE, plain))).isEqualTo(plain);
        }
        assertThatThrownBy(() -> ring.seal(USE, new byte[(1 << 20) + 1]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1048576");
    }

    @Test
    @Tag("K2")
    void neverSealsTwiceAlike() {
        assertThat(ring.seal(USE, SECRET)).isNotEqualTo(ring.seal(USE, SECRET));
    }

    @Test
    @Tag("K2")
    void refusesEachAlteredByteAndEachCut() {
        byte[] sealed = ring.seal(USE, SECRET);
        for (int i = 0; i < sealed.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] altered = sealed.clone();
                altered[i] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> ring.open(USE, altered))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(SealBrokenException.class);
            }
            byte[] cut = Arrays.copyOf(sealed, i);
            assertThatThrownBy(() -> ring.open(USE, cut)).isInstanceOf(SealBrokenException.class);
        }
        assertThatThrownBy(() -> ring.open(USE, Arrays.copyOf(sealed, sealed.length + 1)))
                .isInstanceOf(SealBrokenException.class);
    }

    static Stream<KeyUse> otherUses() {
        return Stream.of(
                new KeyUse("totp", Owner.user("u_1"), "whe_1"),
                new KeyUse("webhook-secret", Owner.partner("u_1"), "whe_1"),
                new KeyUse("webhook-secret", Owner.user("u_2"), "whe_1"),
                new KeyUse("webhook-secret", Owner.user("u_1"), "whe_2"),
                // The same characters, cut elsewhere.
                new KeyUse("webhook-secret", Owner.user("u_1w"), "he_1"));
    }

    @ParameterizedTest
    @MethodSource("otherUses")
    @Tag("K2")
    void opensForNoOtherPurposeOwnerOrRecord(KeyUse other) {
        ring.prepare(other.purpose());
        byte[] sealed = ring.seal(USE, SECRET);
        assertThatThrownBy(() -> ring.open(other, sealed))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining(other.recordId());
    }

    @Test
    @Tag("K2")
    void aDataKeyWrappedForAnotherPurposeIsOfNoUse() {
        byte[] wrapped = requireNonNull(storedKey().wrapped());
        assertThatThrownBy(() -> kek.unwrap(wrapped, aad(List.of("totp")))).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAPurposeThatNoFeaturePrepared() {
        assertThatThrownBy(() -> ring.seal(new KeyUse("totp", Owner.user("u_1"), "d_1"), SECRET))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("prepare(\"totp\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Webhook", "1a", "a b", "a234567890123456789012345678901234567890ab"})
    void refusesAMalformedPurpose(String purpose) {
        assertThatThrownBy(() -> ring.prepare(purpose)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void refusesARecordIdThatItsLengthFieldCannotHold() {
        KeyUse use = new KeyUse(USE.purpose(), USE.owner(), "é".repeat(32_768));
        assertThatThrownBy(() -> ring.seal(use, SECRET)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("K6")
    void closingWipesTheKeysForGood() {
        byte[] sealed = ring.seal(USE, SECRET);
        node.bound().wipe().run();
        assertThatThrownBy(() -> ring.seal(USE, SECRET)).isInstanceOf(KeyUnavailableException.class);
        assertThatThrownBy(() -> ring.open(USE, sealed)).isInstanceOf(KeyUnavailableException.class);
        assertThatThrownBy(() -> node.bound().maintenance().run(time.instant()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    @Tag("K6")
    void wipingOverwritesTheBytesThemselves() {
        byte[] bytes = {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        };
        AesKey key = AesKey.owning(bytes);
        key.destroy();
        assertThat(bytes).containsOnly(0);
        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(key::getEncoded).isInstanceOf(KeyUnavailableException.class);
    }

    @Test
    @Tag("K6")
    void drawsKeysAndNoncesFromTheGivenSourceAlone() {
        byte[][] sealed = new byte[2][];
        for (int i = 0; i < 2; i++) {
            Node twin = Node.seeded(99, Stores.inMemory(time), time, KeyRing.envelope(kek));
            twin.ring().prepare(USE.purpose());
            sealed[i] = twin.ring().seal(USE, SECRET);
        }
        assertThat(sealed[0]).isEqualTo(sealed[1]);
    }

    @Test
    @Tag("K6")
    void noTextHoldsKeyBytes() {
        byte[] sealed = ring.seal(USE, SECRET);
        sealed[20] ^= 1;
        Throwable broken = catchThrowable(() -> ring.open(USE, sealed));
        String texts = ring + " " + ring.versions() + " " + node.bound() + " " + storedKey() + " " + kek + " "
                + AesKey.owning(dataKey()) + " " + broken + " " + broken.getCause();
        assertThat(texts)
                .doesNotContain(HexFormat.of().formatHex(dataKey()))
                .doesNotContain(Base64.getEncoder().encodeToString(dataKey()))
                .doesNotContain(Arrays.toString(dataKey()))
                .doesNotContain("geheim");
    }
}
