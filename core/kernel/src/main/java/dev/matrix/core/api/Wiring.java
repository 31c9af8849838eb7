package dev.matrix.core.api;

import dev.matrix.core.Matrix;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every exchange of one dispatcher shares. */
record Wiring(
        Matrix matrix,
        JsonCodec codec,
        Router<Endpoint> router,
        SchemaShelf shelf,
        Versions versions,
        ApiVersion newest,
        Rates rates,
        Cors cors,
        Cursors cursors,
        @Nullable ApiAuthenticator authenticator,
        ApiGuard guard,
        ApiLimits limits,
        @Nullable URI baseUrl,
        Function<ApiRequest, String> clientAddress,
        boolean checkReplies) {

    /** A path as links have it. */
    String link(String path) {
        String base = baseUrl == null ? "" : baseUrl.toString();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) + path : base + path;
    }
}
