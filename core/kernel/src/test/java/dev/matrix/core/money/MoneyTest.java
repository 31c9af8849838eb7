package dev.matrix.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency.Kind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final Currency ETH = Currencies.standard().get("ETH");
    private static final Currency JPY = Currencies.standard().get("JPY");
    private static final BigInteger BEYOND_LONG = BigInteger.ONE.shiftLeft(63);

    @Test
    @Tag("MT1")
    @Tag("M2")
    void tenEtherAreExactToTheWei() {
        Money ten = Money.of("10", "ETH");

        assertThat(ten.minorUnits()).isEqualTo("10000000000000000000");
        assertThat(ten.plus(Money.ofMinor(1, ETH))).hasToString("10.000000000000000001 ETH");
        assertThat(ten.plus(Money.ofMinor(1, ETH)).minus(ten)).isEqualTo(Money.ofMinor(1, ETH));
    }

    @Test
    @Tag("MT1")
    @Tag("M1")
    void noDigitIsLostWithoutARounding() {
        assertThatThrownBy(() -> Money.of("0.5", "JPY"))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("0.5")
                .hasMessageContaining("JPY");
        assertThat(Money.ofRounded(new BigDecimal("0.5"), JPY, RoundingMode.HALF_UP))
                .isEqualTo(Money.of("1", "JPY"));
        assertThat(Money.of("12.3400000", "EUR").amount()).isEqualTo(new BigDecimal("12.34"));
        assertThat(Money.of("12", "EUR").amount()).isEqualTo(new BigDecimal("12.00"));
    }

    @Test
    @Tag("M1")
    void unnecessaryRoundingNamesWhatWouldBeLost() {
        Money cent = Money.of("0.01", "EUR");

        assertThatThrownBy(() -> cent.times(new BigDecimal("0.5"), RoundingMode.UNNECESSARY))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("EUR");
        assertThatThrownBy(() -> cent.dividedBy(new BigDecimal("-2"), RoundingMode.UNNECESSARY))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("0.01 EUR / -2");
        assertThatThrownBy(() -> cent.roundedTo(new BigDecimal("0.05"), RoundingMode.UNNECESSARY))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("0.01 EUR in steps of 0.05");
        assertThatThrownBy(() -> cent.roundedTo(new BigDecimal("0.001"), RoundingMode.HALF_UP))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("MT1")
    @Tag("M4")
    void currenciesNeverMix() {
        Money dollar = Money.of("1", "USD");
        Money euro = Money.of("1", "EUR");

        Stream.<Runnable>of(
                        () -> dollar.plus(euro),
                        () -> dollar.minus(euro),
                        () -> dollar.compareTo(euro),
                        () -> dollar.min(euro),
                        () -> dollar.max(euro),
                        () -> dollar.ratioTo(euro, MathContext.DECIMAL64))
                .forEach(mixed -> assertThatThrownBy(mixed::run)
                        .isInstanceOf(CurrencyMismatchException.class)
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("USD")
                        .hasMessageContaining("EUR"));
    }

    @Test
    @Tag("M4")
    void sameCodeWithOtherDecimalsIsAnotherCurrency() {
        Money milli = Money.of("1", new Currency("EUR", 3, Kind.FIAT));

        assertThat(milli).isNotEqualTo(Money.of("1", "EUR"));
        assertThatThrownBy(() -> milli.plus(Money.of("1", EUR)))
                .hasMessageContaining("3 decimals")
                .hasMessageContaining("2 decimals");
    }

    @Test
    @Tag("MT2")
    @Tag("M3")
    void writtenDecimalsDontMatterToEquality() {
        assertThat(Money.of("1.1", "USD"))
                .isEqualTo(Money.of("1.10", "USD"))
                .hasSameHashCodeAs(Money.of("1.10", "USD"))
                .isEqualByComparingTo(Money.ofMinor(110, Currencies.iso().get("USD")))
                .isNotEqualTo(Money.of("1.11", "USD"));
        assertThat(Money.of("-0.00", "EUR")).isEqualTo(Money.zero(EUR)).hasToString("0.00 EUR");
        assertThat(Money.zero(EUR).negated().signum()).isZero();
    }

    @Test
    @Tag("M2")
    void bothFormsAreOneValue() {
        Money largest = Money.ofMinor(Long.MAX_VALUE, ETH);
        Money beyond = largest.plus(Money.ofMinor(1, ETH));
        Money back = beyond.minus(Money.ofMinor(1, ETH));

        assertThat(beyond.minorUnits()).isEqualTo(BEYOND_LONG);
        assertThat(beyond)
                .isEqualTo(Money.ofMinor(BEYOND_LONG, ETH))
                .hasSameHashCodeAs(Money.ofMinor(BEYOND_LONG, ETH));
        assertThat(back).isEqualTo(largest).hasSameHashCodeAs(largest);
        assertThat(beyond).isGreaterThan(largest).isNotEqualTo(Money.zero(ETH));
        assertThat(beyond.isZero()).isFalse();
        assertThat(Money.ofMinor(Long.MIN_VALUE, ETH).negated()).isEqualTo(beyond);
        assertThat(Money.ofMinor(Long.MIN_VALUE, ETH).abs()).isEqualTo(beyond);
        assertThatThrownBy(beyond::minorUnitsExact).isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("M2")
    void noSignatureHasAFloatingPoint() {
        assertThat(Stream.of(Money.class, PreciseMoney.class, MoneyFormat.class, AppliedRate.class, Decimals.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                        .flatMap(MoneyTest::types))
                .isNotEmpty()
                .doesNotContain(double.class, float.class, Double.class, Float.class);
    }

    private static Stream<Class<?>> types(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()));
    }

    @ParameterizedTest
    @Tag("MT2")
    @Tag("M5")
    @ValueSource(
            strings = {
                "", "-", ".", "1.", ".5", "-.5", "1e5", "1E5", "+1", " 1", "1 ", "1,5", "1.2.3", "--1", "1-", "0x1",
                "NaN", "\u0661", "1_0"
            })
    void textOfAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> Money.of(text, EUR)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> PreciseMoney.of(text, EUR)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Money.parse(text + " EUR")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("M5")
    void textHasAtMostFortyDigitsAndSixtyDecimals() {
        String digits = "9".repeat(40);
        String zeros = "0".repeat(60);

        assertThat(Money.of(digits + "." + zeros, EUR)).hasToString(digits + ".00 EUR");
        assertThatThrownBy(() -> Money.of("1" + digits, EUR)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Money.of("1.0" + zeros, EUR)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @Tag("M3")
    @ValueSource(
            strings = {
                "0.00 EUR",
                "-0.01 EUR",
                "12.34 USD",
                "5 JPY",
                "10.000000000000000001 ETH",
                "92233720368547758.08 EUR",
                "-92233720368547758.08 EUR",
                "1.000 KWD"
            })
    void parseReadsWhatToStringPrints(String text) {
        assertThat(Money.parse(text)).hasToString(text);
    }

    @Test
    @Tag("M3")
    void parseKnowsTheCodesOfItsRegistry() {
        Currencies own = Currencies.builder().crypto("GPUHOUR", 3).build();

        assertThat(Money.parse("1.5 GPUHOUR", own)).hasToString("1.500 GPUHOUR");
        assertThatThrownBy(() -> Money.parse("1.5 GPUHOUR")).hasMessageContaining("GPUHOUR");
        assertThatThrownBy(() -> Money.parse("1.5EUR")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Money.parse("1.5  EUR")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("MT2")
    void cashRoundsToItsSmallestCoin() {
        BigDecimal coin = new BigDecimal("0.05");

        assertThat(Money.of("12.33", "CHF").roundedTo(coin, RoundingMode.HALF_UP))
                .isEqualTo(Money.of("12.35", "CHF"));
        assertThat(Money.of("-12.32", "CHF").roundedTo(coin, RoundingMode.HALF_UP))
                .isEqualTo(Money.of("-12.30", "CHF"));
        assertThatThrownBy(() -> Money.of("1", "CHF").roundedTo(BigDecimal.ZERO, RoundingMode.UP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamIsSummedInItsCurrency() {
        assertThat(Stream.of("0.10", "0.20", "-0.05")
                        .map(amount -> Money.of(amount, EUR))
                        .collect(Money.summing(EUR)))
                .isEqualTo(Money.of("0.25", EUR));
        assertThat(Stream.<Money>empty().collect(Money.summing(EUR))).isEqualTo(Money.zero(EUR));
    }

    @Test
    void amountsAreComparedAndRelated() {
        Money two = Money.of("2", EUR);
        Money three = Money.of("3", EUR);

        assertThat(two.min(three)).isSameAs(two);
        assertThat(two.max(three)).isSameAs(three);
        assertThat(three.min(two)).isSameAs(two);
        assertThat(two.ratioTo(three, new MathContext(3))).isEqualByComparingTo("0.667");
        assertThatThrownBy(() -> two.ratioTo(Money.zero(EUR), MathContext.DECIMAL64))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> two.dividedBy(BigDecimal.ZERO, RoundingMode.UP))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("M1")
    void preciseAmountsRoundWhenAsked() {
        PreciseMoney token = PreciseMoney.of("0.0000025", "USD");
        PreciseMoney used = token.times(BigDecimal.valueOf(1_234_567));

        assertThat(used).hasToString("3.0864175 USD");
        assertThat(used.rounded(RoundingMode.HALF_UP)).isEqualTo(Money.of("3.09", "USD"));
        assertThat(used.plus(token).minus(token)).isEqualTo(used).hasSameHashCodeAs(used);
        assertThat(used.negated().amount()).isEqualTo(new BigDecimal("-3.0864175"));
        assertThat(used.currency()).isEqualTo(Money.of("1", "USD").currency());
        assertThat(used).isGreaterThan(token);
        assertThat(Money.of("1000.50", "USD").precise()).isEqualTo(PreciseMoney.of("1000.5", "USD"));
        assertThatThrownBy(() -> used.rounded(RoundingMode.UNNECESSARY)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> token.plus(PreciseMoney.of("1", "EUR"))).isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void preciseAmountsHaveAtMostSixtyDecimals() {
        BigDecimal smallest = BigDecimal.ONE.movePointLeft(60);

        assertThat(PreciseMoney.of(smallest, EUR).amount()).isEqualTo(smallest);
        assertThat(PreciseMoney.of(smallest.setScale(70), EUR)).isEqualTo(PreciseMoney.of(smallest, EUR));
        assertThatThrownBy(() -> PreciseMoney.of(smallest, EUR).times(new BigDecimal("0.1")))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("61");
    }
}
