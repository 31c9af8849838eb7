package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W12")
class CustomHeadersTest {

    private static final Endpoint ENDPOINT = Endpoint.to(URI.create("https://example.com/hook"));

    @ParameterizedTest
    @ValueSource(strings = {"X-Api-Key", "Authorization", "x_tenant", "Cookie", "Webhook", "Contents"})
    void takesAnyOtherHeader(String name) {
        assertThat(ENDPOINT.header(name, "tok~en 1\t").headers()).containsEntry(name, "tok~en 1\t");
    }

    @ParameterizedTest
    @Tag("C7")
    @ValueSource(
            strings = {
                "Webhook-Id",
                "webhook-anything",
                "WEBHOOK-SIGNATURE",
                "Matrix-Signature",
                "x-hub-signature-256",
                "HOST",
                "Content-Type",
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "TE",
                "Trailer",
                "Upgrade",
                "Expect",
                "Accept-Encoding",
                "User-Agent"
            })
    void refusesAHeaderThatMatrixOrHttpSetsInAnyCase(String name) {
        assertThatThrownBy(() -> ENDPOINT.header(name, "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @Tag("C7")
    @ValueSource(strings = {"", " ", "a b", "a:b", ":path", "a\r\nb", "ä", "\u212aey", "a\0"})
    void refusesWhatIsNoHeaderName(String name) {
        assertThatThrownBy(() -> ENDPOINT.header(name, "x"))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .matches("[\\x20-\\x7e]*");
    }

    @ParameterizedTest
    @Tag("C7")
    @ValueSource(strings = {"hush\r\nX-Evil: 1", "hush\r", "hush\n", "hush\0", "hushé", "hush\u2028", "hush\u007f"})
    void refusesAValueThatWouldBreakTheHeaderWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> ENDPOINT.header("X-Token", value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("X-Token")
                .hasMessageNotContaining("hush");
    }

    @Test
    void takesTwentyHeadersOf4KiBInAll() {
        Map<String, String> twenty = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            twenty.put("h" + (char) ('a' + i), "");
        }
        twenty.put("ha", "v".repeat(4096 - 40));
        assertThatCode(() -> CustomHeaders.check(twenty)).doesNotThrowAnyException();

        Map<String, String> larger = new TreeMap<>(twenty);
        larger.put("hb", "v");
        assertThatThrownBy(() -> CustomHeaders.check(larger)).hasMessageContaining("4097");

        Map<String, String> more = new TreeMap<>(twenty);
        more.put("ha", "");
        more.put("hz", "");
        assertThatThrownBy(() -> CustomHeaders.check(more)).hasMessageContaining("21");
    }

    @Test
    void sparesASignatureHeaderThatTheHostNamed() {
        Map<String, String> headers = Map.of("acme-signature", "forged");

        assertThatThrownBy(() -> CustomHeaders.checkSpares("Acme-Signature", headers))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("acme-signature");
        assertThatCode(() -> CustomHeaders.checkSpares("Other-Signature", headers))
                .doesNotThrowAnyException();
    }
}
