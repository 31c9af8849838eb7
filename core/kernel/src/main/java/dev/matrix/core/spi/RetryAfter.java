package dev.matrix.core.spi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private RetryAfter() {}

    /**
     * How long the header asks to wait: seconds, which some senders give with a fraction, rounded up; or until one of the
     * three forms of an HTTP-date. A wait outside the bounds becomes the nearer bound.
     *
     * @param header its value; null: there is none
     * @param now by the clock of who waits
     * @param least above 0 wherever a loop follows the answer: a far side may ask for no wait at all
     * @param most at least {@code least}: a far side may ask for thousands of years
     * @return null where the header is missing, negative, past or unreadable
     */
    public static @Nullable Duration parse(@Nullable String header, Instant now, Duration least, Duration most) {
        if (header == null) {
            return null;
        }
        Duration wait = wait(header.strip(), now);
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(least) < 0 ? least : wait.compareTo(most) > 0 ? most : wait;
    }

    private static @Nullable Duration wait(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            BigDecimal seconds = new BigDecimal(text).setScale(0, RoundingMode.CEILING);
            return Duration.ofSeconds(
                    seconds.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
        }
        Instant date = date(text, now);
        return date == null ? null : Duration.between(now, date);
    }

    private static @Nullable Instant date(String text, Instant now) {
        return Stream.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now), ASCTIME)
                .flatMap(form -> read(text, form).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<Instant> read(String text, DateTimeFormatter form) {
        try {
            return Optional.of(form.withResolverStyle(ResolverStyle.STRICT).parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Its years have two digits; RFC 9110, section 5.6.7, reads them as at most 50 years ahead. */
    private static DateTimeFormatter rfc850(Instant now) {
        LocalDate earliest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }
}
