package dev.matrix.webhooks.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W10")
class SigningKeyTest {

    private static final byte[] NOTHING = {};

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 26, 32, 63, 64})
    void readsASecretOf24To64Bytes(int bytes) {
        String text = KeyFormat.SECRET.encode(new byte[bytes]);

        assertThat(SigningKey.parse(text).text()).isEqualTo(text);
        assertThat(SigningKey.parse(text).kind()).isEqualTo(SigningKey.Kind.SECRET);
    }

    @ParameterizedTest
    @Tag("C7")
    @CsvSource({"0, empty", "1, too short", "23, too short", "65, too long", "4096, too long"})
    void refusesASecretOfAnotherLengthBySayingWhich(int bytes, String complaint) {
        byte[] key = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(key);
        String text = KeyFormat.SECRET.encode(key);

        assertThatThrownBy(() -> SigningKey.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("24 to 64 bytes")
                .hasNoCause();
    }

    @ParameterizedTest
    @Tag("C7")
    @CsvSource({
        "whsec_ab-_ab-_ab-_ab-_ab-_ab-_ab-_ab-_, base64url",
        "whsec_ab-_, base64url",
        "whsec_abababababababababababababababab!, other characters",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, padded",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB==, padded",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, begins with whsec_",
        "sk_live_abc, begins with whsec_",
    })
    void refusesATextThatIsNoKeyWithoutRepeatingIt(String text, String complaint) {
        assertThatThrownBy(() -> SigningKey.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining(text)
                .hasMessageNotContaining(text.substring(6))
                .hasNoCause();
    }

    @Test
    void drawsASecretOf32BytesFromTheGivenSource() {
        byte[] expected = new byte[32];
        new SplittableRandom(7).nextBytes(expected);

        String text = SharedSecret.generate(new SplittableRandom(7)).text();

        assertThat(KeyFormat.SECRET.decode(text)).isEqualTo(expected);
    }

    @Test
    void signsAsRfc8032Does() {
        SigningKey pair = SigningKey.parse(Vectors.KEY_PAIR);

        assertThat(pair.kind()).isEqualTo(SigningKey.Kind.ED25519);
        assertThat(pair.text()).isEqualTo(Vectors.KEY_PAIR);
        assertThat(pair.standard(NOTHING, NOTHING))
                .isEqualTo("v1a," + Base64.getEncoder().encodeToString(Vectors.SIGNATURE_OF_NOTHING));
    }

    @Test
    void drawsAKeyPairFromTheGivenSource() {
        Ed25519KeyPair pair = Ed25519KeyPair.generate(new SplittableRandom(7));

        assertThat(Ed25519KeyPair.generate(new SplittableRandom(7)).text()).isEqualTo(pair.text());
        assertThat(Ed25519KeyPair.generate(new SplittableRandom(8)).text()).isNotEqualTo(pair.text());
        assertThat(KeyFormat.KEY_PAIR.decode(pair.text())).hasSize(64);
    }

    @Test
    void refusesAKeyPairWhosePublicHalfIsAnothers() {
        byte[] other = KeyFormat.PUBLIC_KEY.decode(
                Ed25519KeyPair.generate(new SplittableRandom(1)).publicKey().orElseThrow());
        String mixed = KeyFormat.KEY_PAIR.encode(Vectors.joined(Vectors.SEED, other));

        assertThatThrownBy(() -> SigningKey.parse(mixed))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("isn't the first's");
    }

    @ParameterizedTest
    @CsvSource({"32, too short", "63, too short", "65, too long"})
    void refusesAKeyPairOfAnotherLength(int bytes, String complaint) {
        assertThatThrownBy(() -> SigningKey.parse(KeyFormat.KEY_PAIR.encode(new byte[bytes])))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void exportsThePublicHalfAsTextAndAsJwk() {
        String whpk = SigningKey.parse(Vectors.KEY_PAIR).publicKey().orElseThrow();

        assertThat(whpk).isEqualTo(Vectors.PUBLIC_KEY);
        assertThat(new PublicKey("whk_1", whpk).jwk())
                .containsEntry("kty", "OKP")
                .containsEntry("crv", "Ed25519")
                .containsEntry("kid", "whk_1")
                .as("RFC 8037, appendix A.2")
                .containsEntry("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    @Test
    void refusesAPublicKeyThatIsNoPointOfTheCurve() {
        byte[] off = new byte[32];
        off[0] = 2;

        assertThatThrownBy(() -> new PublicKey("whk_1", KeyFormat.PUBLIC_KEY.encode(off)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a point of its curve");
    }

    @Test
    void showsNoByteOfItselfInItsText() {
        assertThat(SigningKey.parse(Vectors.SECRET) + " " + SigningKey.parse(Vectors.KEY_PAIR))
                .doesNotContain("MfKQ9r8G", Vectors.KEY_PAIR.substring(6, 14));
    }

    @Test
    void takesOnlyTheKindThatIsAskedFor() {
        assertThatThrownBy(() -> SigningKey.parse(SigningKey.Kind.ED25519, Vectors.SECRET))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("begins with whsk_");
        assertThat(SigningKey.generate(SigningKey.Kind.ED25519, new SplittableRandom(1))
                        .kind())
                .isEqualTo(SigningKey.Kind.ED25519);
    }
}
