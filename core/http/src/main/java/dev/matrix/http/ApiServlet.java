package dev.matrix.http;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The API in a Servlet 6.0 container, mapped to {@code /*} or below. Thread-safe.
 *
 * <p>It reads the target as it was sent. A container that refuses what it finds ambiguous, such as {@code %2F}, or heads
 * of more than 8 KiB, answers those requests itself: allow 17 KiB and such targets, and the API answers. How long a request
 * may take to arrive and a reply to be read is the container's to bound.
 */
public final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String HTTP_1 = "HTTP/1.";
    private static final int PIECE = 16 << 10;
    private static final long MOST = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(1);

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
        String fault = request.getProtocol().startsWith(HTTP_1)
                ? RequestFraming.fault(
                        request.getProtocol(),
                        Collections.list(request.getHeaderNames()),
                        name -> Collections.list(request.getHeaders(name)))
                : null;
        if (fault == null) {
            Failures.answer(handler, () -> received(request), answer -> reply(request, response, answer));
        } else {
            response.setHeader("Connection", "close");
            send(request.getMethod(), Failures.malformed(fault), response);
        }
    }

    /** A request that wasn't read to its end is answered at once; the rest is read away for a moment. */
    private static void reply(HttpServletRequest request, HttpServletResponse response, ApiResponse answer)
            throws IOException {
        ServletInputStream body = request.getInputStream();
        boolean rest = hasContent(request) && !body.isFinished();
        // A reply that is streamed may be made from what is left of the request.
        boolean refused = rest && !(answer.body() instanceof ApiBody.Stream);
        if (refused && request.getProtocol().startsWith(HTTP_1)) {
            response.setHeader("Connection", "close");
        }
        send(request.getMethod(), answer, response);
        if (rest) {
            discard(body);
        }
    }

    private static boolean hasContent(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** A connection that is closed upon bytes that nobody has read is reset, and its client may lose the reply. */
    private static void discard(ServletInputStream body) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        byte[] piece = new byte[PIECE];
        long read = 0;
        try {
            while (read < MOST && !body.isFinished() && System.nanoTime() < deadline) {
                int available = body.available();
                if (available > 0) {
                    read += Math.max(0, body.read(piece, 0, Math.min(piece.length, available)));
                } else {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } catch (IOException closed) {
            // The reply is out. Tomcat 11 closes the request with it and reads the rest away itself; or the client is
            // gone.
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
