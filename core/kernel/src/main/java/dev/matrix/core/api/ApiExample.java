package dev.matrix.core.api;

import dev.matrix.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An example of an operation as it goes over the wire in one version.
 *
 * @param name the example's
 * @param path with its variables filled in
 * @param query without {@code ?}; empty: none
 * @param headers of the request record alone
 * @param body null: none
 * @param status of the reply
 * @param reply its JSON; null: none, or it isn't JSON
 */
public record ApiExample(
        String name,
        String path,
        String query,
        ApiHeaders headers,
        @Nullable Json body,
        int status,
        @Nullable Json reply) {}
