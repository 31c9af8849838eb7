package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The body as filters see it. */
@Tag("W3")
class FilterViewTest {

    private record Invoice(String note, Money total, List<Money> parts) {}

    private static String view(String body) {
        return new String(FilterView.of(body.getBytes(UTF_8)), UTF_8);
    }

    @Test
    @Tag("C30")
    void moneyAlsoShowsItsValue() {
        JsonCodec codec = JsonCodec.of(Currencies.standard());
        byte[] body = codec.encode(new Invoice(
                "{\"amount\":\"1\",\"currency\":\"EUR\"}",
                Money.of("120.00", "EUR"),
                List.of(Money.of("-0.50", "USD"), Money.of("7", "JPY"))));

        assertThat(new String(FilterView.of(body), UTF_8))
                .isEqualTo("{\"note\":\"{\\\"amount\\\":\\\"1\\\",\\\"currency\\\":\\\"EUR\\\"}\","
                        + "\"total\":{\"amount\":\"120.00\",\"currency\":\"EUR\",\"value\":120.00},"
                        + "\"parts\":[{\"amount\":\"-0.50\",\"currency\":\"USD\",\"value\":-0.50},"
                        + "{\"amount\":\"7\",\"currency\":\"JPY\",\"value\":7}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'m':{'amount':'abc','currency':'EUR'}}",
                "{'m':{'amount':'','currency':'EUR'}}",
                "{'m':{'amount':'-','currency':'EUR'}}",
                "{'m':{'amount':'01','currency':'EUR'}}",
                "{'m':{'amount':'1.','currency':'EUR'}}",
                "{'m':{'amount':'.5','currency':'EUR'}}",
                "{'m':{'amount':'1e5','currency':'EUR'}}",
                "{'m':{'amount':'1','currency':'EUR','more':1}}",
                "{'m':{'amount':'1'}}",
                "{'s':'{\\'amount\\':\\'1\\',\\'currency\\':\\'EUR\\'}'}",
                "{'s':'a.b\\\\','t':[1,-2.5,true,null,'.']}",
                "{'n':[123456789012345,9007199254740992,0.1234567890123450000]}"
            })
    void allElseStaysAsItIs(String body) {
        String json = body.replace('\'', '"');
        assertThat(view(json)).isEqualTo(json);
    }

    @Test
    void aNumberThatNoDoubleHoldsBecomesTheNearest() {
        assertThat(view("{\"n\":[1.234567890123456789,12345678901234567890,-0.1000000000000000001]}"))
                .isEqualTo("{\"n\":[1.2345678901234567,1.2345678901234567E19,-0.1]}");
        assertThat(view("{\"m\":{\"amount\":\"1.000000000000000001\",\"currency\":\"ETH\"}}"))
                .isEqualTo("{\"m\":{\"amount\":\"1.000000000000000001\",\"currency\":\"ETH\",\"value\":1.0}}");
    }

    @Test
    void aDottedNameIsNoPath() {
        assertThat(view("{\"a.b\":{\"c.d.\":\"e.f\"}}")).isEqualTo("{\"a\uE000b\":{\"c\uE000d\uE000\":\"e.f\"}}");
    }

    @Test
    void theViewMayBeThreeTimesAsLongAsTheBody() {
        assertThat(view("{\"" + ".".repeat(200) + "\":1}")).isEqualTo("{\"" + "\uE000".repeat(200) + "\":1}");
    }
}
