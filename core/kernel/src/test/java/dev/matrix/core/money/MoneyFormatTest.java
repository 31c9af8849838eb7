package dev.matrix.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency.Kind;
import java.math.BigInteger;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("M7")
class MoneyFormatTest {

    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final Currency USD = Currencies.standard().get("USD");

    @ParameterizedTest
    @Tag("MT4")
    @CsvSource(
            delimiter = '|',
            value = {
                "en-US | 1234.5 USD       | $1,234.50",
                "de-DE | 1234.5 EUR       | 1.234,50 €",
                "en-IN | 1234567.5 INR    | ₹12,34,567.50",
                "ja-JP | 1234 JPY         | ￥1,234",
                "en-AE | 1234.5 AED       | AED 1,234.50",
                "en-US | 0.1 BTC          | BTC 0.10",
                "en-US | 0.12345678 BTC   | BTC 0.12345678",
                "en-US | -1234.5 USD      | -$1,234.50",
                "en-US | 999.99 USD       | $999.99",
                "en-IN | -9999999999 INR  | -₹9,99,99,99,999.00",
                "hi-IN | 100000 INR       | ₹1,00,000.00",
                "fr-FR | 1234567 EUR      | 1 234 567,00 €",
                "sv-SE | -1 EUR           | −1,00 €",
                "de-DE | 1.5 ETH          | 1,50 ETH",
                "en-US | 0 USDT           | USDT 0.00",
                "en-US | 12345678901234567890.12 USD | $12,345,678,901,234,567,890.12"
            })
    void amountsLookAsTheirLocaleWritesThem(String tag, String money, String expected) {
        MoneyFormat format = MoneyFormat.of(Locale.forLanguageTag(tag));

        assertThat(spaced(format.format(Money.parse(money)))).isEqualTo(expected);
    }

    @Test
    void aCodeIsKeptFromTheDigitsByANoBreakSpace() {
        assertThat(MoneyFormat.of(Locale.US).code().format(Money.of("1234.5", USD)))
                .isEqualTo("USD\u00A01,234.50");
        assertThat(MoneyFormat.of(Locale.GERMANY).code().format(Money.of("1234.5", USD)))
                .isEqualTo("1.234,50\u00A0USD");
        Currency own = new Currency("CREDIT", 1, Kind.FIAT);
        assertThat(MoneyFormat.of(Locale.US).format(Money.of("2", own))).isEqualTo("CREDIT\u00A02.0");
    }

    @Test
    void decimalsAndGroupingCanBeChosen() {
        MoneyFormat us = MoneyFormat.of(Locale.US);
        Money money = Money.of("-1234.50", USD);

        assertThat(us.fraction(0, 0).format(money)).isEqualTo("-$1,235");
        assertThat(us.fraction(0, 0).format(Money.of("-0.4", USD))).isEqualTo("$0");
        assertThat(us.fraction(0, 2).format(money)).isEqualTo("-$1,234.5");
        assertThat(us.fraction(4, 6).format(money)).isEqualTo("-$1,234.5000");
        assertThat(us.fraction(3, 3).format(Money.of("7", "JPY"))).isEqualTo("¥7.000");
        assertThat(us.grouping(false).format(money)).isEqualTo("-$1234.50");
        assertThat(us.code().fraction(0, 1).grouping(false).format(money)).isEqualTo("-USD\u00A01234.5");
        assertThatThrownBy(() -> us.fraction(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> us.fraction(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void elsewhereTheJdkPrintsTheSame() {
        for (String tag :
                List.of("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR", "nl-NL", "he-IL", "ar-EG", "ja-JP")) {
            NumberFormat jdk = NumberFormat.getCurrencyInstance(Locale.forLanguageTag(tag));
            jdk.setCurrency(java.util.Currency.getInstance("EUR"));
            jdk.setMinimumFractionDigits(2);
            jdk.setMaximumFractionDigits(2);
            for (String amount : List.of("0", "-0.07", "999.99", "1000", "-1234567.89")) {
                Money money = Money.of(amount, EUR);

                assertThat(MoneyFormat.of(Locale.forLanguageTag(tag)).format(money))
                        .isEqualTo(jdk.format(money.amount()));
            }
        }
    }

    @ParameterizedTest
    @Tag("MT5")
    @Tag("M8")
    @ValueSource(strings = {"1.234,50 €", "1234,50 €", "1.234,50\u00A0€", "1.234,50\u202F€", "1234,50\u2007€"})
    void whatIsPrintedIsReadWithAnySpace(String text) {
        assertThat(MoneyFormat.of(Locale.GERMANY).parse(text, EUR)).isEqualTo(Money.of("1234.50", EUR));
    }

    @ParameterizedTest
    @Tag("MT5")
    @Tag("M8")
    @ValueSource(
            strings = {
                "1,234.50 €",
                "12.34,50 €",
                "1.2345,0 €",
                "1.234,5 €",
                "1.234,500 €",
                "1.234,50€",
                "1.234,50 EUR",
                "€ 1.234,50",
                "1.234,50 € ",
                " 1.234,50 €",
                "1.234.50 €",
                "1.234,50,00 €",
                "",
                "€",
                " €",
                ",50 €",
                "-0,00 €",
                "--1,00 €",
                "+1,00 €",
                "01,00 €",
                "1e3,00 €",
                "1 234,50 €",
                "1.234 €",
                "1\t234,50 €"
            })
    void nothingElseIsRead(String text) {
        assertThatThrownBy(() -> MoneyFormat.of(Locale.GERMANY).parse(text, EUR))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("de-DE")
                .hasMessageContaining("1.234,50");
    }

    @Test
    @Tag("M8")
    void bothMinusSignsAreRead() {
        MoneyFormat swedish = MoneyFormat.of(Locale.forLanguageTag("sv-SE"));

        assertThat(swedish.parse("-1 234,50 €", EUR)).isEqualTo(Money.of("-1234.50", EUR));
        assertThat(swedish.parse("−1234,50 €", EUR)).isEqualTo(Money.of("-1234.50", EUR));
        assertThat(MoneyFormat.of(Locale.US).parse("−$1.00", USD)).isEqualTo(Money.of("-1", USD));
    }

    @Test
    @Tag("M8")
    void anEndlessTextIsRefusedAtOnce() {
        assertThatThrownBy(() -> MoneyFormat.of(Locale.US).parse("$" + "9".repeat(1_000_000) + ".00", USD))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    @Tag("M8")
    void everyLocaleReadsItsOwnPrint() {
        Random random = new Random(8);
        List<Currency> currencies = new ArrayList<>(Currencies.standard().all());
        Locale[] locales = NumberFormat.getAvailableLocales();
        assertThat(locales).hasSizeGreaterThan(100);
        Arrays.stream(locales).forEach(locale -> {
            MoneyFormat format = MoneyFormat.of(locale);
            for (int i = 0; i < 8; i++) {
                Currency currency = currencies.get(random.nextInt(currencies.size()));
                BigInteger minor = new BigInteger(1 + random.nextInt(60), random);
                Money money = Money.ofMinor(random.nextBoolean() ? minor : minor.negate(), currency);
                String text = format.format(money);

                assertThat(format.parse(text, currency))
                        .as("%s: %s", locale, text)
                        .isEqualTo(money);
                assertThat(format.parse(spaced(text), currency)).isEqualTo(money);
                assertThat(format.parse(format.grouping(false).format(money), currency))
                        .isEqualTo(money);
            }
        });
    }

    /** As the acceptance cases write it. */
    private static String spaced(String text) {
        return text.replace('\u00A0', ' ').replace('\u202F', ' ');
    }
}
