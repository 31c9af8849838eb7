package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.net.ClientAddresses;
import dev.matrix.core.net.ForwardedHeader;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wires an {@link ApiDispatcher}. Not thread-safe. */
public final class ApiDispatcherBuilder {

    final Matrix matrix;
    final List<ApiModule> modules = new ArrayList<>();

    @Nullable
    ApiAuthenticator authenticator;

    ApiGuard guard = ApiGuard.open();
    RateLimiter limiter = RateLimiter.unlimited();
    final Map<String, RatePolicy> rates = Rates.standard();
    boolean limitOperators;
    ApiLimits limits = ApiLimits.standard();
    Set<String> origins = Set.of();

    @Nullable
    URI baseUrl;

    final List<ApiListener> listeners = new ArrayList<>();
    Function<ApiRequest, String> clientAddress = ApiRequest::peer;
    boolean checkReplies;
    final Map<ApiVersion, Deprecation> deprecations = new LinkedHashMap<>();

    ApiDispatcherBuilder(Matrix matrix) {
        this.matrix = matrix;
    }

    /** The features' modules; core's own is always there. */
    public ApiDispatcherBuilder modules(ApiModule... more) {
        modules.addAll(List.of(more));
        return this;
    }

    /** Who tells callers apart; required unless every operation is anonymous. */
    public ApiDispatcherBuilder authenticator(ApiAuthenticator callers) {
        this.authenticator = requireNonNull(callers, "callers");
        return this;
    }

    /** Has a say after the scope; admits all by default. */
    public ApiDispatcherBuilder guard(ApiGuard second) {
        this.guard = requireNonNull(second, "second");
        return this;
    }

    /** Counts calls; {@link RateLimiter#unlimited()} by default. */
    public ApiDispatcherBuilder limiter(RateLimiter buckets) {
        this.limiter = requireNonNull(buckets, "buckets");
        return this;
    }

    /** Adds rates or replaces those of the same name; the standard ones are there by default. */
    public ApiDispatcherBuilder rate(RatePolicy... policies) {
        for (RatePolicy policy : policies) {
            rates.put(policy.name(), policy);
        }
        return this;
    }

    /** Whether operators are limited too; false by default. */
    public ApiDispatcherBuilder limitOperators(boolean limited) {
        this.limitOperators = limited;
        return this;
    }

    /** The sizes of requests; {@link ApiLimits#standard()} by default. */
    public ApiDispatcherBuilder limits(ApiLimits sizes) {
        this.limits = requireNonNull(sizes, "sizes");
        return this;
    }

    /** The origins whose pages may call, matched exactly, such as {@code https://app.example.com}; none by default. */
    public ApiDispatcherBuilder cors(String... allowedOrigins) {
        this.origins = Set.of(allowedOrigins);
        return this;
    }

    /** Where callers find the API, for links; by default links are paths alone. */
    public ApiDispatcherBuilder baseUrl(URI url) {
        this.baseUrl = requireNonNull(url, "url");
        return this;
    }

    /** Adds somebody who hears of every exchange. */
    public ApiDispatcherBuilder listener(ApiListener more) {
        listeners.add(requireNonNull(more, "more"));
        return this;
    }

    /** Finds the caller's address; the connection's other end by default. */
    public ApiDispatcherBuilder clientAddress(Function<ApiRequest, String> finder) {
        this.clientAddress = requireNonNull(finder, "finder");
        return this;
    }

    /**
     * Finds the caller's address behind proxies, from the one header that they write. Whose address can't be told is {@code
     * unresolvable}: all such callers share one rate, and an {@link ApiGuard} can refuse them.
     */
    public ApiDispatcherBuilder clientAddress(ClientAddresses finder) {
        String header = finder.header().header();
        return clientAddress((ApiRequest request) ->
                finder.resolve(request.peer(), request.headers().all(header)).toString());
    }

    /**
     * Behind proxies in these ranges the caller's address is what they say in {@code X-Forwarded-For}. Without it, or {@link
     * #clientAddress(ClientAddresses)}, all who come through a proxy share one address, and with it its rates.
     *
     * @param ranges as {@link IpRange#parseAll} reads them
     * @throws dev.matrix.core.InvalidRequestException where one isn't a range
     */
    public ApiDispatcherBuilder trustedProxies(String... ranges) {
        return clientAddress(ClientAddresses.behind(ForwardedHeader.X_FORWARDED_FOR, ranges));
    }

    /** Whether a reply that doesn't fit its schema is a 500, as in tests; false by default. */
    public ApiDispatcherBuilder checkReplies(boolean checked) {
        this.checkReplies = checked;
        return this;
    }

    /** Announces the end of a version. */
    public ApiDispatcherBuilder deprecate(ApiVersion version, Deprecation end) {
        deprecations.put(version, end);
        return this;
    }

    /**
     * Compiles every operation.
     *
     * @throws IllegalStateException that lists every fault of every module, each with its place
     */
    public ApiDispatcher build() {
        return Assembly.of(this);
    }
}
