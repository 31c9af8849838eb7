package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of the vocabulary that need no registry: plain JSON values, and values with one textual form. */
final class Scalars {

    static final long LARGEST_LONG = (1L << 53) - 1;

    private static final int MOST_DIGITS = 38;
    private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(128);
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,128}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern RFC_3339 = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3])"
            + ":[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    /** Any JSON; the only word that takes null for a value. */
    static final Shape<Object> JSON = new Shape<>() {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            JsonTree.write((Json) value, out);
        }

        @Override
        public Object read(Json json, Place at) {
            return json;
        }
    };

    static final Shape<Object> STRING = text("a string", s -> true, s -> s, s -> s);

    private static final Shape<Object> BOOLEAN = new Shape<>() {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(Json json, Place at) {
            if (json instanceof JsonBoolean bool) {
                return bool.value();
            }
            throw at.expected("true or false");
        }
    };

    /** A long as a string of digits ({@link dev.matrix.core.wire.Int64}). */
    static final Shape<Object> INT64 = Scalars.<Long>text(
            "an integer of 64 bits as a string", s -> s.length() <= 20, n -> Long.toString(n), Long::parseLong);

    private static final Shape<Object> INT = integer(Integer.MAX_VALUE, n -> (int) n);
    private static final Shape<Object> LONG = integer(LARGEST_LONG, n -> n);

    private static final Shape<Object> DOUBLE = new Shape<>() {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            double number = (Double) value;
            if (!Double.isFinite(number)) {
                throw JsonText.unwritable(out, "a finite number");
            }
            out.writeNumber(number);
        }

        @Override
        public Object read(Json json, Place at) {
            if (json instanceof JsonNumber number
                    && Double.isFinite(number.value().doubleValue())) {
                return number.value().doubleValue();
            }
            throw at.expected("a finite number");
        }
    };

    static final Map<Class<?>, Shape<Object>> ALL = Map.ofEntries(
            Map.entry(Json.class, JSON),
            Map.entry(String.class, STRING),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(
                    BigInteger.class,
                    Scalars.<BigInteger>text(
                            "an integer as a string of at most 128 digits",
                            s -> DIGITS.matcher(s).matches(),
                            n -> n.abs().compareTo(TOO_LARGE) < 0 ? n.toString() : null,
                            BigInteger::new)),
            Map.entry(
                    BigDecimal.class,
                    Scalars.<BigDecimal>text(
                            "a decimal as a string, of at most " + MOST_DIGITS + " digits, without exponent",
                            s -> s.length() <= MOST_DIGITS + 2
                                    && DECIMAL.matcher(s).matches()
                                    && digits(s) <= MOST_DIGITS,
                            Scalars::plain,
                            BigDecimal::new)),
            Map.entry(
                    Instant.class,
                    Scalars.<Instant>text(
                            "a point in time by RFC 3339, such as 2026-11-22T10:15:30Z",
                            s -> RFC_3339.matcher(s).matches(),
                            Scalars::utc,
                            Instant::parse)),
            Map.entry(
                    LocalDate.class,
                    Scalars.<LocalDate>text(
                            "a date by ISO 8601, such as 2026-11-22",
                            s -> s.length() == "2026-11-22".length(),
                            day -> fourDigits(day.getYear()) ? day.toString() : null,
                            LocalDate::parse)),
            Map.entry(
                    YearMonth.class,
                    Scalars.<YearMonth>text(
                            "a month by ISO 8601, such as 2026-11",
                            s -> s.length() == "2026-11".length(),
                            month -> fourDigits(month.getYear()) ? month.toString() : null,
                            YearMonth::parse)),
            Map.entry(
                    Duration.class,
                    Scalars.<Duration>text(
                            "a duration by ISO 8601, such as PT15M", s -> true, Duration::toString, Duration::parse)),
            Map.entry(
                    ZoneId.class,
                    Scalars.<ZoneId>text("a time zone such as Europe/Berlin", s -> true, ZoneId::getId, ZoneId::of)),
            Map.entry(URI.class, Scalars.<URI>text("a URI", s -> true, URI::toString, Scalars::uri)),
            Map.entry(
                    byte[].class,
                    Scalars.<byte[]>text(
                            "bytes in base64",
                            s -> true,
                            b -> Base64.getEncoder().encodeToString(b),
                            s -> Base64.getDecoder().decode(s))));

    private Scalars() {}

    /**
     * Values that stand as one string. {@code print} gives null for those that have no well-formed one. Refusals are without the
     * parser's own words, as those would repeat what was received.
     */
    @SuppressWarnings("unchecked")
    static <T> Shape<Object> text(
            String expected, Predicate<String> wellFormed, Function<T, String> print, Function<String, T> parse) {
        return new Shape<>() {
            @Override
            public void write(Object value, JsonGenerator out) throws IOException {
                String text = print.apply((T) value);
                if (text == null) {
                    throw JsonText.unwritable(out, expected);
                }
                JsonText.write(text, out);
            }

            @Override
            public Object read(Json json, Place at) {
                if (!(json instanceof JsonString string) || !wellFormed.test(string.value())) {
                    throw at.expected(expected);
                }
                try {
                    return parse.apply(string.value());
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw at.expected(expected);
                }
            }
        };
    }

    /** The owner of two members that were read. */
    static Owner owner(Owner.Type type, String id, Place at) {
        try {
            return new Owner(type, id);
        } catch (InvalidRequestException e) {
            throw at.expected("an owner's id, 1 to 128 characters without control characters");
        }
    }

    private static Shape<Object> integer(long limit, LongFunction<Object> narrow) {
        String expected = "an integer within ±" + limit;
        return new Shape<>() {
            @Override
            public void write(Object value, JsonGenerator out) throws IOException {
                long number = ((Number) value).longValue();
                if (number > limit || number < -limit) {
                    throw JsonText.unwritable(out, expected);
                }
                out.writeNumber(number);
            }

            @Override
            public Object read(Json json, Place at) {
                if (json instanceof JsonNumber number) {
                    try {
                        long exact = number.value().longValueExact();
                        if (exact <= limit && exact >= -limit) {
                            return narrow.apply(exact);
                        }
                    } catch (ArithmeticException e) {
                        throw at.expected(expected);
                    }
                }
                throw at.expected(expected);
            }
        };
    }

    /** The scale first: a huge exponent would print as millions of digits. */
    private static @Nullable String plain(BigDecimal decimal) {
        if (Math.abs((long) decimal.scale()) > MOST_DIGITS) {
            return null;
        }
        String text = decimal.toPlainString();
        return digits(text) <= MOST_DIGITS ? text : null;
    }

    /** RFC 3339 has years of four digits. */
    private static @Nullable String utc(Instant at) {
        return at.isBefore(EARLIEST) || at.isAfter(LATEST) ? null : at.toString();
    }

    private static boolean fourDigits(int year) {
        return year >= 0 && year <= 9999;
    }

    private static long digits(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count();
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
