package dev.matrix.http;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The API in a Servlet 6.0 container, mapped to {@code /*} or below. Thread-safe.
 *
 * <p>It reads the target as it was sent. A container that refuses what it finds ambiguous, such as {@code %2F}, or heads
 * of more than 8 KiB, answers those requests itself: allow 17 KiB and such targets, and the API answers.
 */
public final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient ApiHandler handler;
    private final String base;

    /** At the root. */
    public ApiServlet(ApiHandler handler) {
        this(handler, "");
    }

    /**
     * Under a path, which the API doesn't see.
     *
     * @param base context path and mapping together, such as {@code /app/billing}; empty: the root
     */
    public ApiServlet(ApiHandler handler, String base) {
        this.handler = requireNonNull(handler, "handler");
        this.base = base;
        if (!base.isEmpty() && (!base.startsWith("/") || base.endsWith("/"))) {
            throw new InvalidRequestException(
                    "A base path is empty, or begins with a slash and doesn't end with one; '" + base + "' isn't.");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(request.getMethod(), Failures.answer(handler, () -> received(request)), response);
        // A client that waits to be told 100 (Continue) hasn't sent the rest, and won't.
        if (request.getHeader("Expect") == null) {
            Leftovers.discard(request.getInputStream());
        }
    }

    private ApiRequest received(HttpServletRequest request) {
        List<ApiHeaders.Line> lines = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> lines.add(new ApiHeaders.Line(name, value)));
        }
        return new ApiRequest(
                request.getMethod(),
                path(request.getRequestURI()),
                request.getQueryString(),
                ApiHeaders.of(lines),
                body(request),
                request.getRemoteAddr());
    }

    private String path(String raw) {
        return raw.startsWith(base + "/") ? raw.substring(base.length()) : raw;
    }

    private static InputStream body(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head is on its way before a body is written: what fails then can only be cut off. */
    private static void send(String method, ApiResponse answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        for (ApiHeaders.Line line : answer.headers().lines()) {
            if (!Framing.isFraming(line.name())) {
                response.addHeader(line.name(), line.value());
            }
        }
        if (!Framing.hasBody(method, answer)) {
            Framing.emptyLength(method, answer).ifPresent(response::setContentLengthLong);
            response.flushBuffer();
        } else if (answer.body() instanceof ApiBody.Bytes bytes) {
            response.setContentLengthLong(bytes.content().length);
            response.getOutputStream().write(bytes.content());
            response.flushBuffer();
        } else if (answer.body() instanceof ApiBody.Stream stream) {
            if (stream.length() >= 0) {
                response.setContentLengthLong(stream.length());
            }
            response.flushBuffer();
            stream.writer().writeTo(response.getOutputStream());
            response.flushBuffer();
        }
    }
}
