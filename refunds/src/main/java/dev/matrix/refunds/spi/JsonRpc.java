package dev.matrix.refunds.spi;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.Missing;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls a node of a chain by JSON-RPC over HTTP. Immutable, thread-safe; its text names the address alone. */
public final class JsonRpc {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final ProviderApi api;
    private final String path;

    private JsonRpc(ProviderApi api, String path) {
        this.api = api;
        this.path = path;
    }

    /** The node at an address of {@code api}, behind {@code path}; empty: the address itself. */
    public static JsonRpc over(ProviderApi api, String path) {
        return new JsonRpc(api, path);
    }

    /** What became of a call. */
    public sealed interface Reply {}

    /** The method's result; {@link JsonNull} where it has none. */
    public record Result(Json value) implements Reply {}

    /** The node refused the call. */
    public record Refused(int code, String message) implements Reply {}

    /** The node doesn't take the credentials. */
    public record Unauthorised(int status) implements Reply {}

    /** No answer came, or none that is a node's. */
    public record Lost(Missing missing) implements Reply {}

    /** Calls a method. */
    public Reply call(ProviderContext context, String method, List<? extends Json> params) {
        Map<String, Json> request = new LinkedHashMap<>();
        request.put("jsonrpc", new JsonString("2.0"));
        request.put("id", new JsonNumber(BigDecimal.ONE));
        request.put("method", new JsonString(method));
        request.put("params", new JsonArray(List.copyOf(params)));
        ProviderAnswer answer = api.sendJson(context, "POST", path, Map.of(), new JsonObject(request));
        if (answer instanceof Missing missing) {
            return new Lost(missing);
        }
        Answered answered = (Answered) answer;
        if (answered.status() == UNAUTHORIZED || answered.status() == FORBIDDEN) {
            return new Unauthorised(answered.status());
        }
        BigDecimal code = answered.body().number("error", "code");
        String message = answered.body().text("error", "message");
        if (code != null) {
            return new Refused(code.intValue(), message == null ? "" : message);
        }
        Json result = answered.body().object().get("result");
        return result == null || !answered.isSuccess()
                ? new Lost(new ProviderAnswer.Unclear("The node answered " + answered.status() + " without a result."))
                : new Result(result);
    }

    @Override
    public String toString() {
        return api.toString();
    }
}
