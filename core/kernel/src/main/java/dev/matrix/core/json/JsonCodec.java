package dev.matrix.core.json;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Page;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.wire.FromEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Records to JSON and back, by a closed vocabulary of types. A record is an object with one member per component,
 * in that order; nulls are left out, numbers are exact, equal values give equal bytes. {@code @Nullable} components may be
 * missing, all others are required; members that a record doesn't know are ignored.
 *
 * <p>Thread-safe. Each class is compiled once; one that holds a type outside of the vocabulary is an
 * {@link IllegalArgumentException} that names the component.
 */
public final class JsonCodec {

    /** What long goes to in JSON: every JSON reader has integers up to 2^53 − 1 exactly. */
    public static final long LARGEST_LONG = Scalars.LARGEST_LONG;

    private final JsonText text = new JsonText();
    private final Currencies currencies;
    private final Vocabulary vocabulary;

    private JsonCodec(Currencies currencies, boolean nulls) {
        this.currencies = currencies;
        this.vocabulary = new Vocabulary(currencies, nulls);
    }

    /** A codec that knows the currencies of this registry and no others. */
    public static JsonCodec of(Currencies currencies) {
        return new JsonCodec(requireNonNull(currencies, "currencies"), false);
    }

    /** A codec like this one that writes absent components as null, as replies have it. */
    public JsonCodec withNulls() {
        return new JsonCodec(currencies, true);
    }

    /**
     * The value, usually a record, as compact UTF-8.
     *
     * @throws InvalidJsonException if a value within has no JSON form, such as NaN, a long beyond ±(2^53 − 1), or a currency
     *     that isn't registered
     */
    public byte[] encode(Object value) {
        Shape<Object> shape = vocabulary.shape(
                value instanceof Json
                        ? Json.class
                        : value instanceof Enum<?> e ? e.getDeclaringClass() : value.getClass());
        return text.write(out -> shape.write(value, out));
    }

    /**
     * Reads a value. The bytes are strict JSON (RFC 8259) in UTF-8 without BOM, members are unique, depth is at most 64,
     * names have at most 256 and numbers at most 128 characters.
     *
     * @throws InvalidJsonException if they aren't, or aren't a {@code T}; it names the place and what was expected there
     */
    public <T> T decode(byte[] utf8, Class<T> type) {
        return read(utf8, type, null);
    }

    /**
     * Reads a record out of an envelope, such as an event's data.
     *
     * @param envelope the value of the component whose class is {@link FromEnvelope}
     * @throws InvalidJsonException as {@link #decode(byte[], Class)}
     */
    public <T> T decode(byte[] utf8, Class<T> type, Object envelope) {
        return read(utf8, type, requireNonNull(envelope, "envelope"));
    }

    /**
     * The value as {@code type} has it: a record of a sealed interface with its member {@code type}.
     *
     * @throws InvalidJsonException as {@link #encode(Object)}
     */
    public byte[] encode(Object value, Class<?> type) {
        Shape<Object> shape = vocabulary.shape(type);
        return text.write(out -> shape.write(value, out));
    }

    /** A page as {@code {"items":[…],"nextCursor":…}}; the cursor is null on the last one. */
    public byte[] encode(Page<?> page, Class<?> item) {
        Shape<Object> shape = vocabulary.shape(item);
        return text.write(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("items");
            for (Object each : page.items()) {
                shape.write(each, out);
            }
            out.writeEndArray();
            out.writeStringField("nextCursor", page.nextCursor());
            out.writeEndObject();
        });
    }

    /**
     * The value that a tree stands for.
     *
     * @throws InvalidJsonException if it isn't a {@code T}
     */
    @SuppressWarnings("unchecked")
    public <T> T bind(Json json, Class<T> type) {
        return (T) vocabulary.shape(type).read(json, new Place(null));
    }

    /** The member {@code type} of a sealed interface's record: {@code RatioTimeslices} is {@code ratio_timeslices}. */
    public static String caseName(Class<?> record) {
        return Vocabulary.snake(record.getSimpleName());
    }

    /** Compiles a type now. */
    public void prepare(Class<?> type) {
        vocabulary.shape(type);
    }

    /** Reads any JSON, under the limits of {@link #decode(byte[], Class)}. */
    public Json parse(byte[] utf8) {
        return text.parse(utf8);
    }

    /** Writes a tree as compact UTF-8, members in their order, nulls kept. */
    public byte[] write(Json json) {
        return encode(json);
    }

    @SuppressWarnings("unchecked")
    private <T> T read(byte[] utf8, Class<T> type, @Nullable Object envelope) {
        return (T) vocabulary.shape(type).read(text.parse(utf8), new Place(envelope));
    }
}
