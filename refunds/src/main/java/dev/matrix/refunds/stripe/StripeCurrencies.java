package dev.matrix.refunds.stripe;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.ProviderFacts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How Stripe counts (docs.stripe.com/currencies): in whole units where a currency has no decimals, in hundredths elsewhere, in
 * thousandths for five currencies, of which it takes multiples of ten alone. ISK and UGX are written in hundredths and have none.
 */
final class StripeCurrencies {

    private static final Set<String> NO_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> WHOLE_HUNDREDTHS = Set.of("ISK", "UGX");
    private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    private static final List<String> TWO_DECIMALS =
            List.of(("AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD"
                            + " BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL"
                            + " GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD"
                            + " MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB"
                            + " SAR SBD SCR SEK SGD SHP SOS SRD SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD YER ZAR ZMW")
                    .split(" "));

    private StripeCurrencies() {}

    /** The decimals that an amount may have, by currency. */
    static Map<String, Integer> decimals() {
        Map<String, Integer> all = new TreeMap<>();
        TWO_DECIMALS.forEach(code -> all.put(code, 2));
        THREE_DECIMALS.forEach(code -> all.put(code, 2));
        NO_DECIMALS.forEach(code -> all.put(code, 0));
        WHOLE_HUNDREDTHS.forEach(code -> all.put(code, 0));
        return all;
    }

    /** How many digits of Stripe's integer are behind the point. */
    private static int exponent(String code) {
        return NO_DECIMALS.contains(code) ? 0 : THREE_DECIMALS.contains(code) ? 3 : 2;
    }

    /** As Stripe writes an amount: an integer. */
    static String integer(Money amount) {
        return amount.amount()
                .movePointRight(exponent(amount.currency().code()))
                .toBigIntegerExact()
                .toString();
    }

    /** The amount in Stripe's integer; null where there is none, or in a currency that isn't known. */
    static @Nullable Money money(@Nullable BigDecimal integer, @Nullable String code, Currencies currencies) {
        if (integer == null || code == null) {
            return null;
        }
        String upper = code.toUpperCase(Locale.ROOT);
        return ProviderFacts.money(integer.movePointLeft(exponent(upper)), upper, currencies);
    }
}
