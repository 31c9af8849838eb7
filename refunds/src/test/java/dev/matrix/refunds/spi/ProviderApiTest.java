package dev.matrix.refunds.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a far side sends, it is told apart what was certainly not sent, what may have arrived, and what was answered. */
class ProviderApiTest {

    private final ProviderApi api =
            ProviderApi.at(URI.create("https://bank.example/api/")).withHeader("Authorization", "Bearer secret-1");

    private static ProviderContext context(ScriptedTransport transport) {
        return ProviderContext.of(transport, ManualClock.at("2026-01-01T00:00:00Z"), new Random(1));
    }

    private ProviderAnswer answered(HttpReply reply) {
        return api.get(context(ScriptedTransport.replying(reply)), "/refunds/1", Map.of());
    }

    @ParameterizedTest
    @Tag("R54")
    @ValueSource(
            strings = {
                "",
                "<html>502 Bad Gateway</html>",
                "[]",
                "\"text\"",
                "12",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1}x",
                "{\"a\"",
                "\u0000"
            })
    void whatIsNoJsonObjectIsNoAnswer(String body) {
        ProviderAnswer answer = answered(ScriptedTransport.reply(200, Map.of(), body));

        assertThat(answer).isInstanceOfSatisfying(ProviderAnswer.Unclear.class, unclear -> {
            assertThat(unclear.result()).isInstanceOf(ProviderResult.Unknown.class);
            assertThat(unclear.lookup()).isInstanceOf(LookupResult.Unavailable.class);
        });
    }

    @Test
    @Tag("R54")
    void aRedirectIsNotFollowed() {
        ScriptedTransport transport = ScriptedTransport.replying(
                ScriptedTransport.reply(302, Map.of("Location", List.of("https://evil.test/")), "{}"));

        assertThat(api.get(context(transport), "/refunds/1", Map.of())).isInstanceOf(ProviderAnswer.Unclear.class);
        assertThat(transport.calls()).hasSize(1);
    }

    @Test
    void anEndlessAnswerIsCutAtOneMebibyteAndIsNoAnswer() {
        HttpReply reply = new HttpReply(
                200,
                Map.of(),
                "{\"status\": \"settled\"}".getBytes(StandardCharsets.UTF_8),
                HttpReply.End.TRUNCATED,
                null,
                HttpReply.Timing.NONE);
        ScriptedTransport transport = ScriptedTransport.replying(reply);

        assertThat(api.get(context(transport), "/refunds/1", Map.of())).isInstanceOf(ProviderAnswer.Unclear.class);
        assertThat(transport.calls().get(0).replyCap()).isEqualTo(1 << 20);
    }

    @Test
    void whatWasNotSentIsNotExecutedAndWhatMayHaveArrivedIsUnknown() {
        ProviderAnswer refused =
                api.get(context(ScriptedTransport.failing(Kind.CONNECT, false)), "/refunds/1", Map.of());
        ProviderAnswer reset = api.get(context(ScriptedTransport.failing(Kind.RESET, true)), "/refunds/1", Map.of());

        assertThat(((ProviderAnswer.NotSent) refused).result())
                .isInstanceOfSatisfying(
                        ProviderResult.NotExecuted.class,
                        not -> assertThat(not.why()).isEqualTo(Attempted.NOT_SENT));
        assertThat(((ProviderAnswer.Unclear) reset).result()).isInstanceOf(ProviderResult.Unknown.class);
        assertThat(refused.toString() + reset + api).doesNotContain("secret-1");
    }

    @Test
    void anAnswerHasItsStatusFieldsAndPause() {
        ProviderAnswer answer = answered(ScriptedTransport.reply(
                429,
                Map.of("retry-after", List.of("0")),
                "{\"a\": {\"b\": \"c\", \"n\": 1.10, \"t\": true, \"x\": null}, \"l\": [{}, 1]}"));

        assertThat(answer).isInstanceOfSatisfying(ProviderAnswer.Answered.class, one -> {
            assertThat(one.isSuccess()).isFalse();
            assertThat(one.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(one.body().text("a", "b")).isEqualTo("c");
            assertThat(one.body().number("a", "n")).hasToString("1.10");
            assertThat(one.body().isTrue("a", "t")).isTrue();
            assertThat(one.body().has("a", "x")).isFalse();
            assertThat(one.body().text("a", "b", "c")).isNull();
            assertThat(one.body().list("l")).hasSize(1);
            assertThat(one.body().texts("l")).isEmpty();
            assertThat(one.toString()).doesNotContain("1.10");
        });
    }

    @Test
    void addressesHeadersAndFormsAreWrittenAsMeant() {
        ScriptedTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(200, Map.of(), "{}"));

        api.postForm(
                context(transport), ProviderApi.path("v1", "refunds"), Map.of("Key", "k"), Map.of("a[b]", "c&d e"));

        HttpCall call = transport.calls().get(0);
        assertThat(call.uri()).hasToString("https://bank.example/api/v1/refunds");
        assertThat(call.headers())
                .containsEntry("Key", List.of("k"))
                .containsEntry("Authorization", List.of("Bearer secret-1"));
        assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo("a%5Bb%5D=c%26d+e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bank.example",
                "ftp://bank.example",
                "https://u:p@bank.example",
                "https://bank.example?k=v",
                "/x",
                "http://localhost.evil.test"
            })
    void onlyHttpsAndThisMachineAreTaken(String address) {
        assertThatThrownBy(() -> ProviderApi.at(URI.create(address))).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a?b", "a#b", "a%2fb", "a b", "ä"})
    void whatIsNoReferenceIsNoPartOfAPath(String part) {
        assertThatThrownBy(() -> ProviderApi.path("v1", part)).isInstanceOf(InvalidRequestException.class);
        assertThat(ProviderApi.isReference(part)).isFalse();
    }
}
