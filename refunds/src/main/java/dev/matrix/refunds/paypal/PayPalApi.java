package dev.matrix.refunds.paypal;

import dev.matrix.core.json.Json;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderAnswer;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.NotSent;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderContext;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls PayPal with an access token (RFC 6749, section 4.4). A token is kept until a minute before its end, and thrown away when
 * PayPal refuses it: the call is made once more then, as a refused call has done nothing. Thread-safe; threads that find no token at
 * once may each ask for one.
 */
final class PayPalApi {

    private static final Duration SPARE = Duration.ofSeconds(60);
    private static final long LONGEST_LIFE = Duration.ofDays(1).toSeconds();
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;

    /** A token and the last moment at which it is used. */
    private record Token(String value, Instant until) {}

    /** A call with an authorisation. */
    private interface Call {
        ProviderAnswer with(Map<String, String> headers);
    }

    private final ProviderApi api;
    private final String basic;
    private final AtomicReference<@Nullable Token> kept = new AtomicReference<>();

    private PayPalApi(ProviderApi api, String basic) {
        this.api = api;
        this.basic = basic;
    }

    static PayPalApi at(URI address, String clientId, String secret) {
        byte[] pair = (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return new PayPalApi(
                ProviderApi.at(address), "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    PayPalApi movedTo(URI address) {
        return new PayPalApi(api.movedTo(address), basic);
    }

    ProviderAnswer get(ProviderContext context, String path) {
        return authorised(context, Map.of(), headers -> api.get(context, path, headers));
    }

    ProviderAnswer post(ProviderContext context, String path, Map<String, String> more, Json json) {
        return authorised(context, more, headers -> api.sendJson(context, "POST", path, headers, json));
    }

    ProviderAnswer post(
            ProviderContext context, String path, Map<String, String> more, String contentType, byte[] body) {
        return authorised(context, more, headers -> api.post(context, path, headers, contentType, body));
    }

    private ProviderAnswer authorised(ProviderContext context, Map<String, String> more, Call call) {
        ProviderAnswer refused = null;
        for (int tries = 0; tries < 2; tries++) {
            Token token = kept.get();
            if (token == null || !context.clock().instant().isBefore(token.until())) {
                ProviderAnswer answer = api.postForm(
                        context,
                        "/v1/oauth2/token",
                        Map.of("Authorization", basic),
                        Map.of("grant_type", "client_credentials"));
                token = token(answer, context.clock().instant());
                if (token == null) {
                    return withoutToken(answer);
                }
                kept.set(token);
            }
            Map<String, String> headers = new HashMap<>(more);
            headers.put("Authorization", "Bearer " + token.value());
            ProviderAnswer answer = call.with(headers);
            if (!(answer instanceof Answered answered) || answered.status() != UNAUTHORIZED) {
                return answer;
            }
            kept.compareAndSet(token, null);
            refused = answer;
        }
        return refused == null ? new NotSent("No call was made.") : refused;
    }

    private static @Nullable Token token(ProviderAnswer answer, Instant now) {
        if (!(answer instanceof Answered answered) || !answered.isSuccess()) {
            return null;
        }
        JsonFields body = answered.body();
        String value = body.text("access_token");
        BigDecimal life = body.number("expires_in");
        if (value == null || life == null || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            return null;
        }
        long seconds =
                life.max(BigDecimal.ZERO).min(BigDecimal.valueOf(LONGEST_LIFE)).longValue();
        return new Token(value, now.plusSeconds(seconds).minus(SPARE));
    }

    /** Without a token nothing else was sent: whatever happened to the request for one, no money has moved. */
    private static ProviderAnswer withoutToken(ProviderAnswer answer) {
        if (answer instanceof Answered answered) {
            return answered.isSuccess() || answered.status() >= SERVER_ERROR
                    ? new NotSent(
                            "PayPal answered " + answered.status() + " and gave no token, so nothing else was sent.")
                    : answered;
        }
        return new NotSent(((ProviderAnswer.Missing) answer).cause() + " No token came, so nothing else was sent.");
    }

    /** The address; no key. */
    @Override
    public String toString() {
        return api.toString();
    }
}
