package dev.matrix.devtools;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.VersionChange;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.wire.ApiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The gallery's API with the tools, on a real dispatcher; also over HTTP, for browsers. */
final class Gallery implements AutoCloseable {

    static final String KEY = "key_gallery_0123456789";

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
    private final DeveloperTools tools = DeveloperTools.create();
    private final ApiDispatcher dispatcher;

    Gallery(VersionChange... changes) {
        this.dispatcher = ApiDispatcher.on(matrix)
                .modules(new GalleryApi(List.of(changes)), tools)
                .authenticator(credentials -> KEY.equals(credentials.bearer())
                        ? new Authentication.Authenticated(new ApiPrincipal(
                                "key_1",
                                Owner.user("u_42"),
                                Set.of("pictures:read", "pictures:write", "events:read", "events:write"),
                                null))
                        : new Authentication.Refused("another key"))
                .checkReplies(true)
                .build();
    }

    /** As of 2026-11-15; before, a picture's title was its caption. */
    static Gallery withTwoVersions() {
        return new Gallery(new VersionChange(
                ApiVersion.of("2026-11-15"),
                "A picture's caption is its title.",
                List.of(
                        new VersionChange.Renamed("Picture", "caption", "title"),
                        new VersionChange.Renamed("NewPicture", "caption", "title"))));
    }

    DeveloperTools tools() {
        return tools;
    }

    ApiDispatcher dispatcher() {
        return dispatcher;
    }

    ApiResponse get(String path, String query, String... headers) {
        return dispatcher.handle(new ApiRequest(
                "GET",
                path,
                query.isEmpty() ? null : query,
                ApiHeaders.of(headers),
                InputStream.nullInputStream(),
                "127.0.0.1"));
    }

    @Override
    public void close() {
        dispatcher.close();
        matrix.close();
    }

    /** Serves it on a free port of loopback. */
    Site site() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
        return new Site(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), server, threads);
    }

    /** The gallery over HTTP. */
    record Site(URI uri, HttpServer server, ExecutorService threads) implements AutoCloseable {
        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        List<ApiHeaders.Line> lines = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> lines.add(new ApiHeaders.Line(name, value))));
        URI target = exchange.getRequestURI();
        ApiResponse response = dispatcher.handle(new ApiRequest(
                exchange.getRequestMethod(),
                target.getRawPath(),
                target.getRawQuery(),
                ApiHeaders.of(lines),
                exchange.getRequestBody(),
                "127.0.0.1"));
        response.headers().lines().forEach(line -> exchange.getResponseHeaders().add(line.name(), line.value()));
        byte[] body = response.body() instanceof ApiBody.Bytes bytes ? bytes.content() : new byte[0];
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
