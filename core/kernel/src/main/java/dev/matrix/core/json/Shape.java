package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** How values of one Java type stand in JSON: a word of the codec's vocabulary. Stateless, thread-safe. */
interface Shape<T> {

    /** Writes one JSON value. */
    void write(T value, JsonGenerator out) throws IOException;

    /** The value that the JSON stands for; throws what {@link Place#expected} makes. */
    T read(Json json, Place at);
}
