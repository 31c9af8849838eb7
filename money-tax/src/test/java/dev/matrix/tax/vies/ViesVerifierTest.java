package dev.matrix.tax.vies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.TransportException;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdAnswer.Invalid;
import dev.matrix.tax.spi.TaxIdAnswer.Malformed;
import dev.matrix.tax.spi.TaxIdAnswer.Unavailable;
import dev.matrix.tax.spi.TaxIdAnswer.Valid;
import dev.matrix.testkit.ScriptedTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I2")
class ViesVerifierTest {

    private static final TaxId ID = TaxId.parse("GR093141591");
    private static final TaxId SELLER = TaxId.parse("DE136695976");

    private final ViesVerifier vies = ViesVerifier.create();

    private TaxIdAnswer answer(int status, String body) {
        return answer(ScriptedTransport.reply(status, Map.of(), body));
    }

    private TaxIdAnswer answer(HttpReply reply) {
        return vies.verify(ID, null, ScriptedTransport.replying(reply));
    }

    private HttpCall call(ViesVerifier verifier, @Nullable TaxId requester) {
        ScriptedTransport transport = ScriptedTransport.replying(ScriptedTransport.reply(500));
        verifier.verify(ID, requester, transport);
        return transport.calls().get(0);
    }

    private static String body(HttpCall call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    @Test
    void itPostsBothIdsInTwoPartsEach() {
        HttpCall call = call(vies, SELLER);

        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).hasToString("https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number");
        assertThat(call.headers().get("content-type")).containsExactly("application/json");
        assertThat(body(call))
                .isEqualTo("{\"countryCode\":\"EL\",\"vatNumber\":\"093141591\","
                        + "\"requesterMemberStateCode\":\"DE\",\"requesterNumber\":\"136695976\"}");
    }

    @Test
    void aRequesterFromOutsideTheUnionIsLeftOut() {
        String expected = "{\"countryCode\":\"EL\",\"vatNumber\":\"093141591\"}";

        assertThat(body(call(vies, TaxId.parse("CHE314159269")))).isEqualTo(expected);
        assertThat(body(call(vies, null))).isEqualTo(expected);
    }

    @Test
    void addressAndTimeoutAreOptions() {
        HttpCall call = call(vies.at(URI.create("https://vies.example/check")).timeout(Duration.ofSeconds(3)), null);

        assertThat(call.uri()).hasToString("https://vies.example/check");
        assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(() -> vies.at(URI.create("http://vies.example/check")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void itsOwnAnswersDecide() {
        assertThat(answer(200, """
                {"countryCode":"EL","vatNumber":"093141591","requestDate":"2026-01-01T10:00:00.000Z","valid":true,
                 "requestIdentifier":"WAPIAAAAXYZ1234","name":"---","address":"---","traderName":"---"}""")).isEqualTo(new Valid("WAPIAAAAXYZ1234"));
        assertThat(answer(200, "{\"valid\":true,\"requestIdentifier\":\"\"}")).isEqualTo(new Valid(null));
        assertThat(answer(200, "{\"valid\":false,\"requestIdentifier\":\"W1\",\"userError\":\"INVALID\"}"))
                .isEqualTo(new Invalid("W1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MS_UNAVAILABLE",
                "MS_MAX_CONCURRENT_REQ",
                "GLOBAL_MAX_CONCURRENT_REQ",
                "SERVICE_UNAVAILABLE",
                "TIMEOUT",
                "VAT_BLOCKED",
                "IP_BLOCKED",
                "INVALID_REQUESTER_INFO",
                "SOMETHING_NEW"
            })
    void errorsAreNoAnswersWhateverTheStatus(String code) {
        String wrapped = "{\"actionSucceed\":false,\"errorWrappers\":[{\"error\":\"" + code + "\"}]}";

        assertThat(answer(200, wrapped)).isEqualTo(new Unavailable(code));
        assertThat(answer(400, wrapped)).isEqualTo(new Unavailable(code));
        assertThat(answer(500, wrapped)).isEqualTo(new Unavailable(code));
        assertThat(answer(200, "{\"valid\":false,\"userError\":\"" + code + "\"}"))
                .isEqualTo(new Unavailable(code));
    }

    @Test
    void itMayCallTheInputMalformed() {
        String error = "{\"actionSucceed\":false,\"errorWrappers\":[{\"error\":\"INVALID_INPUT\"}]}";

        assertThat(answer(400, error)).isEqualTo(new Malformed());
        assertThat(answer(200, "{\"valid\":false,\"userError\":\"INVALID_INPUT\"}"))
                .isEqualTo(new Malformed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500||HTTP 500",
                "503|<html>|HTTP 503",
                "429||HTTP 429",
                "302|{\"valid\":false}|HTTP 302",
                "404|{\"valid\":false}|HTTP 404",
                "200|<html>|unreadable reply",
                "200|[]|unreadable reply",
                "200|{}|unreadable reply",
                "200|{\"valid\":\"false\"}|unreadable reply",
                "200|{\"actionSucceed\":false}|unnamed error"
            })
    void whatIsNoAnswerIsUnavailable(int status, @Nullable String body, String why) {
        assertThat(answer(status, body == null ? "" : body)).isEqualTo(new Unavailable(why));
    }

    @Test
    void aCutReplyIsUnavailable() {
        byte[] body = "{\"valid\":false}".getBytes(StandardCharsets.UTF_8);

        for (HttpReply.End end : new HttpReply.End[] {HttpReply.End.FAILED, HttpReply.End.TRUNCATED}) {
            assertThat(answer(new HttpReply(200, Map.of(), body, end, null, HttpReply.Timing.NONE)))
                    .isEqualTo(new Unavailable("unreadable reply"));
        }
    }

    @ParameterizedTest
    @EnumSource(TransportException.Kind.class)
    void aConnectionThatFailsIsUnavailable(TransportException.Kind kind) {
        assertThat(vies.verify(ID, null, ScriptedTransport.failing(kind, true)))
                .isEqualTo(new Unavailable(kind.name()));
    }
}
