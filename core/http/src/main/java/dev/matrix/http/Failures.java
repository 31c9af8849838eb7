package dev.matrix.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The problems that an adapter itself answers with: it failed, or the request can't be told from the next one. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Hands the handler's reply to the sender, or a 500 problem if making the request or the reply failed. */
    static void answer(ApiHandler handler, Supplier<ApiRequest> request, ApiHandler.Sender sender) throws IOException {
        AtomicBoolean sending = new AtomicBoolean();
        try {
            handler.handle(request.get(), response -> {
                sending.set(true);
                sender.send(response);
            });
        } catch (RuntimeException | Error e) {
            if (sending.get()) {
                throw e;
            }
            LOG.warn("A request could not be answered.", e);
            sender.send(problem(
                    500,
                    "internal_error",
                    "Internal Server Error",
                    "The server failed; the request may be sent again.",
                    true));
        }
    }

    /** @param fault what is wrong, without quotes */
    static ApiResponse malformed(String fault) {
        return problem(400, "malformed_request", "The request is malformed", fault, false);
    }

    private static ApiResponse problem(int status, String code, String title, String detail, boolean retry) {
        String body = "{\"type\":\"urn:matrix:problem:" + code + "\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"detail\":\"" + detail + "\",\"code\":\"" + code + "\",\"requestId\":null}";
        return new ApiResponse(
                status,
                ApiHeaders.of(
                        "Content-Type", "application/problem+json",
                        "Cache-Control", "no-store",
                        "Matrix-Should-Retry", Boolean.toString(retry)),
                ApiBody.of(body.getBytes(UTF_8)));
    }
}
