package dev.matrix.core.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.Sample.Figure;
import dev.matrix.core.json.Sample.Mood;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRefusalsTest {

    private final JsonCodec codec = JsonCodec.of(Currencies.standard());

    /** Every component may be missing, so that each case shows one fault alone. */
    record Form(
            @Nullable String text,
            @Nullable Boolean flag,
            @Nullable Integer count,
            @Nullable Long big,
            @Nullable Double ratio,
            @Nullable BigInteger huge,
            @Nullable BigDecimal decimal,
            @Nullable Money money,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Nullable YearMonth month,
            @Nullable Duration length,
            @Nullable ZoneId zone,
            @Nullable URI uri,
            byte @Nullable [] bytes,
            @Nullable Mood mood,
            @Nullable Owner owner,
            @Nullable List<Integer> list,
            @Nullable Set<String> set,
            @Nullable Map<String, Integer> map,
            @Nullable Figure figure,
            @Nullable Required required,
            @Nullable Json any) {}

    record Required(String name) {}

    @ParameterizedTest
    @Tag("H5")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":5}|/text",
                "{\"flag\":\"true\"}|/flag",
                "{\"count\":\"5\"}|/count",
                "{\"count\":1.5}|/count",
                "{\"count\":2147483648}|/count",
                "{\"big\":9007199254740992}|/big",
                "{\"big\":-9007199254740992}|/big",
                "{\"big\":1e400}|/big",
                "{\"ratio\":1e309}|/ratio",
                "{\"ratio\":\"NaN\"}|/ratio",
                "{\"huge\":5}|/huge",
                "{\"huge\":\"+5\"}|/huge",
                "{\"decimal\":1.5}|/decimal",
                "{\"decimal\":\"1e5\"}|/decimal",
                "{\"decimal\":\"123456789012345678901234567890123456789\"}|/decimal",
                "{\"decimal\":\"1e999999999\"}|/decimal",
                "{\"at\":\"2026-11-22T10:15:30\"}|/at",
                "{\"at\":\"2026-02-30T10:15:30Z\"}|/at",
                "{\"at\":\"2026-11-22T24:00:00Z\"}|/at",
                "{\"day\":\"2026-02-30\"}|/day",
                "{\"day\":\"+12026-02-03\"}|/day",
                "{\"month\":\"2026-13\"}|/month",
                "{\"length\":\"5 min\"}|/length",
                "{\"zone\":\"Mars/Base\"}|/zone",
                "{\"uri\":\"http://a b\"}|/uri",
                "{\"bytes\":\"a-_b\"}|/bytes",
                "{\"mood\":\"Good\"}|/mood",
                "{\"list\":{}}|/list",
                "{\"list\":[1,\"2\"]}|/list/1",
                "{\"list\":[1,null]}|/list/1",
                "{\"set\":[\"a\",\"a\"]}|/set",
                "{\"map\":[]}|/map",
                "{\"map\":{\"a/b~c\":\"x\"}}|/map/a~1b~0c",
                "{\"figure\":{}}|/figure/type",
                "{\"figure\":{\"type\":\"triangle\"}}|/figure/type",
                "{\"figure\":\"point\"}|/figure",
                "{\"figure\":{\"type\":\"box2_d\",\"width\":1,\"inside\":[{\"type\":\"round_thing\"}]}}|/figure/inside/0/radius",
                "{\"required\":{}}|/required/name",
                "{\"required\":{\"name\":null}}|/required/name",
                "{\"required\":[]}|/required",
                "{\"ownerType\":\"user\"}|``",
                "{\"ownerType\":\"user\",\"ownerId\":\" \"}|/ownerId",
                "{\"ownerType\":\"robot\",\"ownerId\":\"u\"}|/ownerType",
                "[]|``",
                "5|``"
            })
    void namesThePlaceAndWhatWasExpectedThere(String json, String pointer) {
        refused(json, pointer);
    }

    @ParameterizedTest
    @Tag("M9")
    @Tag("MT2")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"amount\":12.34,\"currency\":\"EUR\"}|/money/amount",
                "{\"amount\":\"1e5\",\"currency\":\"EUR\"}|/money/amount",
                "{\"amount\":\"+1\",\"currency\":\"EUR\"}|/money/amount",
                "{\"amount\":\" 1\",\"currency\":\"EUR\"}|/money/amount",
                "{\"amount\":\"12.345\",\"currency\":\"EUR\"}|/money/amount",
                "{\"currency\":\"EUR\"}|/money/amount",
                "{\"amount\":\"1\"}|/money/currency",
                "{\"amount\":\"1\",\"currency\":\"eur\"}|/money/currency",
                "{\"amount\":\"1\",\"currency\":5}|/money/currency",
                "\"12.34 EUR\"|/money"
            })
    void moneyIsReadFromTextAlone(String money, String pointer) {
        refused("{\"money\":" + money + "}", pointer);
    }

    @ParameterizedTest
    @Tag("H3")
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"any\":{\"a\":1,\"a\":2}}",
                "{\"unknown\":[{\"a\":1,\"a\":2}]}",
                "{} {}",
                "{}]",
                "NaN",
                "{\"ratio\":NaN}",
                "{\"ratio\":+1}",
                "{\"ratio\":01}",
                "{'a':1}",
                "{\"a\":1,}",
                "{} // no",
                "\uFEFF{}",
                "{\"any\":1e999999999}",
                "{\"any\":1e-999999999}",
                "{\"any\":1e99999999999999999999}",
                "{\"text\":\"\\ud800\"}",
                "{\"text\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"text\":\"a\nb\"}"
            })
    void readsStrictJsonOnly(String json) {
        assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), Form.class))
                .isInstanceOf(InvalidJsonException.class);
    }

    @Test
    @Tag("H3")
    void limitsDepthNamesAndNumbers() {
        assertThat(codec.parse(nested(64).getBytes(UTF_8))).isInstanceOf(JsonArray.class);
        refusedTree(nested(65));
        refusedTree(nested(100_000));
        assertThat(codec.parse(named("n".repeat(256)).getBytes(UTF_8))).isInstanceOf(JsonObject.class);
        refusedTree(named("n".repeat(257)));
        refusedTree(named("é".repeat(257)));
        assertThat(codec.parse("9".repeat(128).getBytes(UTF_8))).isInstanceOf(JsonNumber.class);
        refusedTree("9".repeat(129));
        refusedTree("0." + "9".repeat(127));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> codec.parse("{}".getBytes(UTF_16LE))).isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(() -> codec.parse(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(() -> codec.parse(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isInstanceOf(InvalidJsonException.class);
    }

    @Test
    @Tag("H7")
    void neverRepeatsWhatWasReceived() {
        for (String json : List.of(
                "{\"at\":\"s3cret\"}",
                "{\"mood\":\"s3cret\"}",
                "{\"text\":s3cret}",
                "{\"money\":{\"amount\":\"s3cret\"," + "\"currency\":\"EUR\"}}",
                "{\"zone\":\"s3cret\"}",
                "{\"uri\":\"s3cret ^\"}")) {
            assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), Form.class))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("s3cret");
        }
    }

    record Figures(double value, @Nullable BigDecimal decimal) {}

    @Test
    void refusesToWriteWhatCouldNotBeRead() {
        unwritable(new Figures(Double.NaN, null), "/value");
        unwritable(new Figures(Double.NEGATIVE_INFINITY, null), "/value");
        unwritable(new Figures(1, new BigDecimal("1E+38")), "/decimal");
        unwritable(new Figures(1, new BigDecimal("1E+999999999")), "/decimal");
        unwritable(new Figures(1, new BigDecimal("1E-38")), "/decimal");
        unwritable(new Far(9_007_199_254_740_992L, Instant.EPOCH), "/big");
        unwritable(new Far(1, Instant.MAX), "/at");
        unwritable(new Dates(LocalDate.of(10_000, 1, 1), null, null), "/day");
        unwritable(new Dates(null, YearMonth.of(-1, 1), null), "/month");
        unwritable(new Dates(null, null, BigInteger.TEN.pow(128)), "/huge");
        unwritable(new JsonString("\ud800"), "");
        unwritable(new Required("\udc00x"), "/name");
        unwritable(new JsonObject(Map.of("n".repeat(257), new JsonString(""))), "");
        unwritable(deep(65), "/0".repeat(64));
        unwritable(new Required(nothing()), "/name");
        assertThatThrownBy(() -> new JsonNumber(new BigDecimal("1E+1001"))).isInstanceOf(InvalidRequestException.class);
    }

    record Priced(Money price) {}

    @Test
    void refusesToWriteMoneyThatCouldNotBeRead() {
        Money largest = Money.of("9".repeat(40) + ".99", "EUR");
        unwritable(new Priced(largest.plus(Money.of("0.01", "EUR"))), "/price");
        unwritable(new Priced(largest.plus(Money.of("0.01", "EUR")).negated()), "/price");
        assertThat(codec.decode(codec.encode(new Priced(largest)), Priced.class))
                .isEqualTo(new Priced(largest));
    }

    record Far(long big, Instant at) {}

    record Dates(
            @Nullable LocalDate day,
            @Nullable YearMonth month,
            @Nullable BigInteger huge) {}

    record Unknown(Optional<String> maybe) {}

    record Nested(List<Thread> threads) {}

    record Keyed(Map<Integer, String> map) {}

    record Unsorted(Set<Json> set) {}

    record Generic<T>(T value) {}

    record Typed(@Nullable Generic<String> generic) {}

    sealed interface Twice {
        record First(String type) implements Twice {}
    }

    @Test
    @Tag("H5")
    void namesTheComponentOutsideOfTheVocabulary() {
        outside(new Unknown(Optional.empty()), "Unknown.maybe");
        outside(new Nested(List.of()), "Nested.threads");
        outside(new Keyed(Map.of()), "Keyed.map");
        outside(new Unsorted(Set.of()), "Unsorted.set");
        outside(new Generic<>("x"), "Generic");
        outside(new Typed(null), "Typed.generic");
        outside(new Object(), "java.lang.Object");
        assertThatThrownBy(() -> codec.decode(new byte[] {'{', '}'}, Twice.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("First");
        assertThatThrownBy(() -> codec.decode(new byte[] {'{', '}'}, JsonObject.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void refused(String json, String pointer) {
        assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), Form.class))
                .isInstanceOfSatisfying(InvalidJsonException.class, e -> {
                    assertThat(e.pointer()).isEqualTo(pointer);
                    assertThat(e)
                            .hasMessage("JSON at " + (pointer.isEmpty() ? "the root" : pointer) + ": expected "
                                    + e.expected() + ".");
                });
    }

    private void refusedTree(String json) {
        assertThatThrownBy(() -> codec.parse(json.getBytes(UTF_8))).isInstanceOf(InvalidJsonException.class);
    }

    private void unwritable(Object value, String pointer) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOfSatisfying(
                        InvalidJsonException.class, e -> assertThat(e.pointer()).isEqualTo(pointer));
    }

    private void outside(Object value, String named) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("vocabulary");
    }

    private static Json deep(int depth) {
        return depth == 0 ? new JsonString("") : new JsonArray(List.of(deep(depth - 1)));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String named(String name) {
        return "{\"" + name + "\":1}";
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
