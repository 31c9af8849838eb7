package dev.matrix.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls the API by keys, from whatever peer. */
record ApiCaller(ApiDispatcher api) {

    /** A reply. */
    record Answer(int status, String body) {

        String member(String name) {
            Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    Answer call(
            IssuedApiKey key, String method, String target, @Nullable String body, String peer, String... forwarded) {
        List<ApiHeaders.Line> headers = new ArrayList<>();
        headers.add(new ApiHeaders.Line("Authorization", "Bearer " + key.text()));
        headers.add(new ApiHeaders.Line("Content-Type", "application/json"));
        for (String line : forwarded) {
            headers.add(new ApiHeaders.Line("X-Forwarded-For", line));
        }
        int question = target.indexOf('?');
        ApiResponse response = api.handle(new ApiRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? null : target.substring(question + 1),
                ApiHeaders.of(headers),
                new ByteArrayInputStream((body == null ? "" : body).getBytes(UTF_8)),
                peer));
        String text = response.body() instanceof ApiBody.Bytes bytes ? new String(bytes.content(), UTF_8) : "";
        return new Answer(response.status(), text);
    }

    Answer call(IssuedApiKey key, String method, String target, @Nullable String body) {
        return call(key, method, target, body, "192.0.2.1");
    }
}
