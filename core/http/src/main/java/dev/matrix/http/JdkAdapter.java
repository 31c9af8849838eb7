package dev.matrix.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** One exchange of the JDK's server: raw target, every header line and peer in; headers and framing out (H18). */
final class JdkAdapter implements HttpHandler {

    /** To the JDK: no body, and no chunks either. */
    private static final long NO_BODY = -1;

    /** To the JDK: of unknown length. */
    private static final long CHUNKED = 0;

    private final ApiHandler handler;
    private final RequestsInHand inHand;

    JdkAdapter(ApiHandler handler, RequestsInHand inHand) {
        this.handler = handler;
        this.inHand = inHand;
    }

    /** What is thrown while a body is on its way makes the server cut the connection off, as it must. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        inHand.begin();
        try {
            ApiResponse response = Failures.answer(handler, () -> request(exchange));
            addHeaders(exchange, response);
            send(exchange, response);
            exchange.close();
        } finally {
            inHand.end();
        }
    }

    private static ApiRequest request(HttpExchange exchange) {
        RawTarget target = RawTarget.of(exchange.getRequestURI());
        List<ApiHeaders.Line> lines = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> lines.add(new ApiHeaders.Line(name, value))));
        return new ApiRequest(
                exchange.getRequestMethod(),
                target.path(),
                target.query(),
                ApiHeaders.of(lines),
                exchange.getRequestBody(),
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private void addHeaders(HttpExchange exchange, ApiResponse response) {
        Headers headers = exchange.getResponseHeaders();
        for (ApiHeaders.Line line : response.headers().lines()) {
            if (!Framing.isFraming(line.name())) {
                headers.add(line.name(), line.value());
            }
        }
        if (inHand.closing()) {
            headers.set("Connection", "close");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            // For other replies without bytes the JDK does this itself.
            Framing.emptyLength("HEAD", response)
                    .ifPresent(length -> headers.set("Content-Length", Long.toString(length)));
        }
    }

    private static void send(HttpExchange exchange, ApiResponse response) throws IOException {
        if (!Framing.hasBody(exchange.getRequestMethod(), response)) {
            // The JDK ends such an exchange with its head, so what is left of the request is read before.
            Leftovers.discard(exchange.getRequestBody());
            exchange.sendResponseHeaders(response.status(), NO_BODY);
            return;
        }
        OutputStream out = exchange.getResponseBody();
        if (response.body() instanceof ApiBody.Bytes bytes) {
            exchange.sendResponseHeaders(response.status(), bytes.content().length);
            out.write(bytes.content());
        } else if (response.body() instanceof ApiBody.Stream stream) {
            exchange.sendResponseHeaders(response.status(), stream.length() < 0 ? CHUNKED : stream.length());
            stream.writer().writeTo(out);
        }
        out.flush();
        Leftovers.discard(exchange.getRequestBody());
    }
}
