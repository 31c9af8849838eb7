package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W11")
class EndpointKeysTest {

    private static final Instant NOW = Vectors.AT;
    private static final Duration DAY = Duration.ofDays(1);

    private final SplittableRandom random = new SplittableRandom(42);
    private final SharedSecret first = SharedSecret.generate(random);
    private final EndpointKeys one = new EndpointKeys(List.of(new EndpointKeys.Key("whk_1", first, null)));

    private static Map<String, String> sign(EndpointKeys keys, Instant at) {
        return new Signatures(
                        List.of(SignatureScheme.STANDARD_V1), keys.live(at).signing(), "Matrix-Signature")
                .headers(Vectors.ID, at, Vectors.BODY);
    }

    private static List<String> values(Map<String, String> headers) {
        return List.of(requireNonNull(headers.get("webhook-signature")).split(" ", -1));
    }

    private static Verification verify(SigningKey key, Map<String, String> headers, Instant at) {
        return WebhookVerifier.standard(key.text()).clock(() -> at).verify(headers, Vectors.BODY);
    }

    @Test
    @Tag("C6")
    void aReplacedKeySignsBesideItsSuccessorUntilTheGraceEnds() {
        SharedSecret second = SharedSecret.generate(random);
        EndpointKeys both = one.rotate("whk_2", second, DAY, NOW);
        Instant during = NOW.plus(DAY).minusSeconds(1);
        Instant after = NOW.plus(DAY).plusSeconds(1);

        Map<String, String> signed = sign(both, during);
        assertThat(values(signed)).hasSize(2);
        assertThat(verify(first, signed, during)).isInstanceOf(Verified.class);
        assertThat(verify(second, signed, during)).isInstanceOf(Verified.class);

        Map<String, String> later = sign(both, after);
        assertThat(values(later)).hasSize(1);
        assertThat(verify(second, later, after)).isInstanceOf(Verified.class);
        assertThat(verify(first, later, after)).isEqualTo(new Verification.Rejected(Verification.Reason.NO_MATCH));
    }

    @Test
    @Tag("C6")
    void anEleventhOlderKeyIsAConflict() {
        EndpointKeys keys = one;
        for (int i = 2; i <= 11; i++) {
            keys = keys.rotate("whk_" + i, SharedSecret.generate(random), DAY, NOW);
        }
        EndpointKeys full = keys;
        SharedSecret next = SharedSecret.generate(random);

        assertThat(full.live(NOW).ids()).hasSize(11).startsWith("whk_11").endsWith("whk_1");
        assertThatThrownBy(() -> full.rotate("whk_12", next, DAY, NOW)).isInstanceOf(ConflictException.class);
        assertThat(full.rotate("whk_12", next, Duration.ZERO, NOW).ids())
                .hasSize(11)
                .startsWith("whk_12", "whk_10");
        assertThat(full.rotate("whk_12", next, DAY, NOW.plus(DAY)).ids()).containsExactly("whk_12", "whk_11");
    }

    @Test
    void noGraceDropsTheReplacedKeyAtOnce() {
        assertThat(one.rotate("whk_2", SharedSecret.generate(random), Duration.ZERO, NOW)
                        .ids())
                .containsExactly("whk_2");
    }

    @Test
    void replacesOnlyAKeyOfItsOwnKind() {
        Ed25519KeyPair pair = Ed25519KeyPair.generate(random);
        EndpointKeys both = one.rotate("whk_2", pair, Duration.ZERO, NOW);

        assertThat(both.ids()).containsExactly("whk_2", "whk_1");
        assertThat(both.live(NOW.plus(Duration.ofDays(30))).ids()).containsExactly("whk_2", "whk_1");
        assertThat(both.publicKeys())
                .containsExactly(new PublicKey("whk_2", pair.publicKey().text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P7DT1S"})
    void refusesAGraceOutsideOfAWeek(Duration grace) {
        SharedSecret next = SharedSecret.generate(random);

        assertThatThrownBy(() -> one.rotate("whk_2", next, grace, NOW)).isInstanceOf(InvalidRequestException.class);
    }
}
