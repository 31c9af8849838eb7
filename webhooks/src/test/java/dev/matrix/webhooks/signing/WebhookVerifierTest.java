package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.signing.Verification.Reason;
import dev.matrix.webhooks.signing.Verification.Rejected;
import dev.matrix.webhooks.signing.Verification.Verified;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W13")
class WebhookVerifierTest {

    private static final String OTHER =
            SharedSecret.generate(new SplittableRandom(1)).text();
    private static final String GOOD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static WebhookVerifier standard(String... keys) {
        return WebhookVerifier.standard(keys).clock(() -> Vectors.AT);
    }

    private static Map<String, String> signed(SignatureScheme... schemes) {
        List<SigningKey> keys = List.of(SigningKey.parse(Vectors.SECRET), SigningKey.parse(Vectors.KEY_PAIR));
        return new Signatures(List.of(schemes), keys, "Matrix-Signature").headers(Vectors.ID, Vectors.AT, Vectors.BODY);
    }

    private static Map<String, String> listing(String signatures) {
        return Map.of("webhook-id", Vectors.ID, "webhook-timestamp", "1614265330", "webhook-signature", signatures);
    }

    private static Rejected rejected(Reason reason) {
        return new Rejected(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Vectors.SECRET,
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            })
    void verifiesByASecretWithOrWithoutItsPrefixAndByAPublicKey(String key) {
        Map<String, String> headers = signed(SignatureScheme.STANDARD_V1, SignatureScheme.STANDARD_V1A);

        assertThat(standard(key).verify(headers, Vectors.BODY)).isEqualTo(new Verified(Vectors.ID, Vectors.AT, 0));
        assertThat(standard(OTHER, key).verify(headers, Vectors.BODY))
                .isEqualTo(new Verified(Vectors.ID, Vectors.AT, 1));
    }

    @Test
    void verifiesStripeAndGitHubStyles() {
        Map<String, String> headers = signed(SignatureScheme.STRIPE, SignatureScheme.GITHUB);

        assertThat(WebhookVerifier.stripe(OTHER, Vectors.SECRET)
                        .clock(() -> Vectors.AT)
                        .verify(headers, Vectors.BODY))
                .isEqualTo(new Verified(null, Vectors.AT, 1));
        assertThat(WebhookVerifier.github(Vectors.SECRET).verify(headers, Vectors.BODY))
                .isEqualTo(new Verified(null, null, 0));
        assertThat(WebhookVerifier.github(OTHER).verify(headers, Vectors.BODY)).isEqualTo(rejected(Reason.NO_MATCH));
    }

    @Test
    @Tag("C4")
    void verifiesGitHubsOwnExample() {
        Map<String, String> headers = Map.of(
                "X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

        assertThat(WebhookVerifier.github("It's a Secret to Everybody")
                        .verify(headers, "Hello, World!".getBytes(UTF_8)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void readsStripesOwnHeaderWhereToldTo() {
        Map<String, String> headers =
                Map.of("stripe-signature", signed(SignatureScheme.STRIPE).get("Matrix-Signature"));
        WebhookVerifier verifier = WebhookVerifier.stripe(Vectors.SECRET).clock(() -> Vectors.AT);

        assertThat(verifier.verify(headers, Vectors.BODY)).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertThat(verifier.stripeHeader("Stripe-Signature").verify(headers, Vectors.BODY))
                .isInstanceOf(Verified.class);
    }

    @Test
    void findsHeadersInAnyCaseAndInAnyServersForm() {
        Map<String, String> upper = new HashMap<>();
        listing(GOOD).forEach((name, value) -> upper.put(name.toUpperCase(Locale.ROOT), value));
        upper.put(null, "as HttpURLConnection has its status line");
        Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(listing(GOOD));

        assertThat(standard(Vectors.SECRET).verify(upper, Vectors.BODY)).isInstanceOf(Verified.class);
        assertThat(standard(Vectors.SECRET).verify(caseless::get, Vectors.BODY)).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @Tag("C8")
    @CsvSource({"-300,", "0,", "300,", "301, TOO_OLD", "-301, TOO_NEW"})
    void acceptsATimeWithinTheToleranceEitherWay(long age, Reason reason) {
        Verification expected = reason == null ? new Verified(Vectors.ID, Vectors.AT, 0) : rejected(reason);
        Verification stripes = reason == null ? new Verified(null, Vectors.AT, 0) : rejected(reason);
        Map<String, String> headers = signed(SignatureScheme.STANDARD_V1, SignatureScheme.STRIPE);

        assertThat(WebhookVerifier.standard(Vectors.SECRET)
                        .clock(() -> Vectors.AT.plusSeconds(age))
                        .verify(headers, Vectors.BODY))
                .isEqualTo(expected);
        assertThat(WebhookVerifier.stripe(Vectors.SECRET)
                        .clock(() -> Vectors.AT.plusSeconds(age))
                        .verify(headers, Vectors.BODY))
                .isEqualTo(stripes);
    }

    @Test
    void takesAnotherTolerance() {
        WebhookVerifier strict = standard(Vectors.SECRET).tolerance(Duration.ZERO);

        assertThat(strict.verify(listing(GOOD), Vectors.BODY)).isInstanceOf(Verified.class);
        assertThat(strict.clock(() -> Vectors.AT.plusSeconds(1)).verify(listing(GOOD), Vectors.BODY))
                .isEqualTo(rejected(Reason.TOO_OLD));
        assertThatThrownBy(() -> strict.tolerance(Duration.ofSeconds(-1))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("C8")
    void rejectsOneChangedByteAnywhere() {
        WebhookVerifier v1 = standard(Vectors.SECRET);
        WebhookVerifier v1a = standard(Vectors.PUBLIC_KEY);
        Map<String, String> headers = signed(SignatureScheme.STANDARD_V1, SignatureScheme.STANDARD_V1A);
        for (int i = 0; i < Vectors.BODY.length; i++) {
            byte[] changed = Vectors.BODY.clone();
            changed[i] ^= 1;
            assertThat(v1.verify(headers, changed)).isEqualTo(rejected(Reason.NO_MATCH));
            assertThat(v1a.verify(headers, changed)).isEqualTo(rejected(Reason.NO_MATCH));
        }
        Map<String, String> otherId = new HashMap<>(headers);
        otherId.put("webhook-id", "msg_other");
        assertThat(v1.verify(otherId, Vectors.BODY)).isEqualTo(rejected(Reason.NO_MATCH));
        assertThat(v1a.verify(otherId, Vectors.BODY)).isEqualTo(rejected(Reason.NO_MATCH));
        Map<String, String> otherTime = new HashMap<>(headers);
        otherTime.put("webhook-timestamp", "1614265331");
        assertThat(v1.verify(otherTime, Vectors.BODY)).isEqualTo(rejected(Reason.NO_MATCH));
    }

    @ParameterizedTest
    @Tag("C8")
    @ValueSource(strings = {"v0,x v1,bad v1," + "%s", "%s v1,bad", "v2,%s %s", "  %s  ", "v1a,%s , v1a,==== %s"})
    void findsTheGoodSignatureAmongOthers(String listed) {
        String value = GOOD.substring(3);
        String signatures = listed.contains("v1,%s") ? listed.replace("%s", value) : listed.replace("%s", GOOD);

        assertThat(standard(Vectors.SECRET, Vectors.PUBLIC_KEY).verify(listing(signatures), Vectors.BODY))
                .isEqualTo(new Verified(Vectors.ID, Vectors.AT, 0));
    }

    @Test
    void looksAtNoMoreThan32Signatures() {
        assertThat(standard(Vectors.SECRET).verify(listing("v0,x ".repeat(31) + GOOD), Vectors.BODY))
                .isInstanceOf(Verified.class);
        assertThat(standard(Vectors.SECRET).verify(listing("v0,x ".repeat(32) + GOOD), Vectors.BODY))
                .isEqualTo(rejected(Reason.MALFORMED));
        assertThat(standard(Vectors.SECRET).verify(listing(" "), Vectors.BODY)).isEqualTo(rejected(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void saysWhichHeadersAbsenceItCannotVerifyWithout(String missing) {
        Map<String, String> headers = new HashMap<>(listing(GOOD));
        headers.remove(missing);

        assertThat(standard(Vectors.SECRET).verify(headers, Vectors.BODY)).isEqualTo(rejected(Reason.MISSING_HEADER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "x", "-1", "+1614265330", "1614265330.0", "1e9", "١٦١٤٢٦٥٣٣٠", "99999999999999999999"})
    void callsATimeThatIsNoWholeSecondsMalformed(String time) {
        Map<String, String> headers = new HashMap<>(listing(GOOD));
        headers.put("webhook-timestamp", time);

        assertThat(standard(Vectors.SECRET).verify(headers, Vectors.BODY)).isEqualTo(rejected(Reason.MALFORMED));
        assertThat(WebhookVerifier.stripe(Vectors.SECRET)
                        .verify(Map.of("Matrix-Signature", "t=" + time + ",v1=00"), Vectors.BODY))
                .isEqualTo(rejected(Reason.MALFORMED));
        assertThat(WebhookVerifier.stripe(Vectors.SECRET).verify(Map.of("Matrix-Signature", "v1=00"), Vectors.BODY))
                .isEqualTo(rejected(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverThrowsForWhatItReceives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<WebhookVerifier> verifiers = List.of(
                standard(Vectors.SECRET, Vectors.PUBLIC_KEY),
                WebhookVerifier.stripe("s").clock(() -> Vectors.AT),
                WebhookVerifier.github("s"));
        for (int i = 0; i < 2_000; i++) {
            Map<String, String> headers = new HashMap<>();
            headers.put("webhook-id", garbage(random));
            headers.put("webhook-timestamp", random.nextInt(4) == 0 ? garbage(random) : "1614265330");
            headers.put("webhook-signature", random.nextBoolean() ? garbage(random) : "v1a," + garbage(random));
            headers.put(
                    "Matrix-Signature", random.nextBoolean() ? garbage(random) : "t=1614265330,v1=" + garbage(random));
            headers.put("X-Hub-Signature-256", "sha256=" + garbage(random));
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);

            for (WebhookVerifier verifier : verifiers) {
                assertThat(verifier.verify(headers, body)).isInstanceOf(Rejected.class);
            }
        }
    }

    /** Base64, so that some of it reaches the Ed25519 code, or any characters with lone surrogates among them. */
    private static String garbage(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 64 : random.nextInt(80)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return random.ints(random.nextInt(60), 0, 0x10000)
                .map(c -> random.nextInt(3) == 0 ? ",= .v1at".charAt(c % 8) : c)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }

    @Test
    void refusesKeysThatItCannotUseWhenItIsMade() {
        assertThatThrownBy(WebhookVerifier::standard).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> WebhookVerifier.standard("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> WebhookVerifier.standard(Vectors.KEY_PAIR)).hasMessageContaining("whpk_");
        assertThatThrownBy(() -> WebhookVerifier.stripe("")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> WebhookVerifier.github("")).isInstanceOf(InvalidRequestException.class);
    }
}
