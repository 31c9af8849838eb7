package dev.matrix.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrenciesTest {

    @Test
    void theStandardOnesAreFourteen() {
        assertThat(Currencies.standard().all())
                .extracting(currency -> currency.code() + ' ' + currency.scale())
                .containsExactly(
                        "AED 2", "AUD 2", "BTC 8", "CAD 2", "CNY 2", "ETH 18", "EUR 2", "GBP 2", "INR 2", "JPY 0",
                        "SAR 2", "SGD 2", "USD 2", "USDT 6");
        assertThat(Currencies.standard().get("USDT").kind()).isEqualTo(Kind.CRYPTO);
    }

    @Test
    void isoHasWhatHasMinorUnits() {
        assertThat(Currencies.iso().all()).containsAll(Currencies.standard().all());
        assertThat(Currencies.iso().get("KWD").scale()).isEqualTo(3);
        assertThat(Currencies.iso().get("CHF").kind()).isEqualTo(Kind.FIAT);
        assertThat(Currencies.iso().find("XAU")).isEmpty();
        assertThat(Currencies.iso().find("XXX")).isEmpty();
        assertThat(Currencies.iso().numericCode("EUR")).hasValue(978);
        assertThat(Currencies.iso().numericCode("BTC")).isEmpty();
    }

    @Test
    void anUnknownCodeIsNamed() {
        assertThatThrownBy(() -> Currencies.standard().get("CHF"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("CHF");
        assertThatThrownBy(() -> Money.of("1", "eur")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void oneCodeIsOneCurrency() {
        Currencies.Builder builder = Currencies.builder().fiat("EUR", 2).fiat("EUR", 2);

        assertThatThrownBy(() -> builder.fiat("EUR", 3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.fiat("MARS", 2).build().numericCode("MARS")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU", "eur", "EU R", "EUR-", "THIRTEENCHARS", "ÀBC"})
    void aCodeHasThreeToTwelveLettersOrDigits(String code) {
        assertThatThrownBy(() -> new Currency(code, 2, Kind.FIAT)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 31})
    void aScaleIsZeroToThirty(int scale) {
        assertThatThrownBy(() -> new Currency("EUR", scale, Kind.FIAT)).isInstanceOf(InvalidRequestException.class);
    }
}
