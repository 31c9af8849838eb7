package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.matrix.webhooks.signing.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the Java library of those who wrote Standard Webhooks. It reads the system's clock, so these tests do too. */
@Tag("W9")
class StandardWebhooksOracleTest {

    private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);

    static Stream<String> bodies() {
        return Stream.concat(
                Stream.of("", "{}", "{\"name\":\"Zoë 💶\"}", "{\"line\":\"a\u2028b\"}", "100 %s %d %n \\ \0"),
                IntStream.range(0, 50).mapToObj(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    return random.ints(random.nextInt(2_000), 0, 0x11_0000)
                            .filter(c -> !(c >= 0xD800 && c < 0xE000))
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString();
                }));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    @Tag("C5")
    void whatWeSignItVerifies(String body) throws Exception {
        SharedSecret secret = SharedSecret.generate(new SplittableRandom(body.length()));
        Map<String, String> headers = sign(secret, now, body);
        Webhook oracle = new Webhook(secret.text());

        assertThat(headers).containsEntry("webhook-signature", oracle.sign(Vectors.ID, now.getEpochSecond(), body));
        Map<String, List<String>> received = new HashMap<>();
        headers.forEach((name, value) -> received.put(name, List.of(value)));
        assertThatCode(() -> oracle.verify(body, received)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    @Tag("W13")
    void whatItSignsWeVerify(String body) throws Exception {
        SharedSecret secret = SharedSecret.generate(new SplittableRandom(body.length()));
        Map<String, String> headers = Map.of(
                "webhook-id", Vectors.ID,
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", new Webhook(secret.text()).sign(Vectors.ID, now.getEpochSecond(), body));

        assertThat(WebhookVerifier.standard(secret.text()).verify(headers, body.getBytes(UTF_8)))
                .isEqualTo(new Verified(Vectors.ID, now, 0));
    }

    @Test
    @Tag("C5")
    void aSecondAttemptAnHourLaterVerifiesAtItsOwnTime() throws Exception {
        SharedSecret secret = SharedSecret.generate(new SplittableRandom(1));
        String body = "{\"name\":\"Zoë 💶\",\"line\":\"a\u2028b\"}";
        Instant later = now.plus(Duration.ofHours(1));
        Map<String, String> second = sign(secret, later, body);

        assertThat(second).containsEntry("webhook-id", sign(secret, now, body).get("webhook-id"));
        assertThat(second)
                .containsEntry(
                        "webhook-signature", new Webhook(secret.text()).sign(Vectors.ID, later.getEpochSecond(), body));
        WebhookVerifier verifier = WebhookVerifier.standard(secret.text());
        assertThat(verifier.clock(() -> later).verify(second, body.getBytes(UTF_8)))
                .isEqualTo(new Verified(Vectors.ID, later, 0));
        assertThat(verifier.clock(() -> now).verify(second, body.getBytes(UTF_8)))
                .isEqualTo(new Verification.Rejected(Verification.Reason.TOO_NEW));
    }

    private static Map<String, String> sign(SharedSecret secret, Instant at, String body) {
        return new Signatures(List.of(SignatureScheme.STANDARD_V1), List.of(secret), "Matrix-Signature")
                .headers(Vectors.ID, at, body.getBytes(UTF_8));
    }
}
