package dev.matrix.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp's follow-ups from seeing a status that they act on: there is no switch for those after 408, 421 and 503, and a
 * request without a body is resent. {@link Trace} has the reply's true head.
 */
final class OneRequest implements Interceptor {

    private static final int NOTHING_TO_FOLLOW = 200;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.isSuccessful()
                ? response
                : response.newBuilder().code(NOTHING_TO_FOLLOW).build();
    }
}
