package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Anything;
import dev.matrix.core.api.Schema.Choice;
import dev.matrix.core.api.Schema.Flag;
import dev.matrix.core.api.Schema.Format;
import dev.matrix.core.api.Schema.Real;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.Schema.Whole;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currency;
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
import org.jspecify.annotations.Nullable;

/** The schemas of the vocabulary's words that are no records. */
final class ScalarSchemas {

    static final Text STRING = new Text(0, 256, null, null);

    private static final String DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

    private static final Map<Class<?>, Schema> ALL = Map.ofEntries(
            Map.entry(Json.class, new Anything()),
            Map.entry(String.class, STRING),
            Map.entry(boolean.class, new Flag()),
            Map.entry(Boolean.class, new Flag()),
            Map.entry(int.class, new Whole(-Integer.MAX_VALUE, Integer.MAX_VALUE)),
            Map.entry(Integer.class, new Whole(-Integer.MAX_VALUE, Integer.MAX_VALUE)),
            Map.entry(long.class, new Whole(-JsonCodec.LARGEST_LONG, JsonCodec.LARGEST_LONG)),
            Map.entry(Long.class, new Whole(-JsonCodec.LARGEST_LONG, JsonCodec.LARGEST_LONG)),
            Map.entry(double.class, new Real(-Double.MAX_VALUE, Double.MAX_VALUE)),
            Map.entry(Double.class, new Real(-Double.MAX_VALUE, Double.MAX_VALUE)),
            Map.entry(BigInteger.class, new Text(1, 129, "^-?[0-9]{1,128}$", Format.INTEGER)),
            Map.entry(
                    BigDecimal.class,
                    new Text(1, 40, "^(?=-?([0-9]\\.?){1,38}$)-?[0-9]+(\\.[0-9]+)?$", Format.DECIMAL)),
            Map.entry(
                    Instant.class,
                    new Text(
                            20,
                            35,
                            "^" + DATE + "[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?"
                                    + "([Zz]|[+-](0[0-9]|1[0-7]):[0-5][0-9])$",
                            Format.DATE_TIME)),
            Map.entry(LocalDate.class, new Text(10, 10, "^" + DATE + "$", Format.DATE)),
            Map.entry(YearMonth.class, new Text(7, 7, "^[0-9]{4}-(0[1-9]|1[0-2])$", Format.YEAR_MONTH)),
            Map.entry(
                    Duration.class,
                    new Text(
                            3,
                            48,
                            "^-?P(?=[0-9T])([0-9]{1,9}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?"
                                    + "([0-9]{1,9}(\\.[0-9]{1,9})?S)?)?$",
                            Format.DURATION)),
            Map.entry(ZoneId.class, new Text(1, 64, "^[A-Za-z0-9._+/:-]+$", Format.TIME_ZONE)),
            Map.entry(URI.class, new Text(0, 2048, "^[!-~]*$", Format.URI)),
            Map.entry(Currency.class, new Text(3, 12, "^[A-Z0-9]+$", Format.CURRENCY)),
            Map.entry(
                    byte[].class,
                    new Text(
                            0,
                            1 << 20,
                            "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
                            Format.BASE64)));

    static final Text INT64 = new Text(1, 20, "^(0|-?[1-9][0-9]{0,18})$", Format.INT64);

    /** An owner's id, as {@link dev.matrix.core.Owner} takes it. */
    static final Text OWNER_ID =
            new Text(1, 128, "^(?=.*[^\\s])[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$", null);

    static final Choice OWNER_TYPE = new Choice(List.of("user", "partner"), false, "OwnerType");

    private ScalarSchemas() {}

    /** The schema of that class; null if it isn't a scalar. */
    static @Nullable Schema of(Class<?> type) {
        return ALL.get(type);
    }

    /** The class whose parser knows what a format allows; null: the pattern says all. */
    static @Nullable Class<?> parserOf(Format format) {
        return switch (format) {
            case DATE_TIME -> Instant.class;
            case DATE -> LocalDate.class;
            case DURATION -> Duration.class;
            case URI -> URI.class;
            case TIME_ZONE -> ZoneId.class;
            case CURRENCY -> Currency.class;
            case BASE64 -> byte[].class;
            case YEAR_MONTH, DECIMAL, INTEGER, PASSWORD, INT64 -> null;
        };
    }
}
