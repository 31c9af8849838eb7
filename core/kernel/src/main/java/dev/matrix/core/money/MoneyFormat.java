package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints and reads amounts as people of a locale write them: {@code $1,234.50}, {@code 1.234,50 €}. Symbols, separators and
 * patterns are those of the JDK's CLDR data; grouping by lakh and crore in India, and the space between a code and the digits,
 * are added.
 *
 * <p>Fiat amounts show all decimals of their currency; crypto shows its code and at least 2 decimals. Immutable and thread-safe.
 */
public final class MoneyFormat {

    private static final char PLACEHOLDER = '\u00A4';
    private static final char NO_BREAK_SPACE = '\u00A0';
    private static final char MINUS = '\u2212';
    private static final int LEAST_CRYPTO_DECIMALS = 2;
    private static final int LONGEST_TEXT = 200;

    private final Locale locale;
    private final Options options;
    private final Affixes positive;
    private final Affixes negative;
    private final char zero;
    private final char point;
    private final char separator;
    private final int lastGroup;
    private final int otherGroups;

    /** Looking a symbol up in the JDK's data takes longer than the printing. */
    private final Map<Currency, String> symbols = new ConcurrentHashMap<>();

    /** Decimals are null where the currency decides. */
    private record Options(
            boolean code, @Nullable Integer least, @Nullable Integer most, boolean grouping) {}

    /** What stands around the digits, with a placeholder for the symbol. */
    private record Affixes(String before, String after) {

        String prefix(String symbol) {
            boolean touches = before.indexOf(PLACEHOLDER) == before.length() - 1
                    && !before.isEmpty()
                    && Character.isLetterOrDigit(symbol.charAt(symbol.length() - 1));
            String prefix = before.replace(String.valueOf(PLACEHOLDER), symbol);
            return touches ? prefix + NO_BREAK_SPACE : prefix;
        }

        String suffix(String symbol) {
            boolean touches = after.indexOf(PLACEHOLDER) == 0 && Character.isLetterOrDigit(symbol.charAt(0));
            String suffix = after.replace(String.valueOf(PLACEHOLDER), symbol);
            return touches ? NO_BREAK_SPACE + suffix : suffix;
        }
    }

    private MoneyFormat(Locale locale, Options options) {
        this.locale = requireNonNull(locale, "locale");
        this.options = options;
        DecimalFormat pattern = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        DecimalFormatSymbols data = pattern.getDecimalFormatSymbols();
        data.setCurrencySymbol(String.valueOf(PLACEHOLDER));
        pattern.setDecimalFormatSymbols(data);
        positive = new Affixes(pattern.getPositivePrefix(), pattern.getPositiveSuffix());
        negative = new Affixes(pattern.getNegativePrefix(), pattern.getNegativeSuffix());
        zero = data.getZeroDigit();
        point = data.getMonetaryDecimalSeparator();
        separator = data.getMonetaryGroupingSeparator();
        lastGroup = pattern.getGroupingSize();
        // CLDR says #,##,##0.00 there; of such a pattern the JDK keeps the last group alone.
        otherGroups = locale.getCountry().equals("IN") ? 2 : lastGroup;
    }

    /** The format of a locale: its symbols, grouped, with the decimals of each currency. */
    public static MoneyFormat of(Locale locale) {
        return new MoneyFormat(locale, new Options(false, null, null, true));
    }

    /** Shows codes instead of symbols: {@code USD 1,234.50}. */
    public MoneyFormat code() {
        return new MoneyFormat(locale, new Options(true, options.least, options.most, options.grouping));
    }

    /**
     * Shows at least {@code min} and at most {@code max} decimals; what is beyond is rounded HALF_UP, in the text alone.
     *
     * @throws IllegalArgumentException unless 0 ≤ min ≤ max
     */
    public MoneyFormat fraction(int min, int max) {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("Decimals are 0 <= min <= max; " + min + " and " + max + " are not.");
        }
        return new MoneyFormat(locale, new Options(options.code, min, max, options.grouping));
    }

    /** Whether thousands (in India lakhs and crores) are separated; they are by default. */
    public MoneyFormat grouping(boolean grouping) {
        return new MoneyFormat(locale, new Options(options.code, options.least, options.most, grouping));
    }

    /** The amount as people of the locale write it; its spaces are the locale's, most often U+00A0. */
    public String format(Money money) {
        return print(money, options.grouping);
    }

    /**
     * Reads what {@link #format} prints. Any Unicode space stands for any other, and {@code -} for U+2212; the grouping may be
     * absent, but not misplaced.
     *
     * @throws InvalidRequestException if the text is anything else
     */
    public Money parse(String text, Currency currency) {
        String given = plain(text);
        Money read = read(given, positive, "", currency);
        if (read == null) {
            read = read(given, negative, "-", currency);
        }
        if (read == null) {
            Money sample = Money.ofRounded(new BigDecimal("1234.5"), currency, RoundingMode.HALF_UP);
            throw new InvalidRequestException("\"" + text.substring(0, Math.min(text.length(), LONGEST_TEXT))
                    + "\" is no amount of " + currency.code() + " in " + locale.toLanguageTag() + "; write it like "
                    + format(sample) + ".");
        }
        return read;
    }

    /** The amount whose printed form the text is; null if there is none. */
    private @Nullable Money read(String given, Affixes affixes, String sign, Currency currency) {
        String symbol = symbol(currency);
        String prefix = plain(affixes.prefix(symbol));
        String suffix = plain(affixes.suffix(symbol));
        int end = given.length() - suffix.length();
        if (given.length() > LONGEST_TEXT
                || prefix.length() > end
                || !given.startsWith(prefix)
                || !given.endsWith(suffix)) {
            return null;
        }
        String amount = sign + ascii(given.substring(prefix.length(), end));
        if (!AmountText.isAmount(amount)) {
            return null;
        }
        BigDecimal value = new BigDecimal(amount);
        if (value.stripTrailingZeros().scale() > currency.scale()) {
            return null;
        }
        Money money = Money.of(value, currency);
        boolean printed = given.equals(plain(format(money))) || given.equals(plain(print(money, false)));
        return printed ? money : null;
    }

    private String print(Money money, boolean grouping) {
        Currency currency = money.currency();
        int most = options.most == null ? currency.scale() : options.most;
        BigDecimal amount = money.amount();
        if (amount.scale() > most) {
            amount = amount.setScale(most, RoundingMode.HALF_UP);
        }
        Affixes affixes = amount.signum() < 0 ? negative : positive;
        String symbol = symbol(currency);
        String digits = amount.abs().toPlainString();
        int integers = digits.length() - (amount.scale() > 0 ? amount.scale() + 1 : 0);

        StringBuilder text = new StringBuilder(2 * digits.length() + 16).append(affixes.prefix(symbol));
        for (int i = 0; i < integers; i++) {
            text.append(local(digits.charAt(i)));
            if (grouping && separates(integers - i - 1)) {
                text.append(separator);
            }
        }
        int least = least(currency);
        int end = digits.length();
        while (end - integers - 1 > least && digits.charAt(end - 1) == '0') {
            end--;
        }
        int decimals = Math.max(least, end - integers - 1);
        if (decimals > 0) {
            text.append(point);
        }
        for (int i = 0; i < decimals; i++) {
            int at = integers + 1 + i;
            text.append(at < end ? local(digits.charAt(at)) : zero);
        }
        return text.append(affixes.suffix(symbol)).toString();
    }

    private int least(Currency currency) {
        if (options.least != null) {
            return options.least;
        }
        return currency.kind() == Kind.CRYPTO ? Math.min(LEAST_CRYPTO_DECIMALS, currency.scale()) : currency.scale();
    }

    private boolean separates(int digitsToTheRight) {
        int beyond = digitsToTheRight - lastGroup;
        return digitsToTheRight > 0 && lastGroup > 0 && beyond >= 0 && beyond % otherGroups == 0;
    }

    private char local(char ascii) {
        return (char) (zero + (ascii - '0'));
    }

    /** The locale's digits as ASCII, without separators; what is no digit stays, and makes no amount. */
    private String ascii(String number) {
        char group = plain(separator);
        StringBuilder text = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c >= zero && c <= zero + 9) {
                text.append((char) ('0' + (c - zero)));
            } else if (c == point) {
                text.append('.');
            } else if (c != group) {
                text.append(c);
            }
        }
        return text.toString();
    }

    private String symbol(Currency currency) {
        return symbols.computeIfAbsent(currency, c -> {
            java.util.Currency iso = options.code || c.kind() == Kind.CRYPTO ? null : Currencies.isoCurrency(c.code());
            return iso == null ? c.code() : iso.getSymbol(locale);
        });
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            plain.setCharAt(i, plain(plain.charAt(i)));
        }
        return plain.toString();
    }

    private static char plain(char c) {
        return Character.isSpaceChar(c) ? NO_BREAK_SPACE : c == MINUS ? '-' : c;
    }
}
