package dev.matrix.core.api;

import dev.matrix.core.Page;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.json.JsonCodec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How what a handler returns becomes a body, in every version. Immutable once compiled. */
final class ReplyPlan {

    static final String JSON = "application/json";

    private final List<Reply<?>> alternatives;
    private final Map<Reply<?>, Schema> schemas = new LinkedHashMap<>();
    private final Set<String> mediaTypes = new LinkedHashSet<>();
    private final JsonCodec codec;

    ReplyPlan(Operation<?, ?> operation, TypeSchemas out, JsonCodec codec) {
        this.codec = codec;
        this.alternatives =
                operation.reply() instanceof Reply.Either either ? either.replies() : List.of(operation.reply());
        for (Reply<?> each : alternatives) {
            if (each instanceof Reply.Json<?> json) {
                schemas.put(each, out.of(json.type(), Bounds.NONE, operation.toString()));
                mediaTypes.add(JSON);
            } else if (each instanceof Reply.Paged<?> paged) {
                Schema item = out.of(paged.item(), Bounds.NONE, operation.toString());
                schemas.put(
                        each,
                        new Struct(
                                null,
                                List.of(
                                        new Property("items", new Listing(item, 0, 1000, false), true, null, null),
                                        new Property(
                                                "nextCursor",
                                                new Maybe(new Text(1, 512, null, null)),
                                                true,
                                                null,
                                                null)),
                                false));
                mediaTypes.add(JSON);
            } else if (each instanceof Reply.Media media) {
                mediaTypes.addAll(media.types());
            }
        }
    }

    /** The media types of success; empty: there is no body. */
    Set<String> mediaTypes() {
        return mediaTypes;
    }

    /** The JSON alternatives' schemas, newest shape. */
    List<Schema> schemas() {
        return List.copyOf(schemas.values());
    }

    /** The alternative that a value is one of; null: none. */
    @Nullable
    Reply<?> alternativeOf(@Nullable Object value) {
        for (Reply<?> each : alternatives) {
            boolean fits = each instanceof Reply.Json<?> json
                    ? json.type().isInstance(value)
                    : each instanceof Reply.Paged<?>
                            ? value instanceof Page<?>
                            : each instanceof Reply.Media
                                    ? value instanceof ApiContent
                                    : each instanceof Reply.None && value == null;
            if (fits) {
                return each;
            }
        }
        return null;
    }

    /** The JSON of a value, newest shape; for alternatives that are JSON. */
    byte[] encode(Reply<?> alternative, Object value) {
        if (alternative instanceof Reply.Paged<?> paged) {
            return codec.encode((Page<?>) value, paged.item());
        }
        if (alternative instanceof Reply.Json<?> json) {
            return codec.encode(value, json.type());
        }
        throw new IllegalArgumentException(alternative + " is no JSON.");
    }

    @Nullable
    Schema schemaOf(Reply<?> alternative) {
        return schemas.get(alternative);
    }
}
