package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where events go, and how: what {@link Webhooks#register} takes. Immutable; each method gives a changed copy. Its text
 * form shows no secret and no header value.
 */
public final class Endpoint {

    private final @Nullable Owner owner;
    private final EndpointSettings settings;
    private final @Nullable String secret;
    private final Map<String, String> headers;

    private Endpoint(
            @Nullable Owner owner, EndpointSettings settings, @Nullable String secret, Map<String, String> headers) {
        this.owner = owner;
        this.settings = settings;
        this.secret = secret;
        this.headers = headers;
    }

    /** Starts with where requests go; {@link #ownedBy} and {@link #events} are required, the rest has defaults. */
    public static Endpoint to(URI url) {
        return new Endpoint(null, EndpointSettings.defaults(requireNonNull(url, "url")), null, Map.of());
    }

    static Endpoint stored(Owner owner, EndpointSettings settings, Map<String, String> headers) {
        return new Endpoint(owner, settings, null, headers);
    }

    private Endpoint with(Consumer<EndpointSettings.Draft> change) {
        return new Endpoint(owner, settings.with(change), secret, headers);
    }

    /** Sends elsewhere. */
    public Endpoint url(URI url) {
        return with(draft -> draft.url = requireNonNull(url, "url"));
    }

    /** Whose it is: it gets the events of this owner and those visible to it. Required; can't change later. */
    public Endpoint ownedBy(Owner whose) {
        return new Endpoint(requireNonNull(whose, "owner"), settings, secret, headers);
    }

    /** Which events: exact types, {@code family.*}, or {@code *} for all but explicit-only types. Required, 1 to 100. */
    public Endpoint events(String... patterns) {
        return with(draft -> draft.events = List.of(patterns));
    }

    /** Only events whose body matches this EventBridge pattern (JSON); none by default, null removes it. */
    public Endpoint filter(@Nullable String json) {
        return with(draft -> draft.filter = json);
    }

    /** How requests are signed; {@link SignatureScheme#STANDARD_V1} by default. */
    public Endpoint signedWith(SignatureScheme... schemes) {
        return with(draft -> draft.schemes = List.of(schemes));
    }

    /**
     * The first secret: {@code whsec_} and 24 to 64 bytes in base64; 32 random bytes by default. Later ones come by
     * {@link Webhooks#rotateSecret}.
     */
    public Endpoint secret(String text) {
        return new Endpoint(
                owner,
                settings,
                SigningKey.parse(SigningKey.Kind.SECRET, requireNonNull(text, "secret"))
                        .text(),
                headers);
    }

    /** How long a request may take, to the last byte of its reply; 15 s by default, 1 to 30. */
    public Endpoint timeout(Duration whole) {
        return with(draft -> draft.timeout = whole);
    }

    /** At most how many requests are in flight; 64 by default, 1 to 256. */
    public Endpoint maxInFlight(int requests) {
        return with(draft -> draft.maxInFlight = requests);
    }

    /** At most how fast it is sent to, over all nodes; unlimited by default. */
    public Endpoint rateLimit(int perSecond, int burst) {
        return with(draft -> draft.rateLimit = new RateLimit(perSecond, burst));
    }

    /** As the other form; null: unlimited. */
    Endpoint rateLimit(@Nullable RateLimit limit) {
        return with(draft -> draft.rateLimit = limit);
    }

    /** What order is kept, by events that are routed from then on; {@link Ordering#UNORDERED} by default. */
    public Endpoint ordering(Ordering order) {
        return with(draft -> draft.ordering = order);
    }

    /** What {@code data} holds; {@link BodyStyle#FULL} by default. */
    public Endpoint body(BodyStyle style) {
        return with(draft -> draft.body = style);
    }

    /** When a failed delivery is tried again; {@link RetryPolicy#standard()} by default. */
    public Endpoint retry(RetryPolicy policy) {
        return with(draft -> draft.retry = policy);
    }

    /** A header of every request, such as a token of the receiver's; at most 20, 4 KiB in all. Values are secret. */
    public Endpoint header(String name, String value) {
        Map<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(name, value);
        CustomHeaders.check(changed);
        return new Endpoint(owner, settings, secret, Collections.unmodifiableMap(changed));
    }

    /** These headers instead of all others; see {@link #header}. */
    public Endpoint headers(Map<String, String> all) {
        Endpoint changed = new Endpoint(owner, settings, secret, Map.of());
        for (Map.Entry<String, String> one : all.entrySet()) {
            changed = changed.header(one.getKey(), one.getValue());
        }
        return changed;
    }

    /** What people call it; none by default, at most 500 characters. */
    public Endpoint description(@Nullable String text) {
        return with(draft -> draft.description = text);
    }

    /** The host's own notes; at most 20 pairs. */
    public Endpoint metadata(Map<String, String> pairs) {
        return with(draft -> draft.metadata = pairs);
    }

    Owner owner() {
        if (owner == null) {
            throw new InvalidRequestException("An endpoint belongs to somebody: add .ownedBy(Owner.user(…)).");
        }
        return owner;
    }

    EndpointSettings settings() {
        if (settings.events().isEmpty()) {
            throw new InvalidRequestException(
                    "An endpoint wants events: add .events(\"payment.*\"), or \"*\" for all.");
        }
        return settings;
    }

    @Nullable
    String secret() {
        return secret;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return "Endpoint[" + settings.url() + " of " + owner + ", events " + settings.events() + "]";
    }
}
