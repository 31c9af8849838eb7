package dev.matrix.core.api;

import dev.matrix.core.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What values of one type look like in JSON: the check that requests pass and the documentation are both made of it.
 * Immutable. Every string, number and container is bounded.
 */
public sealed interface Schema {

    /** A textual form that is more than a pattern; {@link #keyword()} is the schema keyword {@code format}. */
    enum Format {
        /** Instant, RFC 3339. */
        DATE_TIME("date-time"),
        /** LocalDate. */
        DATE("date"),
        /** YearMonth. */
        YEAR_MONTH("year-month"),
        /** Duration, ISO 8601 with fractions of seconds, which JSON Schema's own {@code duration} excludes. */
        DURATION("iso8601-duration"),
        URI("uri-reference"),
        /** An id of the time zone database. */
        TIME_ZONE("time-zone"),
        /** A currency that the host has registered. */
        CURRENCY("currency"),
        /** BigDecimal, at most 38 digits. */
        DECIMAL("decimal"),
        /** An integer as digits; up to 128 of them. */
        INTEGER("integer"),
        /** A long as digits. */
        INT64("int64"),
        /** Bytes in base64. */
        BASE64("byte"),
        /** A string not to be shown. */
        PASSWORD("password");

        private final String keyword;

        Format(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }
    }

    /**
     * A string.
     *
     * @param minLength in code points
     * @param maxLength in code points
     * @param pattern in the syntax shared by Java and ECMAScript, anchored at both ends; null: none
     * @param format null: none
     */
    record Text(
            int minLength,
            int maxLength,
            @Nullable String pattern,
            @Nullable Format format) implements Schema {}

    /**
     * A string of a list.
     *
     * @param values in lower snake case
     * @param open true in replies: later versions may add values, so receivers take any; false: these alone
     * @param name of the enum, for whoever writes the list once and refers to it; null: it has none
     */
    record Choice(
            List<String> values, boolean open, @Nullable String name) implements Schema {

        public Choice {
            values = List.copyOf(values);
        }

        /** A list without a name. */
        public Choice(List<String> values, boolean open) {
            this(values, open, null);
        }
    }

    /** An integer, both ends included. */
    record Whole(long min, long max) implements Schema {}

    /** A finite number, both ends included. */
    record Real(double min, double max) implements Schema {}

    /** {@code true} or {@code false}. */
    record Flag() implements Schema {}

    /** An array. */
    record Listing(Schema items, int minItems, int maxItems, boolean unique) implements Schema {}

    /** An object whose names are free. */
    record Dictionary(Schema values, int minSize, int maxSize) implements Schema {}

    /**
     * An object with these members; requests may have no others, replies of later versions may.
     *
     * @param description null: none
     */
    record Struct(@Nullable String description, List<Property> properties, boolean closed) implements Schema {

        public Struct {
            properties = List.copyOf(properties);
        }
    }

    /**
     * A member of an object.
     *
     * @param required whether it must be there
     * @param absent its value when it isn't there; null: none, or null
     * @param description null: none
     * @param partner the member that has to be there if this one is; null: none
     */
    record Property(
            String name,
            Schema schema,
            boolean required,
            @Nullable Json absent,
            @Nullable String description,
            @Nullable String partner) {

        /** Without a partner. */
        public Property(
                String name, Schema schema, boolean required, @Nullable Json absent, @Nullable String description) {
            this(name, schema, required, absent, description, null);
        }

        Property withSchema(Schema other) {
            return new Property(name, other, required, absent, description, partner);
        }
    }

    /**
     * One of several objects, told apart by their member {@code type}.
     *
     * @param cases the value of {@code type} → the name of the object's schema, which holds that member too
     */
    record Union(Map<String, String> cases) implements Schema {

        public Union {
            cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
        }
    }

    /** The schema of that name in {@link ApiCatalog#types}. */
    record Reference(String name) implements Schema {}

    /** That, or {@code null}. */
    record Maybe(Schema of) implements Schema {}

    /** Any of these, for replies of several forms. */
    record Either(List<Schema> of) implements Schema {

        public Either {
            of = List.copyOf(of);
        }
    }

    /** Any JSON. */
    record Anything() implements Schema {}
}
