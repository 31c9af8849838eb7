package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.StorableText;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as UTF-8 bytes, strictly by RFC 8259; depth, names and numbers are bounded. */
final class JsonText {

    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 256;
    private static final String WHOLE = "text without half surrogate pairs";
    private static final String NAME = "names of at most " + LONGEST_NAME + " characters, without half surrogate pairs";

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(JsonNumber.LONGEST)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** What writes one value. */
    interface Content {
        void writeTo(JsonGenerator out) throws IOException;
    }

    byte[] write(Content content) {
        // The generator hands over up to 8,000 bytes at once: most values fit what the first of them makes of this.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        try (JsonGenerator out = factory.createGenerator(bytes, JsonEncoding.UTF8)) {
            try {
                content.writeTo(out);
            } catch (JsonProcessingException e) {
                throw unwritable(out, "at most " + DEEPEST + " levels");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed.", e);
        }
        return bytes.toByteArray();
    }

    /** A value that has no JSON form, by the place where it would have stood. */
    static InvalidJsonException unwritable(JsonGenerator out, String expected) {
        return new InvalidJsonException(out.getOutputContext().pathAsPointer().toString(), expected);
    }

    static void write(String text, JsonGenerator out) throws IOException {
        if (!StorableText.isWhole(text)) {
            throw unwritable(out, WHOLE);
        }
        out.writeString(text);
    }

    static void writeName(String name, JsonGenerator out) throws IOException {
        if (name.length() > LONGEST_NAME || !StorableText.isWhole(name)) {
            throw unwritable(out, NAME);
        }
        out.writeFieldName(name);
    }

    Json parse(byte[] utf8) {
        try (JsonParser in = factory.createParser(utf8)) {
            try {
                in.nextToken();
                Json json = value(in);
                if (in.nextToken() != null) {
                    throw expected(in, "nothing behind the value");
                }
                return json;
            } catch (JsonProcessingException e) {
                throw expected(
                        in,
                        "well-formed JSON in UTF-8, each member once, at most " + DEEPEST
                                + " levels deep, numbers of at most " + JsonNumber.LONGEST + " characters");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed.", e);
        }
    }

    private static Json value(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw expected(in, "a JSON value");
        }
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> new JsonString(text(in, in.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> new JsonNull();
            default -> throw expected(in, "a JSON value");
        };
    }

    private static Json object(JsonParser in) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            if (name.length() > LONGEST_NAME || !StorableText.isWhole(name)) {
                throw expected(in, NAME);
            }
            in.nextToken();
            members.put(name, value(in));
        }
        return new JsonObject(members);
    }

    private static Json array(JsonParser in) throws IOException {
        List<Json> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(in));
        }
        return new JsonArray(items);
    }

    private static Json number(JsonParser in) throws IOException {
        String literal = in.getText();
        if (literal.length() > JsonNumber.LONGEST) {
            throw expected(in, "a number of at most " + JsonNumber.LONGEST + " characters");
        }
        try {
            return new JsonNumber(new BigDecimal(literal));
        } catch (NumberFormatException | InvalidRequestException e) {
            throw expected(in, "a number within 10^±" + JsonNumber.FARTHEST);
        }
    }

    /** Half a surrogate pair passes JSON's escapes, but no UTF-8 could carry it on. */
    private static String text(JsonParser in, String text) {
        if (!StorableText.isWhole(text)) {
            throw expected(in, WHOLE);
        }
        return text;
    }

    private static InvalidJsonException expected(JsonParser in, String what) {
        return new InvalidJsonException(in.getParsingContext().pathAsPointer().toString(), what);
    }
}
