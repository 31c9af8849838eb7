package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Calls a dispatcher as its callers do. */
record Wire(Matrix matrix, ApiDispatcher dispatcher) {

    /** A reply. */
    record Answer(int status, String body, @Nullable Json json) {

        /** The text at a path of members and indexes; empty where there is none. */
        String text(String... path) {
            Json here = json;
            for (String step : path) {
                here = here instanceof JsonArray array
                        ? array.items().get(Integer.parseInt(step))
                        : here instanceof JsonObject object ? object.get(step) : null;
            }
            return here instanceof JsonString string ? string.value() : "";
        }
    }

    /** @param body empty: none */
    Answer call(String bearer, String method, String target, String body) {
        ApiHeaders headers = ApiHeaders.of("Authorization", "Bearer " + bearer);
        headers = body.isEmpty() ? headers : headers.with("Content-Type", "application/json");
        int query = target.indexOf('?');
        ApiResponse response = dispatcher.handle(new ApiRequest(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? null : target.substring(query + 1),
                headers,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                "192.0.2.1"));
        String text = response.body() instanceof ApiBody.Bytes bytes
                ? new String(bytes.content(), StandardCharsets.UTF_8)
                : "";
        return new Answer(
                response.status(),
                text,
                text.isEmpty() ? null : matrix.json().parse(text.getBytes(StandardCharsets.UTF_8)));
    }
}
