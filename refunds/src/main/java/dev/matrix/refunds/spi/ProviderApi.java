package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.RetryAfter;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.spi.ProviderAnswer.Answered;
import dev.matrix.refunds.spi.ProviderAnswer.NotSent;
import dev.matrix.refunds.spi.ProviderAnswer.Unclear;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A provider's HTTP API that answers in JSON, for implementers of {@link RefundProvider}. It tells apart what has certainly not
 * been sent from what may have arrived, reads at most 1 MiB, follows no redirect, and takes nothing for an answer but a JSON
 * object. Its text names the address alone. Immutable, thread-safe.
 */
public final class ProviderApi {

    private static final int LONGEST_REPLY = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");
    private static final JsonCodec CODEC = JsonCodec.of(Currencies.iso());

    private final URI base;
    private final Map<String, String> headers;

    private ProviderApi(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /**
     * The API at an address, without path, query and user.
     *
     * @throws InvalidRequestException unless it is https, or http to this machine itself
     */
    public static ProviderApi at(URI address) {
        String host = address.getHost();
        boolean secure = "https".equals(address.getScheme());
        boolean local = "http".equals(address.getScheme())
                && host != null
                && LOOPBACK.matcher(host).matches();
        String path = address.getRawPath();
        if (host == null || !(secure || local) || address.getRawUserInfo() != null || address.getRawQuery() != null) {
            throw new InvalidRequestException(
                    "A provider's address is https without user and query; http is taken for this machine alone.");
        }
        return new ProviderApi(
                path != null && path.endsWith("/")
                        ? URI.create(address.toString().replaceAll("/+$", ""))
                        : address,
                Map.of());
    }

    /** This with a header on each call, such as a key. */
    public ProviderApi withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new ProviderApi(base, more);
    }

    /** The same headers at another address. */
    public ProviderApi movedTo(URI address) {
        return new ProviderApi(at(address).base, headers);
    }

    /** Whether this is the API at that address. */
    public boolean isAt(URI address) {
        return base.equals(address);
    }

    /** Whether a text can be part of a path: a provider's reference, {@code [A-Za-z0-9_.:-]{1,255}}, and no step to a parent. */
    public static boolean isReference(@Nullable String text) {
        return text != null && REFERENCE.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    /**
     * A path of references, such as {@code /v1/refunds/re_1}.
     *
     * @throws InvalidRequestException for a part that is none, see {@link #isReference}
     */
    public static String path(String... parts) {
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            if (!isReference(part)) {
                throw new InvalidRequestException(
                        "A reference is no part of a path: it matches " + REFERENCE + " and isn't . or ..");
            }
            path.append('/').append(part);
        }
        return path.toString();
    }

    /** Fields as a form or query has them, in the map's order. */
    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A JSON text as bytes. */
    public static byte[] json(Json json) {
        return CODEC.write(json);
    }

    /** A JSON object; null where the bytes are none. */
    public static @Nullable JsonFields read(byte[] bytes) {
        try {
            return CODEC.parse(bytes) instanceof JsonObject object ? new JsonFields(object) : null;
        } catch (InvalidJsonException unreadable) {
            return null;
        }
    }

    /** Reads; {@code pathAndQuery} is behind the address. */
    public ProviderAnswer get(ProviderContext context, String pathAndQuery, Map<String, String> more) {
        return call(context, "GET", pathAndQuery, more, new byte[0]);
    }

    /** Sends a form. */
    public ProviderAnswer postForm(
            ProviderContext context, String path, Map<String, String> more, Map<String, String> form) {
        byte[] body = form(form).getBytes(StandardCharsets.UTF_8);
        return post(context, path, more, "application/x-www-form-urlencoded", body);
    }

    /** Sends what has another form. */
    public ProviderAnswer post(
            ProviderContext context, String path, Map<String, String> more, String contentType, byte[] body) {
        return call(context, "POST", path, with(more, contentType), body);
    }

    /** Sends JSON by any method, such as {@code POST} or {@code PUT}. */
    public ProviderAnswer sendJson(
            ProviderContext context, String method, String path, Map<String, String> more, Json json) {
        return call(context, method, path, with(more, "application/json"), json(json));
    }

    private static Map<String, String> with(Map<String, String> more, String contentType) {
        Map<String, String> all = new HashMap<>(more);
        all.put("Content-Type", contentType);
        return all;
    }

    private ProviderAnswer call(
            ProviderContext context, String method, String path, Map<String, String> more, byte[] body) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        more.forEach((name, value) -> all.put(name, List.of(value)));
        HttpReply reply;
        try {
            reply = context.transport()
                    .call(new HttpCall(
                            method,
                            URI.create(base + path),
                            all,
                            body,
                            TIMEOUT,
                            LONGEST_REPLY,
                            new HttpCall.Reach.Any()));
        } catch (TransportException lost) {
            String cause = base.getHost() + ": " + lost.kind();
            return lost.sent()
                    ? new Unclear(cause + ", after the request may have arrived.")
                    : new NotSent(cause + ", before anything was sent.");
        }
        return read(context, reply);
    }

    private ProviderAnswer read(ProviderContext context, HttpReply reply) {
        String said = base.getHost() + " answered " + reply.status();
        if (reply.status() >= 300 && reply.status() < 400) {
            return new Unclear(said + ", a redirect, which isn't followed.");
        }
        if (reply.end() != HttpReply.End.COMPLETE) {
            return new Unclear(said
                    + (reply.end() == HttpReply.End.TRUNCATED
                            ? " with more than 1 MiB."
                            : ", and the answer broke off."));
        }
        JsonFields body = read(reply.body());
        return body == null
                ? new Unclear(said + " with something else than a JSON object.")
                : new Answered(
                        reply.status(),
                        body,
                        RetryAfter.parse(
                                reply.header("Retry-After"), context.clock().instant(), SHORTEST_WAIT, LONGEST_WAIT));
    }

    /** The address. */
    @Override
    public String toString() {
        return base.toString();
    }
}
