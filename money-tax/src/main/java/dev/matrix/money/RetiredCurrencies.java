package dev.matrix.money;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.matrix.money.spi.RateClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Currencies that were replaced by another at a rate fixed by law, from a day on. Data: {@code
 * retired-currencies.csv}.
 */
final class RetiredCurrencies {

    private static final String SOURCE = "fixed";
    private static final RetiredCurrencies SHIPPED = read();

    private final Map<String, Quote> byCode;

    private RetiredCurrencies(Map<String, Quote> byCode) {
        this.byCode = byCode;
    }

    static RetiredCurrencies shipped() {
        return SHIPPED;
    }

    /** What one unit of the successor is in this currency; null while it is in use. */
    @Nullable
    Quote fixed(String code, LocalDate day) {
        Quote fixed = byCode.get(code);
        return fixed == null || day.isBefore(fixed.observedOn()) ? null : fixed;
    }

    private static RetiredCurrencies read() {
        try (InputStream in = RetiredCurrencies.class.getResourceAsStream("retired-currencies.csv")) {
            if (in == null) {
                throw new IllegalStateException("retired-currencies.csv is missing beside " + RetiredCurrencies.class);
            }
            return new RetiredCurrencies(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(RetiredCurrencies::quote)
                    .collect(toUnmodifiableMap(Quote::quote, quote -> quote)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Quote quote(String line) {
        String[] columns = line.split(",", 5);
        LocalDate from = LocalDate.parse(columns[3]);
        return new Quote(
                SOURCE + ":" + columns[0],
                SOURCE,
                RateClass.MANUAL,
                columns[1],
                columns[0],
                QuotedRate.mid(new BigDecimal(columns[2])),
                from,
                from.atStartOfDay(ZoneOffset.UTC).toInstant(),
                null);
    }
}
