package dev.matrix.core.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, fingerprints and the replies that are kept. */
class IdempotentCallTest {

    private static final Owner ACCOUNT = Owner.user("u_1");
    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());

    private static byte[] fingerprint(String json) {
        return IdempotentCall.of(ACCOUNT, "topUp", "k", JSON.parse(json.getBytes(UTF_8)))
                .fingerprint();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":{\"c\":null,\"d\":[true,false]}} | { \"b\":{\"d\":[true,false],\"c\":null},\"a\":1 }",
                "[1, 100, 0, 0.25] | [1.0, 1e2, 0.000, 25E-2]",
                "\"\\u00e9\\u0041\" | \"éA\"",
                "0 | -0",
            })
    @Tag("H14")
    void theWayAValueIsWrittenDoesNotCount(String one, String other) {
        assertThat(fingerprint(one)).hasSize(32).isEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | \"1\"",
                "9007199254740993 | 9007199254740992",
                "0.1 | 0.10000000000000001",
                "{\"a\":null} | {}",
                "[[1],2] | [[1,2]]",
                "[\"a\",\"b\"] | [\"ab\"]",
                "[1,2] | [2,1]",
                "true | false",
                "null | false",
                "{} | []",
                "{\"a\":\"b\"} | [\"a\",\"b\"]",
            })
    @Tag("H14")
    void whatDiffersInValueDiffers(String one, String other) {
        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "tab\t", "ümlaut", "line\n"})
    @Tag("C14")
    void aKeyIsVisibleAsciiAndTheMessageDoesNotRepeatIt(String key) {
        assertThat(IdempotentCall.isKey(key)).isFalse();
        assertThatThrownBy(() -> new IdempotentCall(ACCOUNT, "topUp", key, new byte[32]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("An idempotency key has 1 to 255 visible ASCII characters.");
    }

    @Test
    @Tag("H14")
    void aKeyHas255CharactersAtMost() {
        assertThat(IdempotentCall.isKey("k".repeat(255))).isTrue();
        assertThat(IdempotentCall.isKey("k".repeat(256))).isFalse();
    }

    @Test
    void operationsAndFingerprintsHaveTheirForms() {
        assertThatThrownBy(() -> new IdempotentCall(ACCOUNT, "top up", "k", new byte[32]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'top up'");
        assertThatThrownBy(() -> new IdempotentCall(ACCOUNT, "topUp", "k", new byte[31]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    @Tag("H15")
    void whatFailedIsNeverKept() {
        assertThat(StoredReply.of(204, new byte[0]).status()).isEqualTo(204);
        assertThatThrownBy(() -> StoredReply.of(400, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReplyIsBoundedAndItsHeadersHaveOneLine() {
        assertThat(StoredReply.of(200, new byte[StoredReply.LARGEST_BODY]).headers())
                .isEmpty();
        assertThatThrownBy(() -> StoredReply.of(200, new byte[StoredReply.LARGEST_BODY + 1]))
                .hasMessageContaining("1048576 bytes");
        assertThatThrownBy(() -> new StoredReply(200, Map.of("A", "1\nB: 2"), new byte[0], ""))
                .hasMessageContaining("one line");
    }

    @Test
    void aRepliesTextFormShowsNoValue() {
        StoredReply reply = new StoredReply(201, Map.of("Location", "/v1/x"), "secret".getBytes(UTF_8), "");

        assertThat(reply).hasToString("StoredReply[201, [Location], 6 bytes]");
    }
}
