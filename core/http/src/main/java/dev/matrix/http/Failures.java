package dev.matrix.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what fails in an adapter, or in a handler that breaks its word, into a 500 problem (H8, H18). */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int INTERNAL_ERROR = 500;
    private static final byte[] PROBLEM = ("{\"type\":\"urn:matrix:problem:internal_error\",\"title\":\"Internal Server"
                    + " Error\",\"status\":500,\"detail\":\"The server failed; the request may be sent again.\","
                    + "\"code\":\"internal_error\",\"requestId\":null}")
            .getBytes(UTF_8);

    private Failures() {}

    static ApiResponse answer(ApiHandler handler, Supplier<ApiRequest> request) {
        try {
            return handler.handle(request.get());
        } catch (RuntimeException | Error e) {
            LOG.warn("A request could not be answered.", e);
            return new ApiResponse(
                    INTERNAL_ERROR,
                    ApiHeaders.of(
                            "Content-Type", "application/problem+json",
                            "Cache-Control", "no-store",
                            "Matrix-Should-Retry", "true"),
                    ApiBody.of(PROBLEM));
        }
    }
}
