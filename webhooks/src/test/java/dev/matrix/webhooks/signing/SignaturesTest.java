package dev.matrix.webhooks.signing;

import static dev.matrix.webhooks.signing.SignatureScheme.GITHUB;
import static dev.matrix.webhooks.signing.SignatureScheme.STANDARD_V1;
import static dev.matrix.webhooks.signing.SignatureScheme.STANDARD_V1A;
import static dev.matrix.webhooks.signing.SignatureScheme.STRIPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("W9")
class SignaturesTest {

    private static final SigningKey SECRET = SigningKey.parse(Vectors.SECRET);
    private static final SigningKey PAIR = SigningKey.parse(Vectors.KEY_PAIR);

    private static Map<String, String> sign(List<SignatureScheme> schemes, SigningKey... newestFirst) {
        return new Signatures(schemes, List.of(newestFirst), "Matrix-Signature")
                .headers(Vectors.ID, Vectors.AT, Vectors.BODY);
    }

    @Test
    @Tag("C1")
    void signsByStandardWebhooksWithASecret() {
        assertThat(sign(List.of(STANDARD_V1), SECRET))
                .containsExactly(
                        Map.entry("webhook-id", Vectors.ID),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    @Tag("C2")
    void signsByStandardWebhooksWithAKeyPair() {
        assertThat(sign(List.of(STANDARD_V1A), PAIR))
                .containsEntry(
                        "webhook-signature",
                        "v1a,fldxM4gAKugP6nnt1hdz3sgGfZ6d99nzrMFnZOELIxbzEHoVmAb2ADpkJK7zgPePmPsle0zV9jSeGlHFG2NVAw==");
    }

    @Test
    @Tag("C3")
    void signsAsStripeDoesByTheWholeSecretText() {
        assertThat(sign(List.of(STRIPE), SECRET))
                .containsEntry(
                        "Matrix-Signature",
                        "t=1614265330,v1=2e37df5d4a028c51a7f3133d64ae1e300d2c2c900f1b1d49d4369ad2530f8964")
                .doesNotContainKey("webhook-signature");
    }

    @Test
    @Tag("C4")
    void signsAsGitHubDoesByTheWholeSecretText() {
        String gitHubs = Hmac.ofText("It's a Secret to Everybody").hex(new byte[0], "Hello, World!".getBytes(UTF_8));

        assertThat(gitHubs).isEqualTo("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        assertThat(sign(List.of(GITHUB), SECRET))
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=" + Hmac.ofText(Vectors.SECRET).hex(new byte[0], Vectors.BODY));
    }

    @Test
    @Tag("W8")
    void namesEventAndTimeWhateverTheScheme() {
        for (SignatureScheme scheme : SignatureScheme.values()) {
            assertThat(sign(List.of(scheme), SECRET, PAIR))
                    .containsEntry("webhook-id", Vectors.ID)
                    .containsEntry("webhook-timestamp", "1614265330");
        }
    }

    @Test
    void listsEachKeyNewestFirst() {
        SigningKey newer = SharedSecret.generate(new SplittableRandom(1));
        Map<String, String> both = sign(List.of(STANDARD_V1, STANDARD_V1A, STRIPE, GITHUB), newer, PAIR, SECRET);
        String newest = value(STANDARD_V1, "webhook-signature", newer);
        String oldest = value(STANDARD_V1, "webhook-signature", SECRET);
        String pair = value(STANDARD_V1A, "webhook-signature", PAIR);

        assertThat(both)
                .containsEntry("webhook-signature", newest + " " + pair + " " + oldest)
                .containsEntry(
                        "Matrix-Signature",
                        value(STRIPE, "Matrix-Signature", newer)
                                + value(STRIPE, "Matrix-Signature", SECRET).replace("t=1614265330", ""))
                .as("the newest alone")
                .containsEntry("X-Hub-Signature-256", value(GITHUB, "X-Hub-Signature-256", newer));
    }

    private static String value(SignatureScheme scheme, String header, SigningKey key) {
        return requireNonNull(sign(List.of(scheme), key).get(header));
    }

    @Test
    void takesTheStripeHeadersNameFromTheHost() {
        assertThat(new Signatures(List.of(STRIPE), List.of(SECRET), "Acme-Signature")
                        .headers(Vectors.ID, Vectors.AT, Vectors.BODY))
                .containsKey("Acme-Signature")
                .doesNotContainKey("Matrix-Signature");
    }

    @ParameterizedTest
    @EnumSource(SignatureScheme.class)
    void isNotMadeWithoutAKeyForEachScheme(SignatureScheme scheme) {
        List<SigningKey> keys = List.of(scheme == STANDARD_V1A ? SECRET : PAIR);

        assertThatThrownBy(() -> new Signatures(List.of(scheme), keys, "Matrix-Signature"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(scheme.name());
    }

    @Test
    void signsAlikeFromManyThreads() {
        Signatures signatures = new Signatures(List.of(STANDARD_V1, STRIPE, GITHUB), List.of(SECRET), "S");
        byte[] long1 = new byte[100_000];
        byte[] long2 = new byte[100_000];
        Arrays.fill(long2, (byte) 1);
        Map<String, String> first = signatures.headers(Vectors.ID, Vectors.AT, long1);
        Map<String, String> second = signatures.headers(Vectors.ID, Vectors.AT, long2);

        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .filter(i -> !signatures
                                .headers(Vectors.ID, Vectors.AT, i % 2 == 0 ? long1 : long2)
                                .equals(i % 2 == 0 ? first : second)))
                .isEmpty();
    }
}
