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

/** One exchange of the JDK's server: raw target, every header line and peer in; headers and framing out. */
final class JdkAdapter implements HttpHandler {

    /** To the JDK: no body, and no chunks either. */
    private static final long NO_BODY = -1;

    /** To the JDK: of unknown length. */
    private static final long CHUNKED = 0;

    private final ApiHandler handler;
    private final RequestsInHand inHand;
    private final Leftovers leftovers;

    JdkAdapter(ApiHandler handler, RequestsInHand inHand, Leftovers leftovers) {
        this.handler = handler;
        this.inHand = inHand;
        this.leftovers = leftovers;
    }

    /** What is thrown while a body is on its way makes the server cut the connection off, as it must. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        inHand.begin();
        try {
            Headers headers = exchange.getRequestHeaders();
            String fault = RequestFraming.fault(exchange.getProtocol(), headers);
            if (fault == null) {
                RequestBody body = new RequestBody(exchange.getRequestBody(), RequestFraming.length(headers));
                Failures.answer(handler, () -> request(exchange, body), response -> reply(exchange, response, body));
            } else {
                addHeaders(exchange, Failures.malformed(fault), true);
                send(exchange, Failures.malformed(fault));
            }
            exchange.close();
        } finally {
            inHand.end();
        }
    }

    /** A request that wasn't read to its end is answered at once, and its connection ends: nobody waits for the rest. */
    private void reply(HttpExchange exchange, ApiResponse response, RequestBody body) throws IOException {
        // A reply that is streamed may be made from what is left of the request.
        boolean refused = !body.isRead() && !(response.body() instanceof ApiBody.Stream);
        boolean ends = inHand.closing() || refused || !RequestFraming.isTrusted(exchange.getRequestHeaders());
        addHeaders(exchange, response, ends);
        if (Framing.hasBody(exchange.getRequestMethod(), response)) {
            send(exchange, response);
            discardRest(body);
        } else {
            // The JDK ends such an exchange with its head, so what is left of the request is read before.
            discardRest(body);
            send(exchange, response);
        }
    }

    private void discardRest(RequestBody body) throws IOException {
        if (!body.isRead()) {
            leftovers.discard(body);
        } else if (body.read() >= 0) {
            // The JDK keeps a connection only if it was told the end of the request; that read tells it, and waits for
            // nothing.
            throw new IOException("A request went on behind its end.");
        }
    }

    private static ApiRequest request(HttpExchange exchange, RequestBody body) {
        RawTarget target = RawTarget.of(exchange.getRequestURI());
        List<ApiHeaders.Line> lines = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> lines.add(new ApiHeaders.Line(name, value))));
        return new ApiRequest(
                exchange.getRequestMethod(),
                target.path(),
                target.query(),
                ApiHeaders.of(lines),
                body,
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private static void addHeaders(HttpExchange exchange, ApiResponse response, boolean ends) {
        Headers headers = exchange.getResponseHeaders();
        for (ApiHeaders.Line line : response.headers().lines()) {
            if (!Framing.isFraming(line.name())) {
                headers.add(line.name(), line.value());
            }
        }
        if (ends) {
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
    }
}
