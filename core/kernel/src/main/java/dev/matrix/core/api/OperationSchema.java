package dev.matrix.core.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one operation looks on the wire in one version.
 *
 * @param parameters those of path, query and header, in the request record's order
 * @param body the JSON body; null: none is taken, or it isn't JSON
 * @param bodyRequired false if an empty body stands for {@code {}}
 * @param replies of success, at least one
 */
public record OperationSchema(
        List<Parameter> parameters, Schema.@Nullable Struct body, boolean bodyRequired, List<ReplySchema> replies) {

    public OperationSchema {
        parameters = List.copyOf(parameters);
        replies = List.copyOf(replies);
    }

    /** Where a value of a request stands. */
    public enum In {
        PATH,
        QUERY,
        HEADER,
        BODY;

        /** As in an error's member {@code in}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A parameter; one whose schema is a {@link Schema.Listing} is repeated. */
    public record Parameter(In in, Schema.Property property) {}

    /**
     * A body of success.
     *
     * @param mediaType {@code application/json} or another; null: no body
     * @param schema of the JSON; null: it isn't JSON
     */
    public record ReplySchema(
            @Nullable String mediaType, @Nullable Schema schema) {}
}
